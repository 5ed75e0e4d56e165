"""The strip with which a question is kept: a name, and the deelvraag it belongs to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from codebook import questions
from workbench.i18n import _
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled
from workbench.theme import theme


class SavingStrip(QFrame):
    """`wanted(name, deelvraag number or None)` when the name is given; Esc puts the strip away."""

    wanted = Signal(str, object)

    def __init__(self, opened: OpenProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self.setProperty("role", "card")
        self.name, self.deelvraag = QLineEdit(), Choice(_("Deelvraag"))
        self.name.setPlaceholderText(_("Name of the question"))
        self.name.setAccessibleName(_("Name of the question"))
        self._note = QLabel()
        self._note.setProperty("role", "quiet")
        self.keep, leave = QPushButton(_("Keep")), QPushButton(_("Cancel"))
        self.keep.setProperty("role", "primary")
        leave.setProperty("role", "flat")
        row = QHBoxLayout(self)
        px = theme().px
        row.setContentsMargins(px(8), px(6), px(8), px(6))
        row.setSpacing(px(8))
        row.addLayout(labelled(_("Keep as"), self.name), 1)
        row.addLayout(labelled(_("under"), self.deelvraag))
        for widget in (self._note, self.keep, leave):
            row.addWidget(widget)
        self.name.textChanged.connect(self._check)
        self.name.returnPressed.connect(self._finish)
        self.keep.clicked.connect(self._finish)
        leave.clicked.connect(self.hide)
        self.hide()

    def begin(self, name: str, deelvraag_id: int | None) -> None:
        """Come into sight with a proposal."""
        with self._opened.project.read() as session:
            found = [(str(d.id), d.label) for d in questions.deelvragen(session)]
        self.deelvraag.offer([*found, ("", _("no deelvraag"))])
        self.deelvraag.choose(str(deelvraag_id or (found[0][0] if found else "")))
        self.name.setText(name)
        self._check()
        self.show()
        self.name.setFocus()
        self.name.selectAll()

    def _check(self) -> None:
        with self._opened.project.read() as session:
            standing = questions.named_query(session, self.name.text())
        self._note.setText("" if standing is None else _("takes the place of the one with this name"))
        self.keep.setEnabled(bool(self.name.text().strip()))

    def _finish(self) -> None:
        if self.name.text().strip():
            number = self.deelvraag.value()
            self.hide()
            self.wanted.emit(self.name.text().strip(), int(number) if number else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
