"""The proof: how long each alert took from JMA to the phones (issue 8.9)."""
