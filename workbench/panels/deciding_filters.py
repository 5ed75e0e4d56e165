"""Which differences are walked: by state, facet, code, document, and which coders are compared."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.i18n import _
from workbench.itemmodels.deciding_book import Book
from workbench.shared.choices import Choice
from workbench.theme import theme


class FilterBar(QWidget):
    """`changed()` when another choice is made."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state, self.facet = Choice(_("Which differences")), Choice(_("Facet"))
        self.code, self.document = Choice(_("Code in dispute")), Choice(_("Document"))
        self.coders = Choice(_("Which coders"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(6))
        for choice in (self.state, self.facet, self.code, self.document, self.coders):
            choice.picked.connect(self.changed)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.setMinimumContentsLength(9)
            self._row.addWidget(choice)
        self._row.addStretch(1)
        self.state.offer([("", _("all differences")), ("todo", _("still open")), ("decided", _("decided")),
                          ("changed", _("changed since")), ("flagged", _("to discuss"))])

    def add(self, *widgets: QWidget) -> None:
        """Put something at the right end."""
        for widget in widgets:
            self._row.addWidget(widget)

    def offer(self, book: Book, documents: Mapping[int, str], coders: Mapping[int, str],
              shown: Mapping[str, str]) -> None:
        """The names of the project."""
        self.facet.offer([("", _("all facets")), *((str(f.id), f.name) for f in book.facets)])
        self.code.offer([("", _("all codes")), *((str(n), code.label) for n, (_facet, code) in book.codes.items())])
        self.document.offer([("", _("all documents")), *((str(n), title) for n, title in documents.items())])
        pairs = [(f"{a},{b}", f"{shown.get(coders[a], '')} – {shown.get(coders[b], '')}")
                 for a, b in combinations(coders, 2)]
        self.coders.offer([("", _("all coders")), *pairs])
        self.coders.setVisible(len(coders) > 2)

    def wanted(self) -> dict[str, object]:
        """What is chosen, as `Filters` has it."""
        chosen = tuple(int(n) for n in self.coders.value().split(",") if n)
        return {"state": self.state.value(), "facet": int(self.facet.value() or 0), "code": int(self.code.value() or 0),
                "document": int(self.document.value() or 0), "coders": chosen}
