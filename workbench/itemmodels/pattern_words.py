"""Patterns, their evidence and the phases of analysis in the words of the interface (no Qt here)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from codebook.evidence import Weight
from codebook.models import PATTERN_TYPES, RESULTS, Pattern
from workbench.i18n import _
from workbench.itemmodels.question_names import documents, narratieven, respondents

SIGNS = {"steunt": "+", "weerspreekt": "−", "nuanceert": "~"}
STATE_SIGNS = {"open": "○", "bezig": "◐", "klaar": "●"}
LOOKS = {kind: n for n, kind in enumerate(PATTERN_TYPES)}
OWN_LOOK = len(PATTERN_TYPES)


def kind_look(kind: str) -> int:
    """Which facet look gives a type its form and colour; −1 for none."""
    return LOOKS.get(kind, OWN_LOOK) if kind else -1


def kind_word(kind: str) -> str:
    """A type of pattern; those of the method keep their names."""
    return kind or _("no type yet")


def kind_told(kind: str) -> str:
    """A type with what it means."""
    told = {"needs": _("needs: what people need"), "demands": _("demands: what they require"),
            "wants": _("wants: what they would like"),
            "competence": _("competence: what they can and will bring in")}
    return told.get(kind, kind_word(kind))


def result_told(result: str) -> str:
    """A kind of result; those of the method as the report heads them."""
    told = dict(zip(RESULTS, (_("working factor"), _("effect"), _("experience"), _("improvement point")), strict=True))
    return told.get(result, result) or _("no kind of result yet")


def direction_word(direction: str) -> str:
    """What evidence does."""
    return {"steunt": _("supports"), "weerspreekt": _("contradicts"), "nuanceert": _("nuances")}[direction]


def phase_word(phase: str) -> str:
    """A phase of the analysis."""
    return {"exploreren": _("Explore"), "specificeren": _("Specify and reduce"), "integreren": _("Integrate")}[phase]


def state_word(state: str) -> str:
    """How far a phase is."""
    return {"open": _("to do"), "bezig": _("under way"), "klaar": _("done")}[state]


def guiding_questions(phase: str) -> Sequence[str]:
    """What to ask of the narratieven in a phase."""
    return {
        "exploreren": (
            _("What do people worry about, and what are they choosing between?"),
            _("Which subjects come back, and about which do they not agree?"),
            _("What strikes you, because it is said often, sharply, or in an image?"),
            _("What is hardly said, or only behind a joke or a cliché? That may be a taboo.")),
        "specificeren": (
            _("Under which few themes can what you found be brought together?"),
            _("What does each theme say in one sentence, and what does it leave out?"),
            _("Which narratieven speak against it, and what do you do with those?")),
        "integreren": (
            _("How do the themes hang together: does one bring the other about, or stand in its way?"),
            _("What do people need, require and want here, and what can they bring in themselves?"),
            _("For whom does the pattern hold, and for whom not?"))}[phase]


def groups(n: int) -> str:
    """So many respondent groups, in words."""
    return _("1 group") if n == 1 else _("{n} groups", n=n)


def balance(weight: Weight) -> str:
    """What the evidence does, in signs: `+9 −2 ~1`."""
    counts = zip(SIGNS.values(), (weight.supports, weight.contradicts, weight.nuances), strict=True)
    return "  ".join(f"{sign}{n}" for sign, n in counts if n)


def card_line(weight: Weight) -> str:
    """How much is behind a pattern, short."""
    if not weight.narratieven:
        return _("no evidence yet")
    return f"{narratieven(weight.narratieven)}   {balance(weight)}"


def sources_line(weight: Weight) -> str:
    """How much is behind a pattern, in full."""
    if not weight.narratieven:
        return _("Nothing is behind this pattern yet.")
    return " · ".join([narratieven(weight.narratieven), documents(weight.documents), respondents(weight.respondents),
                       groups(weight.groups)])


def warning(weight: Weight) -> str:
    """That evidence lost its narratief or quote."""
    return "" if not weight.lost else _("⚠ {n} lost its narratief or quote", n=weight.lost)


def where_of(themes: Mapping[int, str], pattern: Pattern) -> str:
    """The theme that a pattern stands under."""
    return themes.get(pattern.theme_id or 0, _("Not grouped"))
