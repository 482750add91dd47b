"""One signed file for phones without network: districts, places, phrases, what was in force."""
