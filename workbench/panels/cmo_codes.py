"""Which codes belong to the kernelement in hand, and which part in realist evaluation every code has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from codebook import codes, kernelementen
from codebook.models import CMO_ROLES, Kernelement
from corpora.messages import message
from workbench.i18n import _
from workbench.itemmodels.cmo_counting import COUNTED, Counting
from workbench.itemmodels.question_names import QuestionNames
from workbench.project import OpenProject
from workbench.theme import theme
from workbench.widgets.board.words import role_word
from workbench.widgets.calm_combo import CalmComboBox
from workbench.widgets.facet_values import folded

CODE = Qt.ItemDataRole.UserRole
OTHERS = 2


class _Role(CalmComboBox):
    """The part of a code."""

    picked = Signal(int, str)

    def __init__(self, code_id: int, label: str, role: str) -> None:
        super().__init__()
        self.addItem("–", "")
        for each in CMO_ROLES:
            self.addItem(role_word(each), each)
        self.setCurrentIndex(self.findData(role))
        self.setAccessibleName(_("Part of {code}", code=label))
        self.activated.connect(lambda _n: self.picked.emit(code_id, str(self.currentData())))


class _Tree(QTreeWidget):
    """`roleWanted()` by Enter."""

    roleWanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.roleWanted.emit()
        else:
            super().keyPressEvent(event)


class CodesPage(QWidget):
    """Space names the code in hand as one of the kernelement; Enter goes to its part."""

    follows = COUNTED

    def __init__(self, opened: OpenProject, counting: Counting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opened, self._counting = opened, counting
        self.kernelement = 0
        self._filling = False
        self.heading, self.told, self.about = QLabel(), QLabel(), QPlainTextEdit()
        self.filter, self.tree = QLineEdit(), _Tree()
        self._prepare()
        self._arrange()

    def _prepare(self) -> None:
        self.heading.setProperty("role", "heading")
        self.told.setWordWrap(True)
        self.told.setProperty("role", "quiet")
        self.told.setText(_("Tick the codes that name this kernelement (Space). The part says what a code proposes on "
                            "the board; it holds for all kernelementen. Codes of HOE have none."))
        self.about.setPlaceholderText(_("What is meant by this kernelement?"))
        self.about.setAccessibleName(_("What is meant by this kernelement?"))
        self.about.setTabChangesFocus(True)
        self.about.setFixedHeight(theme().px(64))
        self.about.installEventFilter(self)
        self.filter.setPlaceholderText(_("Filter codes…"))
        self.filter.setAccessibleName(_("Filter codes…"))
        self.filter.textChanged.connect(lambda _text: self._confine())
        tree = self.tree
        tree.setHeaderLabels([_("Code"), _("Part"), _("Kernelementen")])
        tree.setRootIsDecorated(False)
        tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        tree.setAccessibleName(_("Codes and their parts"))
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tree.header().resizeSection(0, theme().px(300))
        tree.header().resizeSection(1, theme().px(210))
        tree.itemChanged.connect(self._ticked)
        tree.roleWanted.connect(self._to_role)
        tree.currentItemChanged.connect(self._offer_role)
        tree.itemClicked.connect(lambda _item, column: self._to_role() if column == 1 else None)
        self.setFocusProxy(tree)

    def _arrange(self) -> None:
        outer, row = QVBoxLayout(self), QHBoxLayout()
        outer.setContentsMargins(0, theme().px(8), 0, 0)
        outer.setSpacing(theme().px(6))
        row.addWidget(self.told, 1)
        row.addWidget(self.filter)
        self.filter.setFixedWidth(theme().px(200))
        outer.addWidget(self.heading)
        outer.addWidget(self.about)
        outer.addLayout(row)
        outer.addWidget(self.tree, 1)

    def set_names(self, names: QuestionNames) -> None:
        """Names are read with the codes."""

    def show_kernelement(self, number: int) -> None:
        """Show the codes of a kernelement."""
        self._keep_about()
        self.kernelement = number
        self.refresh()

    def refresh(self) -> None:
        """Read codes and parts again; the code in hand stays in hand."""
        own = set(self._counting.codes(self.kernelement))
        current = self.tree.currentItem()
        held = current.data(0, CODE) if current is not None else None
        at = self.tree.verticalScrollBar().value()
        with self._opened.project.read() as session:
            entries, named = codes.entries(session), kernelementen.labels_of_codes(session)
            one = session.get(Kernelement, self.kernelement)
            self.heading.setText(one.label if one is not None else "")
            if not self.about.hasFocus():
                self.about.setPlainText(one.description if one is not None else "")
        self._filling = True
        self.tree.clear()
        for entry in entries:
            item = self._add(entry, entry.code.id in own, ", ".join(named.get(entry.code.id, ())))
            if entry.code.id == held:
                self.tree.setCurrentItem(item)
        self._filling = False
        self._confine()
        self.tree.verticalScrollBar().setValue(at)

    def _add(self, entry: codes.Entry, is_own: bool, others: str) -> QTreeWidgetItem:
        code = entry.code
        item = QTreeWidgetItem([f"{entry.facet.label}  {code.number or ''}  {code.label}", "", others])
        item.setData(0, CODE, code.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Checked if is_own else Qt.CheckState.Unchecked)
        item.setToolTip(0, code.definition)
        item.setSizeHint(0, QSize(0, theme().px(34)))
        self.tree.addTopLevelItem(item)
        item.setData(1, CODE, code.cmo_role if entry.facet.label.casefold() != "hoe" else None)
        item.setText(1, role_word(code.cmo_role) if code.cmo_role else "")
        return item

    def _offer_role(self, item: QTreeWidgetItem | None, before: QTreeWidgetItem | None) -> None:
        """Only the code in hand has its choice; that of all would be slow and restless."""
        if before is not None:
            self.tree.removeItemWidget(before, 1)
        if item is not None and item.data(1, CODE) is not None:
            label = self._counting.board.labels.get(item.data(0, CODE), "")
            role = _Role(item.data(0, CODE), label, item.data(1, CODE))
            role.picked.connect(self._give_role)
            self.tree.setItemWidget(item, 1, role)

    def items(self) -> list[QTreeWidgetItem]:
        """The lines of the list."""
        found = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _confine(self) -> None:
        wanted = folded(self.filter.text().strip())
        for item in self.items():
            item.setHidden(wanted not in folded(f"{item.text(0)} {item.text(OTHERS)}"))

    # deeds

    def _ticked(self, _item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        wanted = [item.data(0, CODE) for item in self.items() if item.checkState(0) == Qt.CheckState.Checked]
        number = self.kernelement
        # The list is written anew by the change, and the key or click is still at work on it.
        QTimer.singleShot(0, self, lambda: self._opened.do(
            message("Codes of «{name}»", name=self._counting.label(number)), kernelementen.set_codes, number, wanted))

    def _give_role(self, code_id: int, role: str) -> None:
        label = self._counting.board.labels.get(code_id, "")
        QTimer.singleShot(0, self, lambda: self._opened.do(message("Part of «{code}»", code=label), _set_role, code_id,
                                                           role))

    def _to_role(self) -> None:
        item = self.tree.currentItem()
        widget = self.tree.itemWidget(item, 1) if item is not None else None
        if widget is not None:
            widget.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.about and event.type() == QEvent.Type.FocusOut:
            self._keep_about()
        return super().eventFilter(watched, event)

    def _keep_about(self) -> None:
        with self._opened.project.read() as session:
            one = session.get(Kernelement, self.kernelement)
            before = one.description if one is not None else None
        text = self.about.toPlainText().strip()
        if before is not None and text != before:
            self._opened.do(message("Describe «{name}»", name=self._counting.label(self.kernelement)),
                            kernelementen.describe, self.kernelement, text)


def _set_role(session: object, code_id: int, role: str) -> None:
    codes.describe(session, code_id, cmo_role=role)  # type: ignore[arg-type]
