"""Texts for people, kept apart from their language until somebody reads them.

The source language is English. A `Message` carries an English template and its values; a `Translator` turns it
into the reader's language with catalogues that lie as JSON in the `i18n` folder of every room
(`<room>/i18n/nl/*.json`, English template → Dutch). English needs no catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

ROOMS = ("corpora", "codebook", "exports", "workbench")
LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Message:
    """An English template with named values, such as `Message("Import {n} documents", {"n": 3})`."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _fill(self.template, self.values)

    def to_json(self) -> str:
        """The message as one line of JSON, for the change log; values become text, numbers or messages."""
        return json.dumps(_plain(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Message:
        """The message that `to_json` wrote; a text that is no JSON object becomes the template itself."""
        try:
            found = json.loads(text)
        except ValueError:
            return cls(text)
        return _message_of(found) if isinstance(found, dict) else cls(text)


def message(template: str, /, **values: Any) -> Message:
    """Short form of `Message`; the literal template is what the translation test collects."""
    return Message(template, values)


def _plain(found: Message) -> dict[str, Any]:
    values = {k: _plain(v) if isinstance(v, Message) else v if isinstance(v, int | float) else str(v)
              for k, v in found.values.items()}
    return {"t": found.template, "v": values}


def _message_of(found: dict[str, Any]) -> Message:
    values = {k: _message_of(v) if isinstance(v, dict) else v for k, v in found.get("v", {}).items()}
    return Message(str(found.get("t", "")), values)


def _fill(template: str, values: Mapping[str, Any]) -> str:
    return template.format(**values) if values else template


class Translator:
    """Turns English templates and messages into one language; what has no translation stays English."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._texts = catalogue(self.language)

    def __call__(self, text: str | Message, /, **values: Any) -> str:
        if isinstance(text, Message):
            values = {**text.values, **values}
            text = text.template
        shown = {k: self(v) if isinstance(v, Message) else v for k, v in values.items()}
        return _fill(self._texts.get(text, text), shown)


@lru_cache(maxsize=4)
def catalogue(language: str) -> dict[str, str]:
    """All translations of a language, read from the rooms that are installed."""
    found: dict[str, str] = {}
    if language == "en":
        return found
    for room in ROOMS:
        folder = resources.files(room) / "i18n" / language
        if not folder.is_dir():
            continue
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.name.endswith(".json"):
                found.update(json.loads(entry.read_text(encoding="utf-8")))
    return found
