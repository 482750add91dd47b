"""The queues. The drill world's chunks have one, and a worker, of their own: they keep no live push waiting (R1)."""

FEEDS = "feeds"
ALERTS = "alerts"
PUSH = "push"
WATCH = "watch"
DRILL = "drill"
CHANNELS = "channels"

DELIVER = {"live": PUSH, "drill": DRILL}  # by world
