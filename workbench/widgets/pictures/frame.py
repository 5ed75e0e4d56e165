"""What all pictures have in common: a heading that says what is drawn and of what, the key to the facets, margins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF

from workbench.i18n import _
from workbench.widgets.pictures.ink import Ink, width_of, wrapped
from workbench.widgets.pictures.shapes import LARGE, NORMAL, SMALL, Draft, Drawing, Form, Words

MARGIN = 16.0
LINE = 17.0
LEAST_WIDTH = 420.0


@dataclass(frozen=True)
class Look:
    """How to draw: the ink, the room there is, what the numbers are of (`basis`), and the number of each code."""

    ink: Ink
    width: float
    height: float
    basis: str = ""
    numbers: Mapping[int, int] = field(default_factory=dict)

    @property
    def page(self) -> float:
        """The width to draw in, margins included."""
        return max(self.width, LEAST_WIDTH)


def head(draft: Draft, look: Look, title: str, notes: Sequence[str], facets: Sequence[str] = ()) -> float:
    """Write title, notes and the key to the facets; the height where the picture can begin."""
    room = look.page - 2 * MARGIN
    draft.add(Words(QRectF(MARGIN, MARGIN - 4, room, 22), title, look.ink.text, LARGE, bold=True))
    y = MARGIN + 20
    for note in notes:
        for line in wrapped(note, room, SMALL):
            draft.add(Words(QRectF(MARGIN, y, room, LINE), line, look.ink.quiet, SMALL))
            y += LINE
    if facets:
        key(draft, look, MARGIN, y + 4, facets)
        y += LINE + 6
    return y + 10


def key(draft: Draft, look: Look, x: float, y: float, facets: Sequence[str]) -> None:
    """Form and name of facets on one line."""
    for facet in facets:
        style = look.ink.facet(facet)
        wide = width_of(facet, NORMAL, bold=True)
        draft.add(Form(style.form, QRectF(x, y + 3, 11, 11), style.strong),
                  Words(QRectF(x + 18, y, wide, LINE), facet, look.ink.text, NORMAL, bold=True))
        x += wide + 42


def drawn(draft: Draft, look: Look, title: str, notes: Sequence[str], width: float, height: float) -> Drawing:
    """The finished drawing; it fills at least the room there is."""
    return Drawing(max(width, look.width), max(height + MARGIN, look.height), look.ink.ground, tuple(draft.shapes),
                   tuple(draft.marks), title, " ".join(notes))


def counted(names: Sequence[str], count: int) -> str:
    """A mark in words: its codes and how many narratieven stand behind it."""
    return _("{codes}: {n} narratieven", codes=" × ".join(names), n=count) if count != 1 else _(
        "{codes}: 1 narratief", codes=" × ".join(names))


def empty(look: Look, title: str, said: str) -> Drawing:
    """A picture of nothing, that says so."""
    draft = Draft()
    y = head(draft, look, title, [look.basis])
    for line in wrapped(said, look.page - 2 * MARGIN, NORMAL):
        draft.add(Words(QRectF(MARGIN, y, look.page - 2 * MARGIN, LINE), line, look.ink.text))
        y += LINE
    return drawn(draft, look, title, [look.basis, said], look.page, y)
