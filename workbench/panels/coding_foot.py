"""The line below the text while coding: facets filled, how far the document is, and the keys as buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.chips import paint_form


@dataclass(frozen=True)
class FacetFill:
    """A facet of the narratief in hand: `filled` or open."""

    name: str
    filled: bool


class FillMarks(QWidget):
    """One mark per facet: its form, name and ✓ or ·."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fills: tuple[FacetFill, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_fills(self, fills: Sequence[FacetFill]) -> None:
        """Show these facets."""
        self._fills = tuple(fills)
        spoken = ", ".join(f"{f.name}: {_('filled') if f.filled else _('open')}" for f in fills)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px, metrics = theme().px, self.fontMetrics()
        width = sum(metrics.horizontalAdvance(f.name) + px(42) for f in self._fills)
        return QSize(width, metrics.height() + px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, metrics = QPainter(self), theme().px, self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.0
        for fill in self._fills:
            look, side = theme().facet(fill.name), px(10)
            box = QRectF(x + 1, (self.height() - side) / 2, side, side)
            paint_form(painter, look.form, box, QColor(look.strong), hollow=not fill.filled)
            painter.setPen(QColor(theme().tokens.text if fill.filled else theme().tokens.quiet))
            text = f"{fill.name} {'✓' if fill.filled else '·'}"
            width = metrics.horizontalAdvance(text)
            painter.drawText(QRectF(x + px(16), 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
            x += metrics.horizontalAdvance(fill.name) + px(42)


class Meter(QWidget):
    """A bar that fills; unlike a QProgressBar it never paints in the middle of a key press."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedSize(theme().px(72), theme().px(6))

    def set_share(self, share: float) -> None:
        """From 0 to 1."""
        if share != self._share:
            self._share = share
            self.setToolTip(_("{percent} % done", percent=round(share * 100)))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, radius = QPainter(self), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in ((theme().tokens.line, 1.0), (theme().tokens.accent, self._share)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, self.height()), radius, radius)


class CodingFoot(QFrame):
    """`commandRequested(name)`: next, next_open, repeat, memo, discuss, quote, in_vivo, ready."""

    commandRequested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks, self.meter, self.count = FillMarks(), Meter(), QLabel()
        self.buttons: dict[str, QPushButton] = {}
        self.meter.setAccessibleName(_("Complete narratieven of this document"))
        box = QHBoxLayout(self)
        box.setContentsMargins(theme().px(12), theme().px(4), theme().px(12), theme().px(4))
        box.setSpacing(theme().px(4))
        for widget in (self.marks, self.meter, self.count):
            box.addWidget(widget)
        box.addStretch(1)
        self._add_buttons(box)

    def _add_buttons(self, box: QHBoxLayout) -> None:
        texts = (
            ("next", _("next"), "⏎", _("Next narratief (Enter); previous: Shift+Enter")),
            ("next_open", _("open"), "-", _("Next narratief that is not complete (-)")),
            ("repeat", _("repeat"), ".", _("Repeat the codes of the previous narratief (.)")),
            ("memo", _("memo"), "/", _("Memo on this narratief, or on the words selected (/)")),
            ("discuss", _("discuss"), "*", _("Flag this narratief to discuss it (*)")),
            ("quote", _("quote"), ";", _("Keep the words selected as quote (;)")),
            ("in_vivo", _("in vivo"), ":", _("Make a code of the words selected (:)")),
            ("ready", _("ready"), "=", _("This document is ready (=)")),
        )
        for name, text, key, tip in texts:
            button = QPushButton(f"{key}  {text}")
            button.setProperty("role", "flat")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setStyleSheet(f"padding: {theme().px(3)}px {theme().px(6)}px;")
            button.clicked.connect(lambda _on=False, name=name: self.commandRequested.emit(name))
            self.buttons[name] = button
            box.addWidget(button)

    def show_state(self, fills: Sequence[FacetFill], complete: int, total: int, done: bool) -> None:
        """The facets of the narratief in hand, the document's count, and whether it is marked ready."""
        self.marks.set_fills(fills)
        self.meter.set_share(complete / total if total else 0.0)
        self.count.setText(f"{complete}/{total}")
        self.count.setToolTip(_("{n} of {total} narratieven are complete", n=complete, total=total))
        self.buttons["ready"].setText(f"=  {_('ready')}{' ✓' if done else ''}")
        role = "primary" if done or (total and complete == total) else "flat"
        if self.buttons["ready"].property("role") != role:
            self.buttons["ready"].setProperty("role", role)
            self.buttons["ready"].style().polish(self.buttons["ready"])
