"""The queues. The drill world's chunks have one of their own: a drill never stands before a live push (R1)."""

FEEDS = "feeds"
ALERTS = "alerts"
PUSH = "push"
WATCH = "watch"
DRILL = "drill"

DELIVER = {"live": PUSH, "drill": DRILL}  # by world; a push worker consumes both in turn
