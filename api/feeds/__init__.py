"""What other systems read: CAP messages and their Atom feed, maps, OGC API Features."""
