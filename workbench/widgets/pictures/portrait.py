"""The portrait of a document: a cell per narratief, a band per facet, a shade and a number per code."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from codebook.picturing import PictureCode, PortraitCell, PortraitPicture
from workbench.i18n import _
from workbench.tokens import contrast
from workbench.widgets.pictures.frame import LINE, MARGIN, Look, counted, drawn, empty, head, key
from workbench.widgets.pictures.ink import width_of
from workbench.widgets.pictures.shapes import NORMAL, SMALL, Box, Draft, Drawing, Words

WIDE, GAP = 50.0, 8.0
BAND = 18.0
NUMBER = 15.0


def portrait_drawing(picture: PortraitPicture, look: Look) -> Drawing:
    """Lay a portrait out."""
    if not picture.cells:
        return empty(look, picture.title, _("This document has no narratieven yet."))
    notes = [look.basis, _("Each cell is a narratief, in the order of the document; each band a facet, each number a "
                           "code (see below). Strokes: no code; 0: not mentioned.")]
    draft = Draft()
    top = head(draft, look, picture.title, notes)
    made = _Portrait(picture, look, top)
    made.draw(draft)
    bottom = made.legend(draft)
    return drawn(draft, look, picture.title, notes, look.page, bottom)


class _Portrait:
    def __init__(self, picture: PortraitPicture, look: Look, top: float) -> None:
        self.picture, self.look, self.top = picture, look, top
        self.per_row = max(1, int((look.page - 2 * MARGIN + GAP) // (WIDE + GAP)))
        self.tall = NUMBER + BAND * len(picture.facets) + 12
        self.shades = {code.id: self._shade(codes, n) for codes in picture.used for n, code in enumerate(codes)}
        self.codes = {code.id: code for codes in picture.used for code in codes}

    def _shade(self, codes: tuple[PictureCode, ...], n: int) -> tuple[str, str]:
        """Ground and words of a code: from the quiet to the strong colour of its facet, in the order of the
        codebook."""
        style = self.look.ink.facet(codes[n].facet)
        share = n / (len(codes) - 1) if len(codes) > 1 else 0.5
        one, other = QColor(style.tint), QColor(style.strong)
        parts = ((getattr(one, c)(), getattr(other, c)()) for c in ("red", "green", "blue"))
        ground = QColor(*(round(a + (b - a) * share) for a, b in parts)).name()
        return ground, max(("#111317", "#ffffff"), key=lambda ink: contrast(ink, ground))

    def number(self, code: int) -> str:
        """What stands for a code in a cell: its number, or the first letters of its name."""
        return str(self.look.numbers.get(code) or self.codes[code].label[:2])

    def draw(self, draft: Draft) -> None:
        for n, cell in enumerate(self.picture.cells):
            x = MARGIN + (n % self.per_row) * (WIDE + GAP)
            self._cell(draft, cell, x, self.top + (n // self.per_row) * self.tall)

    def _cell(self, draft: Draft, cell: PortraitCell, x: float, y: float) -> None:
        ink = self.look.ink
        draft.add(Words(QRectF(x, y, WIDE, NUMBER), str(cell.nr), ink.quiet, SMALL))
        body = QRectF(x, y + NUMBER, WIDE, BAND * len(self.picture.facets))
        for n, codes in enumerate(cell.codes):
            band = QRectF(x, body.top() + n * BAND, WIDE, BAND - 1)
            if not cell.asked:
                draft.add(Box(band, "", ink.line))
            elif codes:
                self._band(draft, band, codes)
            elif cell.absent[n]:
                draft.add(Box(band, "", ink.line), Words(band, "0", ink.quiet, SMALL, "centre"))
            else:
                draft.add(Box(band, "", ink.line, hatched=ink.line))
        labels = ", ".join(self.codes[c].label for codes in cell.codes for c in codes)
        if cell.asked:
            draft.mark(body, _("{nr}: {code}", nr=cell.nr, code=labels or _("no code")), (), cell.id)

    def _band(self, draft: Draft, band: QRectF, codes: tuple[int, ...]) -> None:
        """The codes of one facet side by side; where they become too narrow the last says how many more there are."""
        shown = codes if len(codes) <= 3 else codes[:2]
        parts = [(self.number(c), self.shades[c]) for c in shown]
        if len(codes) > 3:
            parts.append((f"+{len(codes) - 2}", (self.look.ink.ground, self.look.ink.quiet)))
        wide = band.width() / len(parts)
        for n, (words, (ground, ink)) in enumerate(parts):
            area = QRectF(band.left() + n * wide, band.top(), wide - (1 if n + 1 < len(parts) else 0), band.height())
            draft.add(Box(area, ground), Words(area, words, ink, SMALL, "centre"))

    def legend(self, draft: Draft) -> float:
        """Which number is which code, per facet, in columns; returns where it ends."""
        y = self.top + -(-len(self.picture.cells) // self.per_row) * self.tall + 8
        for facet, codes in zip(self.picture.facets, self.picture.used, strict=True):
            if codes:
                key(draft, self.look, MARGIN, y, [facet])
                y = self._codes(draft, codes, y + LINE + 6) + 10
        return y

    def _codes(self, draft: Draft, codes: tuple[PictureCode, ...], y: float) -> float:
        room = self.look.page - 2 * MARGIN
        wide = min(room, max(width_of(code.label, NORMAL) + width_of(str(code.count), SMALL) for code in codes) + 54)
        across = max(1, int(room // wide))
        for n, code in enumerate(codes):
            area = QRectF(MARGIN + n % across * wide, y + n // across * 22, 24, 17)
            ground, ink = self.shades[code.id]
            name = QRectF(area.right() + 6, area.top(), width_of(code.label, NORMAL), 17)
            draft.add(Box(area, ground), Words(area, self.number(code.id), ink, SMALL, "centre"),
                      Words(name, code.label, self.look.ink.text),
                      Words(QRectF(name.right() + 3, area.top(), 30, 17), str(code.count), self.look.ink.quiet, SMALL))
            spoken = counted([f"{code.facet} {code.label}"], code.count)
            draft.mark(area.united(name), spoken, (code.id,), of_document=True)
        return y + -(-len(codes) // across) * 22
