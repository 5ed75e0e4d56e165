"""What roles, statuses, directions and links are called in the language of the interface."""

from __future__ import annotations

from collections.abc import Sequence

from codebook.cmo_views import EvidenceView
from codebook.models.realist import DIRECTIONS, ELEMENT_ROLES
from workbench.i18n import _
from workbench.theme import theme
from workbench.tokens import FacetLook

SIGNS = {"steunt": "+", "weerspreekt": "−", "nuanceert": "~"}
STATUS_SIGNS = {"vermoeden": "○", "onderbouwd": "●", "herzien": "◐", "verworpen": "✕"}
LETTERS = {"context": "C", "mechanisme-hulpbron": "M", "mechanisme-redenering": "R", "outcome": "O"}
"""The key that puts something in a column."""
COLUMN = {role: n for n, role in enumerate(ELEMENT_ROLES)}


def role_word(role: str) -> str:
    """A part of a configuration, or a role that is counted."""
    return {"context": _("Context"), "mechanisme-hulpbron": _("Mechanism: resource"),
            "mechanisme-redenering": _("Mechanism: reasoning"), "mechanisme": _("Mechanism"),
            "outcome": _("Outcome"), "verbeterpunt": _("Improvement point"),
            "context-steunend": _("Context, supporting"), "context-belemmerend": _("Context, hindering")}[role]


def role_question(role: str) -> str:
    """What belongs in a column, as a question."""
    return {"context": _("Under which conditions?"), "mechanisme-hulpbron": _("What does the approach offer?"),
            "mechanisme-redenering": _("What do people think or feel then?"),
            "outcome": _("What comes of it, for whom?")}[role]


def gap_word(role: str) -> str:
    """That a part is missing still."""
    return {"context": _("no context yet"), "mechanisme-hulpbron": _("no resource yet"),
            "mechanisme-redenering": _("no reasoning yet"), "outcome": _("no outcome yet")}[role]


def new_word(role: str) -> str:
    """A part that begins a new configuration."""
    return {"context": _("new context"), "mechanisme-hulpbron": _("new resource"),
            "mechanisme-redenering": _("new reasoning"), "outcome": _("new outcome")}[role]


def status_word(status: str) -> str:
    """How far a configuration has come."""
    return {"vermoeden": _("presumed"), "onderbouwd": _("supported"), "herzien": _("revised"),
            "verworpen": _("rejected")}[status]


def basis_word(basis: str) -> str:
    """Whether it was seen, expected or implied."""
    return {"waargenomen": _("observed"), "verwacht": _("expected"), "geimpliceerd": _("implied")}[basis]


def valence_word(valence: int, role: str = "context") -> str:
    """Whether a context helps or hinders, or an outcome is what was hoped for; sign and word stay on one line."""
    good, bad = (_("▲ wanted"), _("▼ unwanted")) if role == "outcome" else (_("▲ supporting"), _("▼ hindering"))
    return {1: good, -1: bad, 0: _("neutral")}[valence].replace(" ", "\u00a0")


def direction_word(direction: str) -> str:
    """What evidence does."""
    return {"steunt": _("supports"), "weerspreekt": _("contradicts"), "nuanceert": _("nuances")}[direction]


def link_word(kind: str, outgoing: bool, other: str) -> str:
    """A link as seen from one of its ends."""
    if kind == "rivaal":
        return _("≠ rival of {other}", other=other)
    if kind == "verfijnt":
        return _("⤷ refines {other}", other=other) if outgoing else _("⤶ refined by {other}", other=other)
    return _("→ outcome becomes context of {other}", other=other) if outgoing else _(
        "← context is the outcome of {other}", other=other)


def link_name(kind: str) -> str:
    """A kind of link, as a choice."""
    return {"rivaal": _("is a rival of"), "verfijnt": _("refines"),
            "outcome-wordt-context": _("its outcome becomes the context of")}[kind]


def field_word(field: str) -> str:
    """A property whose wording is kept."""
    return {"title": _("title"), "statement": _("statement"), "intervention": _("intervention"),
            "status": _("status"), "text": _("text"), "actor": _("actor"), "role": _("part"), "basis": _("basis"),
            "valence": _("supporting or hindering"), "wording": _("wording"), "counter": _("counter-evidence"),
            "conclusion": _("conclusion"), "reply": _("reply")}.get(field, field)


def value_word(field: str, value: str) -> str:
    """A value of such a property."""
    if field == "status":
        return status_word(value)
    if field == "role" and value in ELEMENT_ROLES:
        return role_word(value)
    if field == "basis":
        return basis_word(value)
    return valence_word(int(value)) if field == "valence" else value


def counts(evidence: Sequence[EvidenceView]) -> str:
    """Evidence as "+3 −1 ~1"; nothing for none."""
    found = [(SIGNS[d], sum(e.direction == d for e in evidence)) for d in DIRECTIONS]
    return " ".join(f"{sign}{n}" for sign, n in found if n)


def counts_spoken(evidence: Sequence[EvidenceView]) -> str:
    """Evidence in words."""
    found = [(direction_word(d), sum(e.direction == d for e in evidence)) for d in DIRECTIONS]
    return ", ".join(f"{n} {word}" for word, n in found if n) or _("no evidence yet")


def thread_look(n: int) -> FacetLook:
    """Hue and form of the n-th configuration; the label says which it is, so colour is never alone."""
    looks = theme().tokens.facets
    return looks[n % len(looks)]


def thread_name(n: int) -> str:
    """What the n-th configuration is called for short."""
    return f"CMO {n + 1}"


def untitled() -> str:
    """The title of a configuration until it gets one of its own."""
    return _("New configuration")
