"""The colours and the type of a picture: those of the window on the screen, those of the light window on white paper,
and greys where a picture must do without colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from PySide6.QtGui import QFont, QFontMetricsF

from workbench.theme import FIRST_FACETS, theme
from workbench.tokens import LIGHT, FacetLook, Tokens, contrast, luminance

PAPER = "#ffffff"


@dataclass(frozen=True)
class Ink:
    """Colours by meaning; `facet` gives the hue and form of a facet, `heat` ground and text of a share."""

    tokens: Tokens
    ground: str
    is_grey: bool = False

    def facet(self, name: str) -> FacetLook:
        """Hue and form of a facet, the same as everywhere in the window."""
        current, looks = theme().facet(name), theme().tokens.facets
        found = self.tokens.facets[looks.index(current)] if current in looks else self.tokens.neutral_facet
        return _grey_look(found, dark=self.is_dark) if self.is_grey else found

    def heat(self, share: float) -> tuple[str, str]:
        """Ground and text for a share between 0 and 1."""
        ramp = (self.ground, *self.tokens.heat[1:])
        ground = ramp[min(len(ramp) - 1, max(0, round(share * (len(ramp) - 1))))]
        ink = max(("#111317", "#ffffff"), key=lambda c: contrast(c, ground))
        return self.colour(ground), ink

    def colour(self, colour: str) -> str:
        """A colour, as its grey where the picture has none."""
        return grey(colour) if self.is_grey else colour

    @property
    def text(self) -> str:
        """For words."""
        return self.tokens.text

    @property
    def quiet(self) -> str:
        """For words of less weight."""
        return self.tokens.quiet

    @property
    def line(self) -> str:
        """For lines that only divide."""
        return self.colour(self.tokens.line)

    @property
    def is_dark(self) -> bool:
        """Whether the ground is a dark one."""
        return luminance(self.ground) < 0.2


def screen_ink(is_grey: bool = False) -> Ink:
    """The colours of the window as it is."""
    tokens = theme().tokens
    return Ink(tokens, grey(tokens.surface) if is_grey else tokens.surface, is_grey)


def paper_ink(is_grey: bool = False) -> Ink:
    """The colours for white paper."""
    return Ink(LIGHT, PAPER, is_grey)


@lru_cache(maxsize=256)
def grey(colour: str) -> str:
    """The grey that is as light as a colour (relative luminance, sRGB)."""
    share = luminance(colour)
    level = 12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055
    return "#" + f"{round(255 * level):02x}" * 3


def _grey_look(look: FacetLook, dark: bool) -> FacetLook:
    """Facets in grey differ by form alone; their marks are set a little further apart in lightness too."""
    return replace(look, tint=grey(look.tint), on_tint=grey(look.on_tint), strong=grey(look.strong),
                   on_strong=grey(look.on_strong))


def font(size: int, bold: bool = False) -> QFont:
    """The face of the window at a size in pixels of the design; not fitted to the pixels of a screen, so that words
    are as wide on paper."""
    made = QFont(theme().ui_font().family())
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=16)
def metrics(size: int, bold: bool = False) -> QFontMetricsF:
    """Widths of words in a face."""
    return QFontMetricsF(font(size, bold))


def width_of(text: str, size: int, bold: bool = False) -> float:
    """How wide a line of text is, with a little room for other devices."""
    return metrics(size, bold).horizontalAdvance(text) + 2


def wrapped(text: str, width: float, size: int) -> list[str]:
    """A text in lines of at most this width."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


__all__ = ["FIRST_FACETS", "Ink", "font", "grey", "metrics", "paper_ink", "screen_ink", "width_of", "wrapped"]
