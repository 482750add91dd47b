"""Everything that runs without being asked: feeds, tasks, the sender."""
