"""Which of our languages a request asks for (RFC 9110 §12.5.4)."""

from collections.abc import Callable


def negotiate(accept_language: str | None, find: Callable[[str], str | None], default: str) -> str:
    """The best of our languages for an Accept-Language header; `default` where nothing fits or nothing is asked.

    `find` gives our language for a tag, None if we have none: `zh-TW` is not read in `zh-Hans`.
    """
    wanted = (find(tag) for tag in _preferences(accept_language or ""))
    return next((language for language in wanted if language), default)


def _preferences(header: str) -> list[str]:
    """The tags of the header, best first; what weighs nothing or cannot be read is left out."""
    weighed: list[tuple[float, str]] = []
    for part in header.split(","):
        tag, _, parameter = part.strip().lower().partition(";")
        weight = _weight(parameter)
        if tag and tag.strip() != "*" and weight > 0:
            weighed.append((weight, tag.strip()))
    return [tag for _, tag in sorted(weighed, key=lambda one: -one[0])]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
