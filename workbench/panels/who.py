"""Who works: the name under which codings and steps are kept, chosen from those who coded before or typed anew."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme


class WhoPage(QWidget):
    """`chosen(name)` when somebody says who they are, `left` when they do not. `names` coded in this project before."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, names: Sequence[str], present: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.known = QLineEdit(present), QListWidget()
        self.go, self._back = QPushButton(_("Work under this name")), QPushButton(_("Back"))
        self.known.addItems(list(names))
        self._build(bool(names))
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self._send)
        self.known.itemClicked.connect(lambda item: self.name.setText(item.text()))
        self.known.itemActivated.connect(lambda item: self._take(item.text()))
        self.go.clicked.connect(self._send)
        self._back.clicked.connect(self.left)
        self._check()
        self.setFocusProxy(self.name)

    def _build(self, has_names: bool) -> None:
        px = theme().px
        outer, card = QVBoxLayout(self), QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(px(520))
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        box = QVBoxLayout(card)
        box.setContentsMargins(px(32), px(24), px(32), px(24))
        box.setSpacing(px(12))
        head, why = QLabel(_("Who are you?")), QLabel(_("Your codings and steps are kept under this name. "
                                                        "It stays on this computer and in the project."))
        head.setProperty("role", "title")
        why.setProperty("role", "quiet")
        why.setWordWrap(True)
        self.name.setPlaceholderText(_("Your first name"))
        self.name.setAccessibleName(_("Your name"))
        self.known.setAccessibleName(_("Who coded in this project before"))
        self.known.setMaximumHeight(px(140))
        self.known.setVisible(has_names)
        self.go.setProperty("role", "primary")
        for widget in (head, why, self.name, self.known):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self.go)
        box.addLayout(row)

    def _check(self) -> None:
        self.go.setEnabled(bool(self.name.text().strip()))

    def _take(self, name: str) -> None:
        self.name.setText(name)
        self._send()

    def _send(self) -> None:
        name = " ".join(self.name.text().split())
        if name:
            self.chosen.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
