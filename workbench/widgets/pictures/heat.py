"""The heat map: codes against codes, each number on a ground that is darker for more."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from codebook.picturing import HeatPicture, PictureCode
from workbench.i18n import _
from workbench.widgets.pictures.frame import MARGIN, Look, counted, drawn, empty, head
from workbench.widgets.pictures.ink import width_of
from workbench.widgets.pictures.shapes import NORMAL, SMALL, Box, Draft, Drawing, Words

GAP = 2.0
LONGEST = 210.0
TOTAL = 46.0


def heat_drawing(picture: HeatPicture, look: Look) -> Drawing:
    """Lay a heat map out."""
    if not picture.rows or not picture.columns:
        return empty(look, _("Heat map"), _("No code occurs this often. Lower the least number, or choose more codes."))
    title = f"{picture.rows[0].facet} × {picture.columns[0].facet}"
    notes = [look.basis, _("Each number: narratieven with both codes. At the edges: all that carry the code.")]
    draft = Draft()
    table = _Table(picture, look, head(draft, look, title, notes))
    table.draw(draft)
    return drawn(draft, look, title, notes, table.right + MARGIN, table.bottom)


class _Table:
    def __init__(self, picture: HeatPicture, look: Look, top: float) -> None:
        self.picture, self.look = picture, look
        labels = [width_of(c.label, NORMAL) for c in picture.columns]
        self.left = MARGIN + min(LONGEST, max(width_of(c.label, NORMAL) for c in picture.rows)) + 10
        room = look.page - MARGIN - self.left - TOTAL
        self.wide = min(84.0, max(34.0, room / len(picture.columns)))
        self.is_turned = max(labels) > self.wide - 8
        heads = min(LONGEST, max(labels)) + 10 if self.is_turned else 24.0
        self.top = top + heads
        room = look.height - MARGIN - self.top - 24
        self.tall = min(34.0, max(21.0, room / len(picture.rows)))
        self.right = self.left + self.wide * len(picture.columns) + TOTAL
        self.bottom = self.top + self.tall * len(picture.rows) + 24

    def cell(self, row: int, column: int) -> QRectF:
        """Where a number stands; behind the last row or column stand the totals."""
        return QRectF(self.left + column * self.wide, self.top + row * self.tall, self.wide - GAP, self.tall - GAP)

    def draw(self, draft: Draft) -> None:
        highest = max(1, int(self.picture.counts.max()))
        self._heads(draft)
        for r, row in enumerate(self.picture.rows):
            for c, column in enumerate(self.picture.columns):
                self._number(draft, self.cell(r, c), (row, column), int(self.picture.counts[r, c]), highest)
        for r, row in enumerate(self.picture.rows):
            area = self.cell(r, len(self.picture.columns))
            area.setWidth(TOTAL - GAP)
            self._total(draft, area, row, right=True)
        for c, column in enumerate(self.picture.columns):
            area = self.cell(len(self.picture.rows), c)
            area.setHeight(22)
            self._total(draft, area, column, right=False)

    def _heads(self, draft: Draft) -> None:
        ink = self.look.ink
        for r, row in enumerate(self.picture.rows):
            area = QRectF(MARGIN, self.cell(r, 0).top(), self.left - MARGIN - 10, self.tall - GAP)
            draft.add(Words(area, row.label, ink.text, align="right"))
        for c, column in enumerate(self.picture.columns):
            cell = self.cell(0, c)
            if self.is_turned:
                area = QRectF(cell.left(), self.top - 8 - LONGEST, cell.width(), LONGEST)
                draft.add(Words(area, column.label, ink.text, turned=True))
            else:
                area = QRectF(cell.left(), self.top - 24, cell.width(), 20)
                draft.add(Words(area, column.label, ink.text, align="centre"))

    def _number(self, draft: Draft, area: QRectF, codes: tuple[PictureCode, PictureCode], count: int,
                highest: int) -> None:
        ink = self.look.ink
        ground, words = ink.heat(max(0.12, count / highest) if count else 0)
        draft.add(Box(area, ground, "" if count else ink.line),
                  Words(area, str(count or "–"), words if count else ink.quiet, align="centre"))
        draft.mark(area, counted([c.label for c in codes], count), tuple(c.id for c in codes))

    def _total(self, draft: Draft, area: QRectF, code: PictureCode, right: bool) -> None:
        inner = area.adjusted(0, 0, -8, 0) if right else area
        draft.add(Words(inner, str(code.count), self.look.ink.quiet, SMALL, "right" if right else "centre"))
        draft.mark(area, counted([code.label], code.count), (code.id,))
