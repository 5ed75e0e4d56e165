"""Who works: name and role under which codings and steps are kept, chosen from those who coded before or typed anew."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from codebook.blind import RESEARCHER, STUDENT
from workbench.i18n import _
from workbench.theme import theme


class WhoPage(QWidget):
    """`chosen(name, role)` when somebody says who they are, `left` when they do not. `known` are the coders of this
    project with their roles; who is among them is that coder, whatever the capitals."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self, known: Mapping[str, str], present: str = "", role: str = STUDENT,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = {name.casefold(): (name, kept) for name, kept in known.items()}
        self.roles = {STUDENT: QRadioButton(_("Student: I code")),
                      RESEARCHER: QRadioButton(_("Researcher: I lead the study"))}
        self._wanted = role if role in self.roles else STUDENT
        self._said = QLabel()
        self.name, self.known = QLineEdit(present), QListWidget()
        self.go, self._back = QPushButton(_("Work under this name")), QPushButton(_("Back"))
        self.known.addItems(list(known))
        self._build(bool(known))
        for name, button in self.roles.items():
            button.clicked.connect(lambda _on=True, name=name: self._want(name))
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
        self._said.setProperty("role", "quiet")
        self._said.setWordWrap(True)
        for widget in (head, why, self.name, self.known, *self.roles.values(), self._said):
            box.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self.go)
        box.addLayout(row)

    def _check(self) -> None:
        name = self._name()
        self.go.setEnabled(bool(name))
        coder = self._roles.get(name.casefold())
        self.roles[coder[1] if coder is not None and coder[1] in self.roles else self._wanted].setChecked(True)
        for button in self.roles.values():
            button.setEnabled(coder is None)
        self._said.setText(_("{name} is in this project already; the role can be changed on the page Team.",
                             name=coder[0]) if coder is not None else "")

    def _want(self, role: str) -> None:
        self._wanted = role

    def _name(self) -> str:
        return " ".join(self.name.text().split())

    def _take(self, name: str) -> None:
        self.name.setText(name)
        self._send()

    def _send(self) -> None:
        name = self._name()
        if name:
            role = next(role for role, button in self.roles.items() if button.isChecked())
            self.chosen.emit(self._roles.get(name.casefold(), (name, role))[0], role)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
