"""The API's documentation as a page: works without the internet."""
