"""How commands fail: one clear line that says what is wrong, where, and what to do (contract.md)."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

USAGE = 2  # wrong usage or bad input; 1 is work that failed


class FailedError(click.ClickException):
    """The work failed: exit status 1."""

    exit_code = 1


class BadInputError(click.ClickException):
    """What was given cannot be used, or is set wrongly: exit status 2."""

    exit_code = USAGE


def one_line(error: click.ClickException) -> str:
    """The error as the operator sees it, with the command it belongs to."""
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "bosai"
    advice = f" (see {where} --help)" if context and isinstance(error, click.UsageError) else ""
    return f"{where}: {' '.join(error.format_message().split())}{advice}"


@contextmanager
def bad_input(*kinds: type[Exception]) -> Iterator[None]:
    """Turns these errors into exit status 2."""
    try:
        yield
    except kinds as error:
        raise BadInputError(str(error)) from error


@contextmanager
def failure(*kinds: type[Exception]) -> Iterator[None]:
    """Turns these errors into exit status 1."""
    try:
        yield
    except kinds as error:
        raise FailedError(str(error) or type(error).__name__) from error
