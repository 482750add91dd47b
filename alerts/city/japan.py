"""The box that every point of Japan lies in; a point outside is a mistake, often the two numbers swapped."""

LATITUDES = (20.0, 46.0)
LONGITUDES = (122.0, 154.0)
