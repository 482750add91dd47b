"""What is wrong in a city pack, said so that somebody with a text editor can mend it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One mistake: where it stands, what is wrong and what is expected. `line` is None for the file as a whole."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """`file:line: message`, as editors and people expect it."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


class PackError(ValueError):
    """A city pack that cannot be used; carries everything found wrong in it, not only the first mistake."""

    def __init__(self, problems: tuple[PackProblem, ...]) -> None:
        """The message lists one problem a line."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class Problems:
    """Collects problems while a pack is read, so that all are reported at once."""

    found: list[PackProblem] = field(default_factory=list)

    def add(self, file: str, line: int | None, message: str) -> None:
        """Notes one problem."""
        self.found.append(PackProblem(file, line, message))
