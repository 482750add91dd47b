"""Telegrams played through the whole way in a throw-away drill world (contract.md, `bosai replay`)."""
