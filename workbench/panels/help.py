"""The guide in the window: pages on the left, the text on the right, found by words."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFont, QKeyEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from workbench import help as guide
from workbench.i18n import _
from workbench.theme import theme

LINE_HEIGHT = 118
"""Of running text, in percent."""
TEXT_WIDTH = 720
ROW_HEIGHT = 30


class HelpPage(QWidget):
    """The guide, open at the page for a place of the window (`place` as the window calls it). `left` asks to go back
    to where one was."""

    left = Signal()

    def __init__(self, place: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = guide.pages()
        self.field, self.titles, self.text = QLineEdit(), QListWidget(), QTextBrowser()
        self._nothing = QLabel(_("No page holds these words."))
        self._build()
        self._offer(self._pages)
        self.show_page(guide.page_for(place))
        self.field.textChanged.connect(self._search)
        self.titles.currentItemChanged.connect(self._show_chosen)
        self.text.anchorClicked.connect(self._follow)
        theme().changed.connect(self._show_chosen)
        self.setFocusProxy(self.text)

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        for row in range(self.titles.count()):
            if self.titles.item(row).data(Qt.ItemDataRole.UserRole) == key:
                self.titles.setCurrentRow(row)
        self._show_chosen()

    def here(self) -> str:
        """The key of the page in sight, nothing when no page holds the words searched for."""
        item = self.titles.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # building

    def _build(self) -> None:
        px = theme().px
        outer, side = QHBoxLayout(self), QVBoxLayout()
        outer.setContentsMargins(px(24), px(16), px(24), px(16))
        outer.setSpacing(px(24))
        side.setSpacing(px(8))
        back = QPushButton(_("Back"))
        back.setToolTip(_("Back to where you were (Esc)"))
        back.clicked.connect(self.left)
        for widget in (back, self.field, self._nothing):
            side.addWidget(widget)
        side.addWidget(self.titles, 1)
        outer.addStretch(1)
        outer.addLayout(side)
        outer.addWidget(self.text, 8)
        outer.addStretch(1)
        self._name_parts()

    def _name_parts(self) -> None:
        px = theme().px
        self.field.setPlaceholderText(_("Search the guide…"))
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(_("Search the guide"))
        self.titles.setAccessibleName(_("Pages of the guide"))
        self.text.setAccessibleName(_("The guide"))
        self._nothing.setProperty("role", "quiet")
        self._nothing.setWordWrap(True)
        for widget in (self.field, self.titles, self._nothing):
            widget.setFixedWidth(px(240))
        self.text.setOpenLinks(False)
        self.text.setMaximumWidth(px(TEXT_WIDTH) + px(96))
        self.text.document().setDocumentMargin(px(24))

    # showing

    def _offer(self, pages: list[guide.Page]) -> None:
        self.titles.clear()
        for page in pages:
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.key)
            item.setSizeHint(QSize(0, theme().px(ROW_HEIGHT)))
            self.titles.addItem(item)
        self._nothing.setVisible(not pages)

    def _search(self, words: str) -> None:
        here = self.here()
        found = guide.search(words, self._pages)
        self._offer(found)
        if found:
            self.show_page(here if here in {page.key for page in found} and not words else found[0].key)
            self._point_out(words)

    def _point_out(self, words: str) -> None:
        if words.strip():
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            self.text.find(words.split()[0])

    def _show_chosen(self, *_changed: object) -> None:
        key = self.here()
        if key:
            self.text.document().setDefaultFont(theme().reading_font(-1))
            self.text.setMarkdown(guide.page(key).text)
            self._set_type()
            self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _set_type(self) -> None:
        """Room between lines and around headings, which are in the sans of the window."""
        cursor, block = QTextCursor(self.text.document()), self.text.document().begin()
        while block.isValid():
            cursor.setPosition(block.position())
            level, in_table = block.blockFormat().headingLevel(), cursor.currentTable() is not None
            cursor.mergeBlockFormat(_room(bool(level), in_table))
            if level:
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = cursor.charFormat()
                letters.setFont(_heading(level))
                cursor.mergeCharFormat(letters)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        name = link.fileName().removesuffix(".md")
        if not link.scheme() and name in guide.ORDER:
            self.field.clear()
            self.show_page(name)
        elif link.scheme():
            QDesktopServices.openUrl(link)


def _heading(level: int) -> QFont:
    return theme().ui_font({1: 8.0, 2: 4.0}.get(level, 2.0), bold=True)


def _room(heading: bool, in_table: bool) -> QTextBlockFormat:
    shape, px = QTextBlockFormat(), theme().px
    proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    shape.setLineHeight(100 if in_table else LINE_HEIGHT, proportional)
    shape.setTopMargin(px(16 if heading else 2))
    shape.setBottomMargin(px(2 if in_table else 6))
    return shape
