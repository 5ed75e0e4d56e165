"""The right side of the place Fragmenten: how far the document is, the actions with their keys, what to look at."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from workbench.i18n import _
from workbench.panels.fragments_document import LIKELY, CutDocument, Piece, sure_words
from workbench.panels.fragments_keys import Deed, groups
from workbench.theme import theme


class DeedButton(QPushButton):
    """An action with its key at the right."""

    def __init__(self, deed: Deed) -> None:
        super().__init__(deed.text)
        self._keys = deed.keys
        self.setProperty("role", "flat")
        self.setToolTip(f"{deed.tip or deed.text} ({deed.keys})")
        self.setAccessibleName(f"{deed.text} ({deed.keys})")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet(f"text-align: left; padding: {theme().px(1)}px {theme().px(8)}px;")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        tokens = theme().tokens
        painter.setFont(theme().ui_font(-0.5))
        on_accent = tokens.on_accent if self.property("role") == "primary" else tokens.quiet
        painter.setPen(QColor(on_accent if self.isEnabled() else tokens.disabled))
        place = self.rect().adjusted(0, 0, -theme().px(10), 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._keys)


class FragmentsSide(QFrame):
    """`deedChosen(key)` when an action is clicked; `pieceChosen(id)` when a proposal in the list is."""

    deedChosen = Signal(str)
    pieceChosen = Signal(int)
    codingWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, DeedButton] = {}
        self._heading, self._detail, self._preview = QLabel(), QLabel(), QLabel()
        self.doubts = QListWidget()
        self.onward = QPushButton(_("On to coding"))
        self._build()

    def _build(self) -> None:
        px = theme().px
        box = QVBoxLayout(self)
        box.setContentsMargins(px(8), px(12), px(8), px(8))
        box.setSpacing(0)
        self._heading.setProperty("role", "heading")
        for label in (self._detail, self._preview):
            label.setProperty("role", "quiet")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for label in (self._heading, self._detail, self._preview):
            label.setContentsMargins(px(8), 0, px(8), 0)
        box.addWidget(self._heading)
        box.addWidget(self._detail)
        for title, deeds in groups():
            self._add_group(box, title, deeds)
        box.addSpacing(px(8))
        box.addWidget(self.doubts, 1)
        box.addStretch()
        box.addWidget(self.onward)
        self._set_up_list()

    def _add_group(self, box: QVBoxLayout, title: str, deeds: list[Deed]) -> None:
        head = QLabel(title)
        head.setFont(theme().ui_font(-0.5, bold=True))
        head.setContentsMargins(theme().px(8), theme().px(8), 0, theme().px(2))
        box.addWidget(head)
        for deed in deeds:
            button = DeedButton(deed)
            button.clicked.connect(lambda _on=False, key=deed.key: self.deedChosen.emit(key))
            self.buttons[deed.key] = button
            box.addWidget(button)
            if deed.key == "split":
                box.addWidget(self._preview)

    def _set_up_list(self) -> None:
        self.doubts.setAccessibleName(_("Proposals to look at"))
        self.doubts.setMinimumHeight(theme().px(64))
        self.doubts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubts.itemClicked.connect(self._choose)
        self.doubts.itemActivated.connect(self._choose)
        self.onward.setProperty("role", "primary")
        self.onward.clicked.connect(self.codingWanted)

    def _choose(self, item: QListWidgetItem) -> None:
        self.pieceChosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(272), theme().px(480))

    def show_document(self, document: CutDocument | None) -> None:
        """Say how far a document is and list what is proposed in it."""
        pieces = document.pieces if document is not None else ()
        counted, proposed = sum(p.nr is not None for p in pieces), [p for p in pieces if p.proposed]
        said = _("1 narratief") if counted == 1 else _("{n} narratieven", n=counted)
        self._heading.setText(said if pieces else _("Not cut yet"))
        self._detail.setText(self._detail_of(pieces, len(proposed)))
        self._detail.setToolTip(self._detail.text())
        self._fill(proposed)
        self.doubts.setVisible(bool(proposed))
        self.onward.setVisible(bool(pieces) and not proposed)
        self._mark_first_step(bool(pieces))

    def _detail_of(self, pieces: tuple[Piece, ...], proposed: int) -> str:
        excluded = sum(p.nr is None for p in pieces)
        if not pieces:
            return _("Let the program propose (P), or make one of the whole text (N) and split it.")
        parts = [_("{n} to look at", n=proposed) if proposed else _("all accepted")]
        return " · ".join([*parts, _("{n} geen narratief", n=excluded)] if excluded else parts)

    def _mark_first_step(self, cut: bool) -> None:
        self._detail.setWordWrap(not cut)
        self._detail.setMinimumHeight(0 if cut else self._detail.heightForWidth(theme().px(240)))
        first = self.buttons["propose"]
        first.setProperty("role", "flat" if cut else "primary")
        first.style().polish(first)

    def _fill(self, proposed: list[Piece]) -> None:
        self.doubts.clear()
        for piece in proposed:
            text = f"{piece.nr if piece.nr is not None else '–'}   {sure_words(piece)}"
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, piece.id)
            item.setToolTip(text)
            if (piece.certainty or 0) < LIKELY:
                item.setFont(theme().ui_font(0, bold=True))
            self.doubts.addItem(item)

    def show_piece(self, piece: Piece | None) -> None:
        """Mark the piece in hand in the list."""
        for row in range(self.doubts.count()):
            if piece is not None and self.doubts.item(row).data(Qt.ItemDataRole.UserRole) == piece.id:
                self.doubts.setCurrentRow(row)
                return
        self.doubts.setCurrentRow(-1)

    def show_cut(self, words: str) -> None:
        """Say before which words *Split here* would split; empty when it cannot."""
        text = _("before “{words}…”", words=words) if words else ""
        room = self._preview.width() - 2 * theme().px(8)
        self._preview.setText(self._preview.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(room, 80)))

    def enable(self, possible: set[str]) -> None:
        """Let only the possible actions be chosen."""
        for key, button in self.buttons.items():
            button.setEnabled(key in possible)
