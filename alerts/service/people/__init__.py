"""The office's people: how they come in, what they hold, and who lets them (issue 8.10). Live world only."""
