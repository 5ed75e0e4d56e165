"""What OpenDocument styles say that matters for reading: bold, hidden, heading."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_MAX_CHAIN = 50
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_TITLES = frozenset({"Title", "Subtitle", "Heading"})

Key = tuple[str, str]


@dataclass(frozen=True)
class Look:
    """Whether text is bold and whether it is hidden."""

    bold: bool = False
    hidden: bool = False


@dataclass
class _Style:
    parent: str | None
    bold: bool | None
    hidden: bool | None


@dataclass
class OdtStyles:
    """The styles of a document by family (`paragraph`, `text`) and name."""

    _styles: dict[Key, _Style] = field(default_factory=dict)
    _defaults: dict[str, _Style] = field(default_factory=dict)

    def add(self, root: etree._Element) -> None:
        """Take in the styles of `styles.xml` or the automatic ones of `content.xml`."""
        for element in root.iter(STYLE + "style"):
            key = (element.get(STYLE + "family", ""), element.get(STYLE + "name", ""))
            self._styles[key] = _style(element)
        for element in root.iter(STYLE + "default-style"):
            self._defaults[element.get(STYLE + "family", "")] = _style(element)

    def look(self, family: str, name: str | None, around: Look) -> Look:
        """The look of text in this style that stands in text which looks like `around`."""
        chain = self._chain(family, name)
        bold = next((style.bold for style in chain if style.bold is not None), around.bold)
        hidden = next((style.hidden for style in chain if style.hidden is not None), around.hidden)
        return Look(bold, hidden)

    def is_title(self, name: str | None) -> bool:
        """Whether a paragraph style is or descends from the title and heading styles."""
        for _ in range(_MAX_CHAIN):
            if name is None or name in _TITLES:
                break
            style = self._styles.get(("paragraph", name))
            name = style.parent if style else None
        return name is not None and name in _TITLES

    def _chain(self, family: str, name: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while name is not None and len(chain) < _MAX_CHAIN:
            style = self._styles.get((family, name))
            if style is None:
                break
            chain.append(style)
            name = style.parent
        if family == "paragraph" and family in self._defaults:
            chain.append(self._defaults[family])
        return chain


def _style(element: etree._Element) -> _Style:
    properties = element.find(STYLE + "text-properties")
    weight = None if properties is None else properties.get(_FO + "font-weight")
    display = None if properties is None else properties.get(TEXT + "display")
    return _Style(parent=element.get(STYLE + "parent-style-name"),
                  bold=None if weight is None else weight in _BOLD,
                  hidden=None if display is None else display == "none")
