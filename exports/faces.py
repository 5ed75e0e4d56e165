"""The shipped typefaces, made known to the PDF writer: Literata to read, Inter for figures, tables and heads."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path

TEXT, TEXT_BOLD, TEXT_ITALIC, TEXT_BOLD_ITALIC = ("Literata-Regular", "Literata-Bold", "Literata-Italic",
                                                  "Literata-BoldItalic")
SANS, SANS_STRONG, SANS_BOLD = "Inter-Regular", "Inter-SemiBold", "Inter-Bold"


@lru_cache(maxsize=1)
def register() -> None:
    """Once is enough."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(str(resources.files("exports"))) / "fonts"
    for name in (TEXT, TEXT_BOLD, TEXT_ITALIC, TEXT_BOLD_ITALIC, SANS, SANS_STRONG, SANS_BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(TEXT, normal=TEXT, bold=TEXT_BOLD, italic=TEXT_ITALIC, boldItalic=TEXT_BOLD_ITALIC)
    pdfmetrics.registerFontFamily(SANS, normal=SANS, bold=SANS_STRONG, italic=SANS, boldItalic=SANS_BOLD)
