"""The kinds of picture: what each counts, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codebook import picturing
from codebook.picturing import Wanted
from codebook.query.evaluate import TextSearch
from codebook.reading import Reading
from workbench.i18n import _
from workbench.widgets.pictures.bars import bars_drawing
from workbench.widgets.pictures.codeline import codeline_drawing
from workbench.widgets.pictures.flow import flow_drawing
from workbench.widgets.pictures.frame import Look
from workbench.widgets.pictures.heat import heat_drawing
from workbench.widgets.pictures.network import network_drawing
from workbench.widgets.pictures.portrait import portrait_drawing
from workbench.widgets.pictures.shapes import Drawing


@dataclass(frozen=True)
class Made:
    """A picture that has been counted: of `n` narratieven, and how to lay it out."""

    n: int
    draw: Callable[[Look], Drawing]


@dataclass(frozen=True)
class Kind:
    """A kind of picture and the choices it offers: `facets` to choose (0: those of the codes chosen), a document, a
    least number (None: it has none) that begins as `least`; with `finds_least` 0 lets the picture find it."""

    key: str
    title: str
    told: str
    facets: int = 0
    of_document: bool = False
    least: int | None = 1
    finds_least: bool = False


def kinds() -> tuple[Kind, ...]:
    """All kinds, in the language of the interface."""
    return (
        Kind("heat", _("Heat map"), _("Codes of one facet against those of another"), facets=2),
        Kind("network", _("Network"), _("Which codes stand in the same narratieven"), least=0, finds_least=True),
        Kind("flow", _("Flow"), _("A Sankey picture: from facet to facet"), facets=3, least=0, finds_least=True),
        Kind("bars", _("Bars"), _("How often each code is used"), least=0),
        Kind("codeline", _("Codeline"), _("The codes along one document"), of_document=True),
        Kind("portrait", _("Portrait"), _("One document, a cell per narratief"), of_document=True, least=None))


def count(kind: str, reading: Reading, wanted: Wanted, document: int, text: TextSearch) -> Made:
    """Count a picture."""
    if kind == "heat":
        heat = picturing.heat(reading, wanted, text)
        return Made(heat.n, lambda look: heat_drawing(heat, look))
    if kind == "network":
        network = picturing.network(reading, wanted, text)
        return Made(network.n, lambda look: network_drawing(network, look))
    if kind == "flow":
        flow = picturing.flow(reading, wanted, text)
        return Made(flow.n, lambda look: flow_drawing(flow, look))
    if kind == "bars":
        bars = picturing.bars(reading, wanted, text)
        return Made(bars.n, lambda look: bars_drawing(bars, look))
    n = len(picturing.behind(reading, wanted, (), document, text))
    if kind == "codeline":
        line = picturing.codeline(reading, document, wanted, text)
        return Made(n, lambda look: codeline_drawing(line, look))
    portrait = picturing.portrait(reading, document, wanted, text)
    return Made(n, lambda look: portrait_drawing(portrait, look))
