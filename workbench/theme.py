"""Colours, type and sizes of the window: two designed palettes, one stylesheet, one zoom.

Widgets take every colour from `theme().tokens` and every length from `theme().px(...)`, and repaint on
`theme().changed`. Colours are names of meaning, never of hue, so that light and dark can differ in more than
inversion.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from workbench.stylesheet import stylesheet
from workbench.tokens import DARK, LIGHT, FacetLook, Tokens, contrast

READING_FACE = "Literata"
OWN_SANS = "Inter"
BASE_POINTS = 10.0
READING_POINTS = 12.0
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)
FIRST_FACETS = ("WAT", "WIE", "HOE")


class Theme(QObject):
    """The look in force. One per process, see `theme()`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens: Tokens = LIGHT
        self.zoom = 100
        self._mode: str | None = None
        self._facets: list[str] = list(FIRST_FACETS)

    @property
    def mode(self) -> str | None:
        """`"light"`, `"dark"` or None: as the system has it."""
        return self._mode

    @property
    def is_dark(self) -> bool:
        """Whether the dark palette is in force now."""
        return self.tokens is DARK

    def start(self, mode: str | None = None, zoom: int = 100) -> None:
        """Bring the look to the application: fonts, style, palette; afterwards it follows the system."""
        load_fonts()
        QApplication.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self._mode, self.zoom = mode, _bounded(zoom)
        self._apply()

    def set_mode(self, mode: str | None) -> None:
        """Light, dark, or None to follow the system."""
        self._mode = mode
        self._apply()

    def toggle(self) -> None:
        """From light to dark or back, whatever the system has."""
        self.set_mode("light" if self.is_dark else "dark")

    def set_zoom(self, percent: int) -> None:
        """Enlarge or shrink everything, 80 to 200 percent."""
        self.zoom = _bounded(percent)
        self._apply()

    def step_zoom(self, direction: int) -> None:
        """The next larger (+1) or smaller (-1) of the usual zooms."""
        steps = [z for z in ZOOMS if (z > self.zoom if direction > 0 else z < self.zoom)]
        if steps:
            self.set_zoom(steps[0] if direction > 0 else steps[-1])

    def px(self, length: float) -> int:
        """A length of the design (a multiple of 8 as a rule) in device-independent pixels at this zoom."""
        return max(1, round(length * self.zoom / 100)) if length > 0 else 0

    def ui_font(self, delta: float = 0.0, bold: bool = False) -> QFont:
        """The interface's sans; `delta` points larger or smaller than normal."""
        font = QFont(_sans_family())
        font.setPointSizeF(max(6.0, (BASE_POINTS + delta) * self.zoom / 100))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def reading_font(self, delta: float = 0.0) -> QFont:
        """The serif in which transcripts are read."""
        font = QFont(_serif_family())
        font.setPointSizeF((READING_POINTS + delta) * self.zoom / 100)
        return font

    def set_facets(self, names: list[str]) -> None:
        """Tell the facets of the project in their order; the order decides form and hue."""
        self._facets = list(names)
        self.changed.emit()

    def facet(self, name: str) -> FacetLook:
        """Hue and form of a facet; an unknown one gets the neutral look."""
        looks = self.tokens.facets
        if name in self._facets:
            return looks[self._facets.index(name) % len(looks)]
        return looks[FIRST_FACETS.index(name)] if name in FIRST_FACETS else self.tokens.neutral_facet

    def heat(self, share: float) -> tuple[QColor, QColor]:
        """Ground and text colour for a share between 0 and 1; grey copies keep the order."""
        ramp = self.tokens.heat
        ground = ramp[min(len(ramp) - 1, max(0, round(share * (len(ramp) - 1))))]
        ink = max(("#111317", "#ffffff"), key=lambda c: contrast(c, ground))
        return QColor(ground), QColor(ink)

    def _follow_system(self) -> None:
        if self._mode is None:
            self._apply()

    def _apply(self) -> None:
        dark = self._mode == "dark" or (self._mode is None and _system_is_dark())
        self.tokens = DARK if dark else LIGHT
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.ui_font())
            app.setPalette(palette(self.tokens))
            app.setStyleSheet(stylesheet(self.tokens, self.px))
        self.changed.emit()


@lru_cache(maxsize=1)
def theme() -> Theme:
    """The look of this process."""
    return Theme()


def load_fonts() -> None:
    """Make the shipped faces known to Qt; once is enough."""
    if READING_FACE in QFontDatabase.families():
        return
    for entry in (resources.files("exports") / "fonts").iterdir():
        if entry.name.endswith(".ttf"):
            QFontDatabase.addApplicationFontFromData(entry.read_bytes())


def palette(tokens: Tokens) -> QPalette:
    """The tokens as Qt's own palette, for what the stylesheet leaves to the style."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.ground, roles.WindowText: tokens.text, roles.Base: tokens.surface,
        roles.AlternateBase: tokens.ground, roles.Text: tokens.text, roles.Button: tokens.raised,
        roles.ButtonText: tokens.text, roles.BrightText: tokens.on_accent, roles.ToolTipBase: tokens.raised,
        roles.ToolTipText: tokens.text, roles.PlaceholderText: tokens.quiet, roles.Highlight: tokens.selection,
        roles.HighlightedText: tokens.on_selection, roles.Link: tokens.accent, roles.LinkVisited: tokens.accent,
        roles.Light: tokens.raised, roles.Midlight: tokens.raised, roles.Mid: tokens.line,
        roles.Dark: tokens.edge, roles.Shadow: tokens.edge, roles.Accent: tokens.accent,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return made


def _bounded(percent: int) -> int:
    return min(ZOOMS[-1], max(ZOOMS[0], percent))


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


@lru_cache(maxsize=1)
def _sans_family() -> str:
    """The system's sans, but the shipped one where the system has no better than a fallback face."""
    load_fonts()
    family = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    poor = family.lower().startswith(("dejavu", "bitstream", "sans", "liberation", "nimbus")) or not family
    return OWN_SANS if poor and OWN_SANS in QFontDatabase.families() else family


@lru_cache(maxsize=1)
def _serif_family() -> str:
    load_fonts()
    known = QFontDatabase.families()
    wanted = (READING_FACE, "Charter", "Georgia", "Noto Serif", "DejaVu Serif")
    return next((f for f in wanted if f in known), "serif")
