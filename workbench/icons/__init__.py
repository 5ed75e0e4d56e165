"""The program's own icons: line drawings in the colour of the text, and the mark of the program.

The drawings are SVG on a grid of 24 with `currentColor`; `narratief.svg` is the mark, with its colours in it.
The PNG, ICO and ICNS files are made from it by `python -m workbench.icons.make`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from workbench.theme import theme

SIZES = (16, 24, 32, 48)


def icon(name: str, colour: str | None = None) -> QIcon:
    """The line icon of this name in the text colour of the palette in force, or in another colour `#rrggbb`.

    Icons do not recolour themselves: ask again on `theme().changed`.
    """
    made = QIcon()
    tokens = theme().tokens
    for size in SIZES:
        made.addPixmap(pixmap(name, size, colour or tokens.text))
        made.addPixmap(pixmap(name, size, tokens.disabled), QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=512)
def pixmap(name: str, size: int, colour: str, ratio: float = 2.0) -> QPixmap:
    """An icon as picture of `size` device-independent pixels, drawn at twice the density for sharp screens."""
    drawing = _svg(name).replace("currentColor", colour)
    found = QPixmap(round(size * ratio), round(size * ratio))
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(found.rect()))
    painter.end()
    found.setDevicePixelRatio(ratio)
    return found


def app_icon() -> QIcon:
    """The mark of the program."""
    made = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("narratief", size, "", 1.0))
    return made


def names() -> list[str]:
    """The names of all line icons."""
    files = resources.files("workbench") / "icons"
    found = sorted(entry.name.removesuffix(".svg") for entry in files.iterdir() if entry.name.endswith(".svg"))
    return [name for name in found if name != "narratief"]


@lru_cache(maxsize=128)
def _svg(name: str) -> str:
    return (resources.files("workbench") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
