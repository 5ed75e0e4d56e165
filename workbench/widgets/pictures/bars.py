"""Bars: how often each code of a facet is used, the most used first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from codebook.picturing import BarsPicture, PictureCode
from workbench.i18n import _
from workbench.widgets.pictures.frame import LINE, MARGIN, Look, counted, drawn, empty, head, key
from workbench.widgets.pictures.ink import width_of
from workbench.widgets.pictures.shapes import NORMAL, SMALL, Box, Draft, Drawing, Words

ROW = 20.0
GUTTER = 28.0
TWO_COLUMNS = 640.0
NUMBERS = 76.0


@dataclass(frozen=True)
class _Scale:
    """Room for labels, the count of the longest bar, and all narratieven: the same for every facet."""

    labels: float
    most: int
    n: int


def bars_drawing(picture: BarsPicture, look: Look) -> Drawing:
    """Lay the bars out, in two columns where there is room; the same length means the same number everywhere."""
    title = _("How often each code is used")
    shown = [(facet, _by_use(codes)) for facet, codes in zip(picture.facets, picture.codes, strict=True) if codes]
    if not shown:
        return empty(look, title, _("No code occurs this often. Lower the least number, or choose more codes."))
    notes = [look.basis, _("Behind each bar: narratieven with the code, and their share of all that were looked at.")]
    draft = Draft()
    top = head(draft, look, title, notes)
    count = 2 if look.page >= TWO_COLUMNS and len(shown) > 1 else 1
    wide = (look.page - 2 * MARGIN - GUTTER * (count - 1)) / count
    most = max(1, max(code.count for _facet, codes in shown for code in codes))
    labels = min(wide * 0.46, max(width_of(code.label, NORMAL) for _facet, codes in shown for code in codes))
    bottom = top
    for n, column in enumerate(_columns(shown, count)):
        y = top
        for facet, codes in column:
            place = QRectF(MARGIN + n * (wide + GUTTER), y, wide, 0)
            y = _facet(draft, look, place, (facet, codes), _Scale(labels, most, picture.n))
        bottom = max(bottom, y)
    return drawn(draft, look, title, notes, look.page, bottom)


def _by_use(codes: Sequence[PictureCode]) -> list[PictureCode]:
    return sorted(codes, key=lambda code: -code.count)


def _columns(shown: list[tuple[str, list[PictureCode]]], count: int) -> list[list[tuple[str, list[PictureCode]]]]:
    """The facets in their order over the columns, cut where the longest column is shortest."""
    if count == 1:
        return [shown]
    tall = [len(codes) + 2 for _facet, codes in shown]
    cut = min(range(1, len(shown)), key=lambda n: max(sum(tall[:n]), sum(tall[n:])))
    return [shown[:cut], shown[cut:]]


def _facet(draft: Draft, look: Look, place: QRectF, facet: tuple[str, list[PictureCode]], scale: _Scale) -> float:
    """One facet from the top of `place` down; where it ends."""
    name, codes = facet
    key(draft, look, place.left(), place.top(), [name])
    y = place.top() + LINE + 8
    for code in codes:
        _bar(draft, look, QRectF(place.left(), y, place.width(), ROW), code, scale)
        y += ROW
    return y + 18


def _bar(draft: Draft, look: Look, row: QRectF, code: PictureCode, scale: _Scale) -> None:
    ink, share = look.ink, code.count / scale.n if scale.n else 0
    x = row.left() + scale.labels + 10
    length = (row.width() - scale.labels - 10 - NUMBERS) * code.count / scale.most
    draft.add(Words(QRectF(row.left(), row.top(), scale.labels, ROW), code.label, ink.text, align="right"))
    if code.count:
        draft.add(Box(QRectF(x, row.top() + 3, max(1.5, length), ROW - 6), ink.facet(code.facet).strong, radius=1.5))
    at = x + (length + 7 if code.count else 0)
    number = str(code.count) if code.count else "–"
    wide = width_of(number, NORMAL)
    draft.add(Words(QRectF(at, row.top(), wide, ROW), number, ink.text))
    if code.count:
        percent = f"{100 * share:.0f} %" if share >= 0.005 else "<1 %"
        draft.add(Words(QRectF(at + wide + 5, row.top(), 44, ROW), percent, ink.quiet, SMALL))
    draft.mark(row, counted([f"{code.facet} {code.label}"], code.count), (code.id,))
