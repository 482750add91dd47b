"""Firebase Cloud Messaging: the sender, and the fake server it is tested and measured against."""
