"""The sheet of the focus group: filled in per participant and session, printed empty, read back, taken together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook.cmo_sheets import SheetView, sheets
from codebook.models import PHASES
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import SHEETS, Counting
from workbench.itemmodels.cmo_lines import PHASE_SIGNS, lines_of, lines_together, phase_word, sheet_name
from workbench.itemmodels.question_names import QuestionNames
from workbench.panels.cmo_sheet_deeds import SheetDeeds
from workbench.project import OpenProject
from workbench.shared.choices import Choice, labelled
from workbench.theme import theme
from workbench.widgets.board.form import FormView
from workbench.widgets.parts import free_field
from workbench.widgets.wrapped_tree import WrappedTree

NUMBER = Qt.ItemDataRole.UserRole
TOGETHER = 0


class _Sheets(WrappedTree):
    """`keyed(name)`: add, remove."""

    keyed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = {Qt.Key.Key_Delete: "remove", Qt.Key.Key_Insert: "add"}.get(Qt.Key(event.key()))
        if name is None:
            super().keyPressEvent(event)
        else:
            self.keyed.emit(name)


class SheetPage(QWidget):
    """`kernelementWanted(name)` after a form about another kernelement was read in; `configurationWanted(number)`
    after one was made of the sheets."""

    kernelementWanted = Signal(str)
    configurationWanted = Signal(int)
    follows = SHEETS | {"kernelement"}

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self.deeds = SheetDeeds(opened, self)
        self.kernelement, self.current = 0, TOGETHER
        self.sheets: dict[int, SheetView] = {}
        self._filling = False
        self.list, self.form, self.told = _Sheets(), FormView(), QLabel()
        self.held, self.participant, self.author = QLineEdit(), QLineEdit(), QComboBox()
        self.phase = Choice(_("How far the sheet is"))
        self.tools: dict[str, QPushButton] = {}
        self._head = QWidget()
        self._prepare()
        self._arrange()
        self._connect()

    def _prepare(self) -> None:
        self.list.setAccessibleName(_("Sheets of this kernelement"))
        self.list.setToolTip(_("Ins makes a sheet · Del takes it away"))
        self.phase.offer([(phase, phase_word(phase)) for phase in PHASES])
        self.phase.setToolTip(_("How far the sheet is: new lines get this phase"))
        free_field(self.author)
        self.author.setMinimumContentsLength(11)
        self.author.setToolTip(_("The role of who writes new lines, never a name"))
        self.held.setPlaceholderText(_("date and place"))
        self.participant.setPlaceholderText(_("a role, never a name"))
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        texts = {"add": (_("+ Sheet"), "Ins"), "remove": (_("Delete"), "Del"), "print": (_("Empty form…"), ""),
                 "read": (_("Read a filled form in…"), ""), "configure": (_("To the board"), "")}
        for key, (text, keys) in texts.items():
            button = self.tools[key] = QPushButton(text)
            button.setProperty("role", "flat")
            button.setToolTip(f"{text}   {keys}".strip())
        self.tools["configure"].setToolTip(_("Begin a configuration with what all sheets say together"))
        self.tools["read"].setToolTip(_("A form that was filled in with Word or LibreOffice (.docx), or a file with "
                                        "CMO findings (.json)"))
        self.tools["print"].setMenu(self._paper_menu())
        self.setFocusProxy(self.list)

    def _paper_menu(self) -> QMenu:
        menu = QMenu(self)
        for text, paper, whole in ((_("This kernelement, A4"), "A4", False), (_("This kernelement, A3"), "A3", False),
                                   (_("All kernelementen, A4"), "A4", True), (_("All kernelementen, A3"), "A3", True)):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, p=paper, w=whole: self._ask_print(p, w))
        return menu

    def _arrange(self) -> None:
        px, outer, split = theme().px, QVBoxLayout(self), QSplitter(Qt.Orientation.Horizontal)
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(2))
        for key in ("add", "remove", "print", "read", "configure"):
            row.addWidget(self.tools[key])
        row.addStretch(1)
        outer.addLayout(row)
        split.setHandleWidth(px(10))
        split.addWidget(self.list)
        split.addWidget(self._right())
        split.setStretchFactor(1, 1)
        split.setSizes([px(196), px(760)])
        split.setChildrenCollapsible(False)
        outer.addWidget(split, 1)

    def _right(self) -> QWidget:
        px, right, head = theme().px, QWidget(), QGridLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setHorizontalSpacing(px(16))
        for n, (words, widget) in enumerate(((_("Session"), self.held), (_("Filled by"), self.participant),
                                             (_("Phase"), self.phase), (_("New lines by"), self.author))):
            widget.setAccessibleName(words)
            head.addLayout(labelled(words, widget), n // 2, n % 2)
        head.setColumnStretch(0, 1)
        head.setColumnStretch(1, 1)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for each in (self._head, self.told):
            column.addWidget(each)
        column.addWidget(self.form, 1)
        return right

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_items: self._choose())
        self.list.keyed.connect(self._work)
        for key in ("add", "remove", "read", "configure"):
            self.tools[key].clicked.connect(lambda _on=False, k=key: self._work(k))
        self.held.editingFinished.connect(lambda: self._describe("held", self.held.text()))
        self.participant.editingFinished.connect(lambda: self._describe("participant", self.participant.text()))
        self.phase.picked.connect(lambda: self._describe("phase", self.phase.value()))
        self.form.added.connect(lambda place, text: self.deeds.write(self.current, place, text,
                                                                     self.author.currentText().strip()))
        self.form.changed.connect(self.deeds.reword)
        self.form.removed.connect(self.deeds.strike)
        self.deeds.landed.connect(self.kernelementWanted)

    # what is shown

    def set_names(self, names: QuestionNames) -> None:
        """The groups of the project are roles that may be meant."""
        typed = self.author.currentText()
        self.author.clear()
        self.author.addItems([group for group in names.catalogue.groups if group])
        self.author.setEditText(typed)

    def show_kernelement(self, number: int) -> None:
        """Show the sheets of a kernelement; all together first."""
        if number != self.kernelement:
            self.kernelement, self.current = number, TOGETHER
        self.refresh()

    def refresh(self) -> None:
        """Read the sheets again; the one in hand stays in hand."""
        with self._opened.project.read() as session:
            self.sheets = {view.id: view for view in sheets(session, self.kernelement)}
        if self.current not in self.sheets:
            self.current = TOGETHER
        self._filling = True
        self.list.clear()
        self._add_item(TOGETHER, _("All together"), str(len(self.sheets)))
        for number, view in self.sheets.items():
            self._add_item(number, sheet_name(view), f"{PHASE_SIGNS[view.phase]} {len(view.entries)}")
        self._filling = False
        self.list.fit()
        self._show()

    def _add_item(self, number: int, name: str, count: str) -> None:
        item = QTreeWidgetItem([name, count])
        item.setData(0, NUMBER, number)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        view = self.sheets.get(number)
        item.setToolTip(0, " · ".join(part for part in (name, phase_word(view.phase) if view else "",
                                                        view.source if view else "") if part))
        self.list.addTopLevelItem(item)
        if number == self.current:
            self.list.setCurrentItem(item)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if not self._filling and item is not None and int(item.data(0, NUMBER)) != self.current:
            self._keep_head()
            self.current = int(item.data(0, NUMBER))
            self._show()

    def _show(self) -> None:
        view = self.sheets.get(self.current)
        self._head.setVisible(view is not None)
        self.told.setVisible(view is None or bool(view.note))
        self.tools["remove"].setEnabled(view is not None)
        self.tools["configure"].setEnabled(any(one.entries for one in self.sheets.values()))
        if view is None:
            self.told.setText(self._told_together())
            self.form.show_lines(lines_together(list(self.sheets.values())), can_write=False)
            return
        self.told.setText(view.note)
        for field, text in ((self.held, view.session), (self.participant, view.participant)):
            if not field.hasFocus():
                field.setText(text)
        self.phase.choose(view.phase)
        if not self.author.currentText() and view.participant:
            self.author.setEditText(view.participant)
        self.form.show_lines(lines_of(view), can_write=True)

    def _told_together(self) -> str:
        if not self.sheets:
            return _("There is no sheet yet. Make one and fill it in, read a filled form in, or print an empty one for "
                     "the focus group.")
        return _("What {n} sheets say together; a line that was written more often stands here once.",
                 n=len(self.sheets)) if len(self.sheets) > 1 else _("What the one sheet says.")

    # deeds

    def _describe(self, name: str, text: str) -> None:
        view = self.sheets.get(self.current)
        before = {"held": "session"}.get(name, name)
        if view is not None and text.strip() != getattr(view, before):
            self.deeds.describe(self.current, **{name: text})

    def _keep_head(self) -> None:
        """Keep what stands in the head, as when another sheet is chosen."""
        self._describe("held", self.held.text())
        self._describe("participant", self.participant.text())

    def _work(self, name: str) -> None:
        if name == "add":
            self.add()
        elif name == "remove" and self.current:
            self.deeds.remove(self.current)
        elif name == "read":
            self._ask_read()
        elif name == "configure":
            made = self.deeds.configure(self.kernelement)
            if made is not None:
                self.configurationWanted.emit(made)

    def add(self) -> None:
        """Make a sheet and begin with its session."""
        made = self.deeds.add(self.kernelement)
        if made is not None:
            self.current = made
            self.author.setEditText("")
            self.refresh()
            self.held.setFocus()

    def _ask_print(self, paper: str, whole: bool) -> None:
        name = self._counting.label(self.kernelement) if not whole else _("all kernelementen")
        start = self._opened.beside(f"CMO {name.replace('/', '-')} {paper}.docx")
        path, _kind = QFileDialog.getSaveFileName(self, _("Empty form"), start, "Word (*.docx)")
        if path:
            self.print_form(Path(path if path.endswith(".docx") else f"{path}.docx"), paper, whole)

    def print_form(self, path: Path, paper: str, whole: bool = False) -> None:
        """Write the empty form of this kernelement, or of all."""
        board = self._counting.board
        names = [one.label for one in board.kernelementen if whole or one.id == self.kernelement]
        self.deeds.print_form(path, paper, names)

    def _ask_read(self) -> None:
        kinds = _("Filled forms and findings") + " (*.docx *.json)"
        path, _kind = QFileDialog.getOpenFileName(self, _("Read a filled form in"), self._opened.beside(), kinds)
        if path:
            self.deeds.read_form(Path(path))
