"""What Word's styles say that matters for reading: bold, hidden, heading.

Bold and hidden are toggle properties: what a paragraph style and a character style both switch on is off again,
and direct formatting has the last word (ECMA-376 part 1, 17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
RPR = W + "rPr"
_MAX_CHAIN = 50
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True)
class Look:
    """How text in a paragraph looks unless a run says otherwise."""

    bold: bool = False
    hidden: bool = False
    heading: bool = False


@dataclass
class _Style:
    name: str
    based_on: str | None
    bold: bool | None
    hidden: bool | None
    outline: bool | None


@dataclass
class WordStyles:
    """The styles of a document by id."""

    _styles: dict[str, _Style] = field(default_factory=dict)
    _default_paragraph: str | None = None
    _default_bold: bool = False
    _looks: dict[str | None, Look] = field(default_factory=dict)

    @classmethod
    def from_xml(cls, root: etree._Element | None) -> WordStyles:
        """Styles from the root of `styles.xml`, or none."""
        found = cls()
        if root is None:
            return found
        found._default_bold = bool(toggle(root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}"), "b"))
        for element in root.iterchildren(W + "style"):
            key = element.get(W + "styleId", "")
            found._styles[key] = _style(element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                found._default_paragraph = key
        return found

    def paragraph(self, properties: etree._Element | None) -> Look:
        """The look of a paragraph with these properties (`w:pPr`)."""
        key = attribute(properties, "pStyle") or self._default_paragraph
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = Look(bool(self._inherited(key, "bold")),
                                           bool(self._inherited(key, "hidden")), self._is_heading(key))
        level = attribute(properties, "outlineLvl")
        return look if level is None else Look(look.bold, look.hidden, level != "9")

    def run(self, properties: etree._Element | None, look: Look) -> tuple[bool, bool]:
        """Whether a run with these properties (`w:rPr`) is bold, and whether it is hidden."""
        if properties is None:
            return look.bold or self._default_bold, look.hidden
        key = attribute(properties, "rStyle")
        bold, hidden = toggle(properties, "b"), toggle(properties, "vanish")
        if bold is None:
            bold = look.bold ^ bool(self._inherited(key, "bold")) or self._default_bold
        if hidden is None:
            hidden = look.hidden ^ bool(self._inherited(key, "hidden"))
        return bold, hidden

    def _inherited(self, key: str | None, what: str) -> object:
        for style in self._chain(key):
            value = getattr(style, what)
            if value is not None:
                return value
        return None

    def _is_heading(self, key: str | None) -> bool:
        if any(style.name.startswith("heading") or style.name in ("title", "subtitle")
               for style in self._chain(key)):
            return True
        return bool(self._inherited(key, "outline"))

    def _chain(self, key: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while key in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[key])
            key = chain[-1].based_on
        return chain


def toggle(properties: etree._Element | None, name: str) -> bool | None:
    """The value of an on/off property, None where it is not given."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(VAL, "1").lower() not in _OFF


def attribute(properties: etree._Element | None, name: str) -> str | None:
    """The `w:val` of a property, None where it is not given."""
    found = None if properties is None else properties.find(W + name)
    return None if found is None else found.get(VAL)


def _style(element: etree._Element) -> _Style:
    properties = element.find(RPR)
    level = attribute(element.find(W + "pPr"), "outlineLvl")
    return _Style(
        name=(attribute(element, "name") or "").lower(), based_on=attribute(element, "basedOn"),
        bold=toggle(properties, "b"), hidden=toggle(properties, "vanish"),
        outline=None if level is None else level != "9")
