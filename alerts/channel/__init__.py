"""The second channel: a configured list told by e-mail and signed webhooks, beside phones (R21, R26)."""
