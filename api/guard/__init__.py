"""Keeps what registers and changes within bounds. Reads never pass here: nothing stands before what saves lives."""
