"""What pictures are made of. Lengths are pixels of the design (96 to the inch); the painter enlarges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

Align = Literal["left", "right", "centre"]
SMALL, NORMAL, LARGE = 11, 12, 15
"""Heights of type."""


@dataclass(frozen=True)
class Box:
    """A rectangle; `hatched` draws strokes over it, which say *none* without a colour."""

    area: QRectF
    fill: str = ""
    edge: str = ""
    width: float = 1.0
    radius: float = 0.0
    hatched: str = ""


@dataclass(frozen=True)
class Line:
    """A straight line."""

    start: QPointF
    end: QPointF
    colour: str
    width: float = 1.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Ribbon:
    """A filled shape."""

    path: QPainterPath
    fill: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Words:
    """One line of text in the middle of its area's height, shortened to its width; `turned` reads upwards."""

    area: QRectF
    text: str
    colour: str
    size: int = NORMAL
    align: Align = "left"
    bold: bool = False
    turned: bool = False


@dataclass(frozen=True)
class Form:
    """The form of a facet."""

    form: str
    area: QRectF
    colour: str
    hollow: bool = False


Shape = Box | Line | Ribbon | Words | Form


@dataclass(frozen=True)
class Mark:
    """A part that can be pointed at: `spoken` says what it is; behind it stand the narratieven that carry all
    `codes`, or the one `narratief`. `of_document`: only those of the document drawn."""

    path: QPainterPath
    spoken: str
    codes: tuple[int, ...] = ()
    narratief: int | None = None
    of_document: bool = False

    @property
    def key(self) -> tuple[tuple[int, ...], int | None]:
        """What stays the same when the picture is drawn anew."""
        return self.codes, self.narratief

    @property
    def centre(self) -> QPointF:
        """The middle of the mark."""
        return self.path.boundingRect().center()


@dataclass(frozen=True)
class Drawing:
    """A picture laid out; the shapes are painted in their order."""

    width: float
    height: float
    ground: str
    shapes: tuple[Shape, ...]
    marks: tuple[Mark, ...] = ()
    title: str = ""
    summary: str = ""


@dataclass
class Draft:
    """A drawing in the making."""

    shapes: list[Shape] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(self, *shapes: Shape) -> None:
        """Put shapes on top."""
        self.shapes += shapes

    def mark(self, area: QRectF | QPainterPath, spoken: str, codes: tuple[int, ...] = (),
             narratief: int | None = None, of_document: bool = False) -> None:
        """Make a part that can be pointed at."""
        path = area if isinstance(area, QPainterPath) else rectangle(area)
        self.marks.append(Mark(path, spoken, codes, narratief, of_document))


def rectangle(area: QRectF) -> QPainterPath:
    """A rectangle as a path."""
    path = QPainterPath()
    path.addRect(area)
    return path
