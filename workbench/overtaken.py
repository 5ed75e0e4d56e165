"""A text that was not kept because somebody else had changed the same one: both are shown, neither is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpora.messages import Message


@dataclass(frozen=True)
class Overtaken:
    """`said` tells who changed what; `mine` is what was to be kept, `theirs` what stands in the project; `again` keeps
    mine after all."""

    said: Message
    label: Message
    mine: str
    theirs: str
    again: Callable[[], object]
