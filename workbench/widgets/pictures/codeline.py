"""The codeline: the codes of a document along its narratieven, in bands one below the other."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from codebook.picturing import LinePicture, PictureCode
from workbench.i18n import _
from workbench.widgets.pictures.frame import LINE, MARGIN, Look, counted, drawn, empty, head, key
from workbench.widgets.pictures.ink import width_of
from workbench.widgets.pictures.shapes import NORMAL, SMALL, Box, Draft, Drawing, Line, Words

ROW = 18.0
LEAST, MOST = 9.0, 26.0
LONGEST = 190.0
FACET = LINE + 10


def codeline_drawing(picture: LinePicture, look: Look) -> Drawing:
    """Lay a codeline out."""
    title = picture.title
    if not picture.codes or not picture.ids:
        return empty(look, title, _("No code occurs in this document."))
    notes = [look.basis, _("From left to right the narratieven by number; a block: it carries the code.")]
    draft = Draft()
    made = _Codeline(picture, look, head(draft, look, title, notes))
    made.draw(draft)
    return drawn(draft, look, title, notes, look.page, made.bottom)


class _Codeline:
    def __init__(self, picture: LinePicture, look: Look, top: float) -> None:
        self.picture, self.look, self.top = picture, look, top
        self.facets = list(dict.fromkeys(code.facet for code in picture.codes))
        self.left = MARGIN + min(LONGEST, max(width_of(self._label(c), NORMAL) for c in picture.codes)) + 10
        room = look.page - MARGIN - self.left
        per_band = max(1, int(room // LEAST))
        self.bands = -(-len(picture.ids) // per_band)
        self.per_band = -(-len(picture.ids) // self.bands)
        self.wide = min(MOST, room / self.per_band)
        self.tall = 18 + ROW * len(picture.codes) + FACET * len(self.facets) + 14
        self.bottom = top + self.tall * self.bands

    def _label(self, code: PictureCode) -> str:
        return f"{code.label} {code.count}"

    def draw(self, draft: Draft) -> None:
        for band in range(self.bands):
            self._band(draft, band, self.top + band * self.tall)

    def _band(self, draft: Draft, band: int, top: float) -> None:
        first = band * self.per_band
        last = min(len(self.picture.ids), first + self.per_band)
        self._numbers(draft, first, last, top)
        y = top + 18
        for facet in self.facets:
            key(draft, self.look, MARGIN, y + 7, [facet])
            y += FACET
            for n, code in enumerate(self.picture.codes):
                if code.facet == facet:
                    self._row(draft, n, y, first, last)
                    y += ROW

    def _numbers(self, draft: Draft, first: int, last: int, top: float) -> None:
        """Every fifth number, every tenth where they stand close together; and the first."""
        step = 1 if self.wide >= 22 else 5 if self.wide >= 8 else 10
        for n in range(first, last):
            nr = self.picture.nrs[n]
            if nr % step == 0 or n == first:
                if n == first and nr % step and nr % step > step - 3 and step > 1:
                    continue
                x = self.left + (n - first + 0.5) * self.wide
                draft.add(Words(QRectF(x - 16, top, 32, 14), str(nr), self.look.ink.quiet, SMALL, "centre"))

    def _row(self, draft: Draft, n: int, y: float, first: int, last: int) -> None:
        code, ink = self.picture.codes[n], self.look.ink
        label = QRectF(MARGIN, y, self.left - MARGIN - 10, ROW)
        draft.add(Words(label, self._label(code), ink.text, align="right"),
                  Line(QPointF(self.left, y + ROW / 2), QPointF(self.left + (last - first) * self.wide, y + ROW / 2),
                       ink.line))
        draft.mark(label.adjusted(-4, 0, 5, 0), counted([code.label], code.count), (code.id,), of_document=True)
        style = ink.facet(code.facet)
        for at in range(first, last):
            if self.picture.held[n, at]:
                x = self.left + (at - first) * self.wide
                area = QRectF(x + 0.75, y + 2.5, self.wide - 1.5, ROW - 5)
                draft.add(Box(area, style.strong, radius=2))
                draft.mark(area, _("{nr}: {code}", nr=self.picture.nrs[at], code=code.label), (code.id,),
                           self.picture.ids[at])
