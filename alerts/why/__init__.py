"""Why somebody was told, or was not: what decided, from nothing but what is stored (issue 4)."""
