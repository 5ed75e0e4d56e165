"""A new project, described on one page: title, place, codebook, and who works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.theme import theme

SUFFIX = ".narratief"
FROM_FILE = "file"


@dataclass(frozen=True)
class NewProject:
    """What the page was filled in with; `codebook` is a shipped name, `leeg`, or the path of a file."""

    title: str
    path: str
    codebook: str
    coder: str


class NewProjectPage(QWidget):
    """`made(NewProject)` when the page is complete and sent; `left` when it is given up."""

    made = Signal(object)
    left = Signal()

    def __init__(self, path: str = "", coder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit(Path(path).stem if path else "")
        self.folder = QLineEdit(str(Path(path).parent if path else user_documents_path()))
        self.codebook, self.coder = QComboBox(), QLineEdit(coder)
        self.make, self._warning, self._place = QPushButton(_("Make the project")), QLabel(), QLabel()
        self._fill_codebooks()
        self._build()
        for field in (self.title, self.folder, self.coder):
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._send)
        self.codebook.activated.connect(self._choose_codebook)
        self._check()
        self.setFocusProxy(self.title)

    def _fill_codebooks(self) -> None:
        self.codebook.addItem(_("Narrative analysis (WAT, WIE, HOE: 46 codes)"), "narratieve-analyse")
        self.codebook.addItem(_("Empty: I make my own codes"), "leeg")
        self.codebook.addItem(_("From a file (.csv or .xlsx)…"), FROM_FILE)

    def _build(self) -> None:
        px = theme().px
        outer, card = QVBoxLayout(self), QFrame()
        card.setProperty("role", "card")
        card.setMaximumWidth(px(640))
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        box = QVBoxLayout(card)
        box.setContentsMargins(px(32), px(24), px(32), px(24))
        box.setSpacing(px(16))
        head = QLabel(_("New project"))
        head.setProperty("role", "title")
        box.addWidget(head)
        box.addLayout(self._form())
        self._warning.setProperty("role", "danger")
        self._warning.setWordWrap(True)
        box.addWidget(self._warning)
        box.addLayout(self._buttons())

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(theme().px(12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.title.setMinimumWidth(theme().px(380))
        self.title.setPlaceholderText(_("For example: Neighbourhood teams 2026"))
        self.coder.setPlaceholderText(_("Your own name, as the others know you"))
        self._place.setProperty("role", "quiet")
        self._place.setWordWrap(True)
        form.addRow(_("Title"), self.title)
        form.addRow(_("Folder"), self._folder_row())
        form.addRow("", self._place)
        form.addRow(_("Codebook"), self.codebook)
        form.addRow(_("Who am I?"), self.coder)
        for field, name in ((self.title, _("Title")), (self.codebook, _("Codebook")), (self.coder, _("Who am I?")),
                            (self.folder, _("Folder"))):
            field.setAccessibleName(name)
        return form

    def _folder_row(self) -> QHBoxLayout:
        row, choose = QHBoxLayout(), QPushButton(_("Choose…"))
        choose.setToolTip(_("Choose the folder in which the project will stand"))
        choose.clicked.connect(self._choose_folder)
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        return row

    def _buttons(self) -> QHBoxLayout:
        row, leave = QHBoxLayout(), QPushButton(_("Cancel"))
        leave.setToolTip("Esc")
        leave.clicked.connect(self.left)
        self.make.setProperty("role", "primary")
        self.make.setToolTip("Enter")
        self.make.clicked.connect(self._send)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.make)
        return row

    def path(self) -> Path:
        """Where the project will stand."""
        name = "".join(c if c.isalnum() or c in " -_().,&" else "-" for c in self.title.text().strip())
        return Path(self.folder.text().strip()) / f"{name.strip(' .')}{SUFFIX}"

    def _check(self) -> None:
        has_title, exists = bool(self.title.text().strip()), self.path().exists()
        self._place.setText(_("Becomes {file}", file=self.path().name) if has_title else "")
        taken = has_title and exists
        self._warning.setText(_("There is a project of this name in this folder already. Choose another title.")
                              if taken else "")
        self._warning.setVisible(taken)
        self.make.setEnabled(has_title and bool(self.coder.text().strip()) and not taken)

    def _choose_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, _("Folder"), self.folder.text())
        if found:
            self.folder.setText(found)

    def _choose_codebook(self) -> None:
        if self.codebook.currentData() != FROM_FILE:
            return
        path, _kind = QFileDialog.getOpenFileName(self, _("Codebook"), self.folder.text(),
                                                  _("Tables") + " (*.csv *.xlsx)")
        if path:
            self.codebook.insertItem(self.codebook.count() - 1, Path(path).name, path)
        self.codebook.setCurrentIndex(self.codebook.count() - 2 if path else 0)

    def _send(self) -> None:
        if self.make.isEnabled():
            self.path().parent.mkdir(parents=True, exist_ok=True)
            self.made.emit(NewProject(self.title.text().strip(), str(self.path()), self.codebook.currentData(),
                                      " ".join(self.coder.text().split())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
