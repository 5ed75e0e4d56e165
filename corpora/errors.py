"""What can go wrong, as a tree.

NarratiefError                the root; carries a `Message` that names the thing at fault and what to do
├── UsageError                a question that cannot be asked so (unknown label, wrong expression); exit 1
│   └── QueryError            an expression that cannot be read; knows its column
├── ReadError                 a file that cannot be read as a transcript (empty, damaged, encrypted, too large)
├── ProjectError              a project that cannot be opened, made or written (not ours, newer, read-only, disk full)
│   ├── ConflictError         a change that somebody else's change has overtaken
│   └── AwayError             a server that does not answer
│       └── UnsureError       it went away while a step was being kept
├── NotFoundError             a document, code, coder that the project does not have
└── RefusedError              an operation that would lose work (dropping coded narratieven without `replace`)
"""

from __future__ import annotations

from typing import Any

from corpora.messages import Message


class NarratiefError(Exception):
    """An error for the user: an English template with values, translated where it is shown."""

    def __init__(self, template: str, /, **values: Any) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


class UsageError(NarratiefError):
    """A question that cannot be asked in this way."""


class QueryError(UsageError):
    """An expression that cannot be read; `column` counts from 1. Where a name is wrong, `instead` holds what could
    stand from there up to `end`."""

    def __init__(self, template: str, /, *, column: int = 0, end: int = 0, instead: tuple[str, ...] = (),
                 **values: Any) -> None:
        self.column, self.end, self.instead = column, end, instead
        super().__init__(template, column=column, **values)


class ReadError(NarratiefError):
    """A file that cannot be read as a transcript."""


class ProjectError(NarratiefError):
    """A project that cannot be opened, made or written."""


class ConflictError(ProjectError):
    """A change that was overtaken by somebody else's change to the same thing. `mine` and `theirs` are the two texts
    when it is a text that both have written, so that neither is lost."""

    def __init__(self, template: str, /, *, mine: str | None = None, theirs: str | None = None, **values: Any) -> None:
        self.mine, self.theirs = mine, theirs
        super().__init__(template, **values)


class AwayError(ProjectError):
    """The server of a project does not answer; what was being done is not kept."""


class UnsureError(AwayError):
    """The server went away while a step was being kept; whether it was is seen when it is back."""


class WrongUsageError(UsageError):
    """A command that lacks a word it needs, or has one that it cannot read (exit code 2)."""


class NotFoundError(UsageError):
    """Something that the project does not have."""


class RefusedError(NarratiefError):
    """An operation that would lose work."""
