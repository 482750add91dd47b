"""One JMA telegram in, typed notices about the city out (jma.md)."""
