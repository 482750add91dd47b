"""The sender in a process of its own: who keeps the books never waits for it, nor it for them (decision 21)."""
