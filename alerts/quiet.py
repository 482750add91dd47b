"""Why a change is not pushed: the sentence stands in the revision, so that it can be told long after (issue 4)."""

from enum import StrEnum


class Quiet(StrEnum):
    """Each value is the sentence for an operator that a quiet revision keeps as its `reason`."""

    KNOWN = "residents already know, or were never told of what is over"
    BASELINE = "was there before this service first ran"
    OVERTAKEN = "a newer telegram of the same unit came with it"
    LATE = "too late to push (R22)"
    NO_PUSH = "the city's table gives it no push"
    WINDOW = "a follower within the coalescing window waits (R14)"
    RUN_OUT = "its validity has passed"
