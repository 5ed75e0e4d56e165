"""The language of the interface.

`_` turns an English source text (or a `Message`) into the language in force. The catalogues lie beside this
file, one per area (`nl/<area>.json`). Nothing here needs Qt until `install_qt_texts` is asked to translate
Qt's own texts, so that the command line speaks the same language without loading a window system.
"""

from __future__ import annotations

import locale
import os
import sys
from typing import TYPE_CHECKING, Any

from corpora.messages import LANGUAGES, Message, Translator

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication, QTranslator

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}

QT_MISSING = {"&Look in:": "&Zoeken in:", "Look in:": "Zoeken in:", "Files of &type:": "Bestanden van &type:",
              "Folder": "Map", "File Folder": "Map", "%1 File": "%1-bestand", "File": "Bestand", "Drive": "Schijf"}

_translator = Translator("en")
_qt_translators: list[QTranslator] = []


def _(text: str | Message, /, **values: Any) -> str:
    """The text in the language in force, with its `{values}` filled in."""
    return _translator(text, **values)


def system_language() -> str:
    """`"nl"` when the system speaks Dutch or says nothing of its language (as a bare server), else `"en"`."""
    found = _system_locale().lower().partition(".")[0]
    return "nl" if found in ("", "c", "posix") or found.startswith(("nl", "dutch")) else "en"


def _system_locale() -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if os.environ.get(variable):
            return os.environ[variable]
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QLocale

        return QLocale.system().name()
    return locale.getlocale()[0] or ""


def set_language(language: str | None) -> str:
    """Speak Dutch (`"nl"`) or English (`"en"`); None or an unknown language follows the system.

    Returns the language now in force. Texts that are already on the screen stay: the window rebuilds itself.
    """
    global _translator
    _translator = Translator(language if language in LANGUAGES else system_language())
    return _translator.language


def current_language() -> str:
    """`"nl"` or `"en"`."""
    return _translator.language


def install_qt_texts(app: QCoreApplication) -> None:
    """Give Qt's own texts (dialog buttons, context menus) and number formats the language in force."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

    while _qt_translators:
        app.removeTranslator(_qt_translators.pop())
    QLocale.setDefault(QLocale("nl_NL") if current_language() == "nl" else QLocale("en_GB"))
    if current_language() == "nl":
        _install(app, _missing_texts(app))
    translator = QTranslator(app)
    if translator.load(f"qtbase_{current_language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        _install(app, translator)


def _install(app: QCoreApplication, translator: QTranslator) -> None:
    app.installTranslator(translator)
    _qt_translators.append(translator)


def _missing_texts(app: QCoreApplication) -> QTranslator:
    """What Qt's own Dutch leaves in English, as in the file dialog of a desktop without one; asked last."""
    from PySide6.QtCore import QTranslator

    class Missing(QTranslator):
        def translate(self, context: str, text: str, note: str | None = None, n: int = -1) -> str | None:
            return QT_MISSING.get(text)

        def isEmpty(self) -> bool:
            return False

    return Missing(app)
