"""The palettes keep WCAG AA, follow the system, and zoom everything."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from workbench.stylesheet import drawn, mixed
from workbench.theme import Theme, load_fonts
from workbench.tokens import DARK, LIGHT, Tokens, contrast, luminance, mark_pairs, text_pairs


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_reaches_the_contrast_of_wcag_aa(tokens: Tokens) -> None:
    weak = {name: round(contrast(*pair), 2) for name, pair in text_pairs(tokens).items() if contrast(*pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_marks_that_carry_meaning_reach_three_to_one(tokens: Tokens) -> None:
    weak = {name: round(contrast(*pair), 2) for name, pair in mark_pairs(tokens).items() if contrast(*pair) < 3}
    assert weak == {}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_heat_ramp_can_be_read_in_grey(tokens: Tokens) -> None:
    greys = [luminance(colour) for colour in tokens.heat]
    assert greys == sorted(greys, reverse=tokens is LIGHT)
    steps = [contrast(a, b) for a, b in pairwise(tokens.heat)]
    assert min(steps) > 1.1


def test_numbers_on_the_heat_ramp_reach_the_contrast(qapp: Any) -> None:
    look = Theme()
    for tokens in (LIGHT, DARK):
        look.tokens = tokens
        pairs = [look.heat(step / 8) for step in range(9)]
        assert min(contrast(ink.name(), ground.name()) for ground, ink in pairs) >= 4.5


def test_contrast_against_known_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"


def test_facets_differ_in_form_and_hue(qapp: Any) -> None:
    look = Theme()
    looks = [look.facet(name) for name in ("WAT", "WIE", "HOE")]
    assert [one.form for one in looks] == ["square", "round", "diamond"]
    assert len({one.strong for one in looks}) == 3
    assert look.facet("unknown") is look.tokens.neutral_facet
    look.set_facets(["Thema", "WAT"])
    assert look.facet("Thema").form == "square" and look.facet("WAT").form == "round"


def test_light_dark_and_zoom_reach_the_application(qapp: QApplication) -> None:
    look = Theme()
    look.start("dark", 150)
    dark = qapp.palette().window().color().name()
    size = qapp.font().pointSizeF()
    look.toggle()
    look.set_zoom(100)
    assert (dark, qapp.palette().window().color().name()) == (DARK.ground, LIGHT.ground)
    assert size == pytest.approx(qapp.font().pointSizeF() * 1.5)
    look.set_zoom(900)
    assert look.zoom == 200 and look.px(8) == 16
    look.step_zoom(-1)
    assert look.zoom == 175
    look.set_zoom(100)


def test_the_reading_face_has_true_italics(qapp: Any) -> None:
    load_fonts()
    assert "Italic" in QFontDatabase.styles("Literata")
    font = Theme().reading_font()
    font.setItalic(True)
    assert QFontInfo(font).family() == "Literata" and QFontInfo(font).italic()


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_drawings_of_the_sheet_have_the_ink_of_the_palette(tokens: Tokens) -> None:
    inks = {"down": tokens.quiet, "check": tokens.on_accent, "part": tokens.on_accent}
    for name, ink in inks.items():
        assert ink in Path(drawn(name, tokens)).read_text(encoding="utf-8")
