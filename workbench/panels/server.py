"""A project on a server, described on one page: to open it, or to share the project that is open there."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from sqlalchemy import URL

from corpora.errors import ProjectError
from corpora.store import server
from workbench.i18n import _
from workbench.theme import theme
from workbench.widgets.parts import button, quiet

PORT = 5432
NEAR = ("", "localhost", "127.0.0.1", "::1")
"""Servers on this computer, which need no encryption."""


class ServerPage(QWidget):
    """`sent(address)` when the page is complete and sent, `left` when it is given up. `sharing` says what for."""

    sent = Signal(str)
    left = Signal()

    def __init__(self, sharing: bool, address: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sharing = sharing
        self.host, self.port, self.database = QLineEdit(), QLineEdit(str(PORT)), QLineEdit()
        self.user, self.password, self.tls = QLineEdit(), QLineEdit(), QComboBox()
        self.warning = QLabel()
        self.go = button(_("Share the project") if sharing else _("Open the project"), self._send, "Enter", "primary")
        self._prepare()
        self._build()
        self._fill(address)
        self.setFocusProxy(self.password if address else self.host)

    def _prepare(self) -> None:
        self.host.setPlaceholderText(_("For example: server.example.org, or a whole address"))
        self.password.setPlaceholderText(_("Leave empty if it stands in ~/.pgpass"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.port.setValidator(QIntValidator(1, 65535, self))
        self.port.setFixedWidth(theme().px(80))
        for value, name in (("", _("Encrypted if the server can")), ("require", _("Always encrypted")),
                            ("verify-full", _("Always encrypted, certificate checked"))):
            self.tls.addItem(name, value)
        self._is_chosen = False
        self.tls.activated.connect(self._choose_tls)
        self.warning.setProperty("role", "danger")
        self.warning.setWordWrap(True)
        self.warning.setTextFormat(Qt.TextFormat.PlainText)
        for box in (*self._fields(), self.tls):
            box.setMinimumHeight(theme().px(30))  # a long warning must not press them flat
        for field in self._fields():
            field.textChanged.connect(self._check)
            field.returnPressed.connect(self._send)
        self.host.editingFinished.connect(self._take_apart)

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.host, self.port, self.database, self.user, self.password

    def _build(self) -> None:
        px = theme().px
        outer, card = QVBoxLayout(self), QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(px(600))
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(2)
        box = QVBoxLayout(card)
        box.setContentsMargins(px(32), px(24), px(32), px(24))
        box.setSpacing(px(14))
        head = QLabel(_("Share this project on a server") if self._sharing else _("Open a project on a server"))
        head.setProperty("role", "title")
        box.addWidget(head)
        box.addWidget(quiet(_("The whole project goes along, with the log and the key of names. The file stays as it "
                              "is; from then on everybody works on the server.") if self._sharing else
                            _("Several people work in it at once; you see what the others do.")))
        box.addLayout(self._form())
        box.addWidget(self.warning)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel"), self.left.emit, "Esc"))
        row.addWidget(self.go)
        box.addLayout(row)

    def _form(self) -> QFormLayout:
        form, row = QFormLayout(), QHBoxLayout()
        form.setSpacing(theme().px(12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.host.setMinimumWidth(theme().px(300))
        row.addWidget(self.host, 1)
        row.addWidget(QLabel(_("Port")))
        row.addWidget(self.port)
        form.addRow(_("Server"), row)
        names = ((self.database, _("Database")), (self.user, _("User")), (self.password, _("Password")),
                 (self.tls, _("Connection")))
        for field, name in names:
            form.addRow(name, field)
            field.setAccessibleName(name)
        self.host.setAccessibleName(_("Server"))
        self.port.setAccessibleName(_("Port"))
        return form

    def _choose_tls(self) -> None:
        self._is_chosen = True

    def _check(self) -> None:
        if not self._is_chosen:
            self.tls.setCurrentIndex(0 if self.host.text().strip() in NEAR else 1)
        self.go.setEnabled(bool(self.host.text().strip() and self.database.text().strip()))

    def _take_apart(self) -> None:
        if "://" in self.host.text():
            self._fill(self.host.text().strip())

    def _fill(self, address: str) -> None:
        """Show the parts of an address."""
        if address:
            try:
                url = server.full(address)
            except ProjectError as error:
                self.say(_(error.message))
                return
            self.host.setText(url.host or "")
            self.port.setText(str(url.port or PORT))
            self.database.setText(url.database or "")
            self.user.setText(url.username or "")
            self.password.setText(str(url.password or ""))
            found = self.tls.findData(str(url.query.get("sslmode", "")))
            self._is_chosen = "sslmode" in url.query
            self.tls.setCurrentIndex(max(found, 0))
        self._check()
        self.say("")

    def address(self) -> str:
        """The address as filled in, password and all."""
        mode = self.tls.currentData()
        url = URL.create("postgresql+psycopg", self.user.text().strip() or None, self.password.text() or None,
                         self.host.text().strip(), int(self.port.text() or PORT), self.database.text().strip(),
                         {"sslmode": mode} if mode else {})
        return url.render_as_string(hide_password=False)

    def say(self, text: str) -> None:
        """Say what is wrong; the page can then be sent again."""
        self.warning.setText(text)
        self.warning.setVisible(bool(text))
        self.setEnabled(True)

    def _send(self) -> None:
        self._take_apart()
        if self.go.isEnabled():
            self.say("")
            self.setEnabled(False)
            self.sent.emit(self.address())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
