"""The Now page: what holds in the city, what was sent, and what waits for somebody."""
