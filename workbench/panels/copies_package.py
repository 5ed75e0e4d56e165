"""A copy for one coder: for whom, blind or not, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.parts import button, free_field, quiet


class PackagePage(QWidget):
    """`wanted(name, blind)` to make a copy, `left()` to not do it."""

    wanted = Signal(str, bool)
    left = Signal()

    def __init__(self, names: Sequence[str], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.coder, self.blind = QComboBox(), QCheckBox(_("Blind: without what others coded"))
        field = free_field(self.coder)
        self.coder.addItems(list(names))
        self.coder.setCurrentIndex(self.coder.findText(name) if name else -1)
        field.setPlaceholderText(_("Name of the coder"))
        self.coder.setAccessibleName(_("Name of the coder"))
        self.go = button(_("Make the copy…"), self._send, role="primary")
        self._build()
        field.textChanged.connect(lambda _text: self._check())
        field.returnPressed.connect(self._send)
        self._check()
        self.setFocusProxy(self.coder)

    def _build(self) -> None:
        px = theme().px
        outer, card = QVBoxLayout(self), QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(520))
        middle = QHBoxLayout()  # no alignment: that would make the wrapped words lose their height
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        box = QVBoxLayout(card)
        box.setContentsMargins(px(32), px(24), px(32), px(24))
        box.setSpacing(px(12))
        head = QLabel(_("A copy for a coder"))
        head.setProperty("role", "title")
        why = quiet(_("One file, to work in without a connection. When it comes back, merge it. The key of names and "
                      "earlier texts never go along."))
        self.blind.setChecked(True)
        for widget in (head, why, self.coder, self.blind):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(button(_("Back"), self.left.emit, "Esc"))
        row.addStretch(1)
        row.addWidget(self.go)
        box.addLayout(row)

    def _check(self) -> None:
        self.go.setEnabled(bool(self.coder.currentText().strip()))

    def _send(self) -> None:
        name = " ".join(self.coder.currentText().split())
        if name:
            self.wanted.emit(name, self.blind.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
