"""The shelters' limited login: the office gives links, and the person at the shelter reports on a telephone (8.5)."""
