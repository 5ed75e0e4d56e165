"""What is compared: which coders, which documents, which narratieven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from codebook.query.spelling import quoted
from codebook.query.text import parse
from corpora.errors import QueryError
from workbench.i18n import _
from workbench.theme import theme


class Several(QPushButton):
    """Some of a few names, chosen in a menu that stays open; none chosen means all. `changed()`."""

    changed = Signal()

    def __init__(self, every: str, some: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._every, self._some = every, some
        self._names: tuple[str, ...] = ()
        self._shown: Mapping[str, str] = {}
        self.chosen: set[str] = set()
        self.clicked.connect(self.ask)
        self._write()

    def offer(self, names: Sequence[str], shown: Mapping[str, str] | None = None) -> None:
        """The names that there are, with how they are `shown`; those chosen stay chosen."""
        self._names, self._shown = tuple(names), shown or {}
        self.chosen &= set(names)
        self._write()

    def names(self) -> list[str]:
        """The names chosen, in order; empty for all."""
        return [name for name in self._names if name in self.chosen]

    def ask(self) -> None:
        """Show the menu."""
        menu = QMenu(self)
        for name in self._names:
            action = menu.addAction(self._shown.get(name, name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in self.chosen)
            action.toggled.connect(lambda on, name=name: self._turn(name, on))
        menu.addSeparator()
        menu.addAction(self._every, self.choose_all)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def choose_all(self) -> None:
        """No choice: all."""
        self.chosen.clear()
        self._told()

    def _turn(self, name: str, on: bool) -> None:
        self.chosen = self.chosen | {name} if on else self.chosen - {name}
        self._told()

    def _told(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        names = [self._shown.get(name, name) for name in self.names()]
        shown = ", ".join(names) if len(names) <= 2 else str(len(names))
        self.setText(f"{self._every if not names else _('{what}: {names}', what=self._some, names=shown)}  ▾")


class AgreementBar(QWidget):
    """`changed()` when something else is to be compared."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.coders = Several(_("All coders"), _("Coders"))
        self.documents = Several(_("All documents"), _("Documents"))
        self.where = QLineEdit()
        self.export = QPushButton(_("Excel…"))
        self._expression = ""
        self.where.setPlaceholderText(_("Only narratieven for which… (nothing: all)"))
        self.where.setAccessibleName(_("Only narratieven for which"))
        self.where.setClearButtonEnabled(True)
        self.where.editingFinished.connect(self._confine)
        self.where.textChanged.connect(self._emptied)
        self.export.setToolTip(_("Write these figures to an Excel workbook"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        for several in (self.coders, self.documents):
            several.changed.connect(self.changed)
            row.addWidget(several)
        row.addWidget(self.where, 1)
        row.addWidget(self.export)

    def _confine(self) -> None:
        if self.where.text().strip() != self._expression:
            self._expression = self.where.text().strip()
            self.changed.emit()

    def _emptied(self, text: str) -> None:
        """The clear button confines no more at once."""
        if not text:
            self._confine()

    def condition(self) -> str | None:
        """The expression that confines the narratieven, None for all; QueryError when it cannot be read."""
        parts = [f"document:{quoted(title)}" for title in self.documents.names()]
        confined = f"({' or '.join(parts)})" if parts else ""
        if self._expression:
            parse(self._expression)
        own = f"({self._expression})" if self._expression else ""
        return " and ".join(part for part in (confined, own) if part) or None

    def error(self) -> QueryError | None:
        """What is wrong with the expression."""
        try:
            self.condition()
        except QueryError as error:
            return error
        return None

    def offer(self, coders: Sequence[str], documents: Sequence[str], shown: Mapping[str, str]) -> None:
        """The names of the project, and how coders are shown."""
        self.coders.offer(coders, shown)
        self.documents.offer(documents)
