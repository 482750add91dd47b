"""The phrase tables as pages: for native speakers to read and sign, and as a phone shows them."""
