"""The one question that is asked in the way: whether the key of names may be destroyed, for good."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from workbench.i18n import _
from workbench.theme import theme


class DestroyKeyDialog(QDialog):
    """Accepted only when the word was typed."""

    def __init__(self, names: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Destroy the key"))
        self.word = _("destroy")
        self.typed = QLineEdit()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.addButton(_("Destroy the key"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._build(names)
        self.typed.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()

    def _build(self, names: int) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(px(24), px(20), px(24), px(20))
        box.setSpacing(px(12))
        head = QLabel(_("Nobody can find out any more who is who"))
        head.setProperty("role", "heading")
        told = QLabel(_("The key with {n} names goes, with every earlier text, every undo step and every backup that "
                        "the program made beside the project. This cannot be undone. Export the key first if somebody "
                        "must be able to find people again.", n=names))
        told.setWordWrap(True)
        told.setMinimumWidth(px(440))
        ask = QLabel(_("Type “{word}” to go on:", word=self.word))
        self.typed.setAccessibleName(ask.text())
        for widget in (head, told, ask, self.typed, self.buttons):
            box.addWidget(widget)

    def _check(self) -> None:
        self.go.setEnabled(self.typed.text().strip().casefold() == self.word.casefold())
