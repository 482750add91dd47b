"""The second channel's senders: e-mail by SMTP and signed webhooks (R21)."""
