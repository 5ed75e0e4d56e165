"""Characters of symbol fonts, which Word and RTF store as numbers in a font of pictures."""

from __future__ import annotations

_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x76: "❖",
    0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}
_SYMBOL = {
    0x2D: "−", 0xA3: "≤", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
    0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xDB: "⇔", 0xDE: "⇒", 0xF0: "",
}
SYMBOL_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}


def symbol(font: str, code: int) -> str:
    """The Unicode character of number `code` (0-255, or 0xF000 higher) in `font`; a bullet where it is unknown."""
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = SYMBOL_FONTS.get(font.casefold())
    if table is not None and low in table:
        return table[low]
    if table is not None and 0x20 <= low < 0x7F and font.casefold() == "symbol":
        return chr(low)
    if table is not None or code != low:
        return "•"
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
