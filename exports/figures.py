"""The pictures of a report, drawn once: as vectors in a PDF, as a bitmap of 200 dots per inch in a Word document.

They read without colour: numbers stand in the bars and cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from exports.faces import SANS, SANS_STRONG, register

WIDTH = 460.0
"""Points: as wide as the text of a page."""
INK, QUIET, LINE, ACCENT, PALE = "#2a2730", "#625c6b", "#d9d4de", "#6d3a7c", "#f7f3f8"
FACETS = ("#2f6db3", "#b86e00", "#2e7d4f", "#6d3a7c", "#8a4b4b")
"""Colours of facets in their order: blue, amber and green as in the window."""
DPI = 200


def bars(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> Any:
    """Per group (a facet) a bar for every label, the longest first."""
    from reportlab.graphics.shapes import Drawing

    register()
    step, head = 14.0, 22.0
    height = sum(head + step * len(rows) for _name, rows in groups) + 6
    drawing = Drawing(WIDTH, height)
    most = max((count for _name, rows in groups for _label, count in rows), default=1) or 1
    top = height
    for at, (name, rows) in enumerate(groups):
        _words(drawing, 0, top - 14, name, 9, SANS_STRONG)
        top -= head
        for label, count in rows:
            _bar(drawing, top - step, label, count, most, FACETS[at % len(FACETS)])
            top -= step
    return drawing


def _bar(drawing: Any, y: float, label: str, count: int, most: int, colour: str) -> None:
    left, room = 165.0, WIDTH - 165 - 30
    _words(drawing, left - 6, y + 3, fitted(label, left - 10, 8), 8, SANS, anchor="end")
    _box(drawing, left, y + 1.5, max(0.6, room * count / most), 9.5, colour)
    _words(drawing, left + room * count / most + 4, y + 3, str(count), 8, SANS)


def heat(rows: Sequence[str], columns: Sequence[str], counts: Sequence[Sequence[int]]) -> Any:
    """Cells shaded by their number; the heads of columns stand upright."""
    from reportlab.graphics.shapes import Drawing

    register()
    left, head, step = 150.0, 92.0, 16.0
    wide = min(44.0, (WIDTH - left) / max(1, len(columns)))
    height = head + step * len(rows) + 2
    drawing = Drawing(WIDTH, height)
    most = max((n for row in counts for n in row), default=1) or 1
    for at, label in enumerate(columns):
        _upright(drawing, left + wide * (at + 0.5) + 3, height - head + 5, fitted(label, head - 8, 8))
    for at, label in enumerate(rows):
        y = height - head - step * (at + 1)
        _words(drawing, left - 6, y + 4.5, fitted(label, left - 10, 8), 8, SANS, anchor="end")
        for place, n in enumerate(counts[at]):
            _cell(drawing, left + wide * place, y, wide, step, n, most)
    return drawing


def _cell(drawing: Any, x: float, y: float, wide: float, high: float, n: int, most: int) -> None:
    share = n / most
    _box(drawing, x + 0.6, y + 0.6, wide - 1.2, high - 1.2, mixed(PALE, ACCENT, share ** 0.8 * 0.92))
    if n:
        _words(drawing, x + wide / 2, y + 4.8, str(n), 7.5, SANS, anchor="middle",
               colour="#ffffff" if share > 0.45 else INK)


def mixed(one: str, other: str, share: float) -> str:
    """The colour that has `share` of `other` in it."""
    pairs = ((int(one[i:i + 2], 16), int(other[i:i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def fitted(text: str, room: float, size: float, face: str = SANS) -> str:
    """A text cut to a width, with … where it was."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if stringWidth(text, face, size) <= room:
        return text
    while text and stringWidth(text + "…", face, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _words(drawing: Any, x: float, y: float, text: str, size: float, face: str, *, anchor: str = "start",
           colour: str = INK) -> None:
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    drawing.add(String(x, y, text, fontName=face, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor))


def _upright(drawing: Any, x: float, y: float, text: str) -> None:
    from reportlab.graphics.shapes import Group, String
    from reportlab.lib.colors import HexColor

    turned = Group(String(0, 0, text, fontName=SANS, fontSize=8, fillColor=HexColor(INK)))
    turned.translate(x, y)
    turned.rotate(90)
    drawing.add(turned)


def _box(drawing: Any, x: float, y: float, wide: float, high: float, colour: str) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    drawing.add(Rect(x, y, wide, high, fillColor=HexColor(colour), strokeColor=None))


def png(drawing: Any, dpi: int = DPI) -> bytes:
    """A drawing as a bitmap."""
    import pypdfium2
    from reportlab.graphics import renderPDF

    page = pypdfium2.PdfDocument(renderPDF.drawToString(drawing))[0]
    found = BytesIO()
    page.render(scale=dpi / 72).to_pil().convert("P", palette=1, colors=128).save(found, "PNG", optimize=True)
    return found.getvalue()
