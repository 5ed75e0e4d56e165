"""The empty forms that can be printed or filled in with a word processor: one place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpora.errors import NotFoundError, UsageError
from corpora.messages import Message, Translator, message

PAPERS = {"A4": (21.0, 29.7), "A3": (29.7, 42.0)}
"""Paper → width and height in centimetres, standing."""


@dataclass(frozen=True)
class Wanted:
    """A form to write: on which paper, and for which subjects (of CMO: kernelementen; none: those of the method)."""

    path: Path
    paper: str = "A4"
    subjects: Sequence[str] = ()


@dataclass(frozen=True)
class Form:
    """A form: what it is for, and what writes it."""

    name: str
    about: Message
    write: Callable[[Wanted, Translator], None]


def _cmo(wanted: Wanted, translate: Translator) -> None:
    from exports import form_cmo

    form_cmo.write_form(wanted, translate)


FORMS: dict[str, Form] = {form.name: form for form in (
    Form("cmo", message("CMO form for the focus group, a page per kernelement"), _cmo),)}
"""Name → form."""


def write(name: str, wanted: Wanted, translate: Translator) -> None:
    """Write an empty form as a Word document."""
    form = FORMS.get(name.casefold())
    if form is None:
        raise NotFoundError("There is no form «{name}». There are: {names}.", name=name, names=", ".join(FORMS))
    if wanted.path.suffix.lower() != ".docx":
        raise UsageError("A form is written as a Word document: give {file} the ending .docx.", file=wanted.path.name)
    form.write(wanted, translate)
