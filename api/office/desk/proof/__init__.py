"""The proof page: when each alert was published, fetched, decided, sent and confirmed."""
