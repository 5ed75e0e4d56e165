"""Commands about coders together: agreement, adjudicate, statistics."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpora.errors import ReadError
from corpora.messages import message
from corpora.tables import read_table
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened, project_translator, user_name
from workbench.i18n import _


def agreement(options: Namespace) -> int:
    """`agreement PROJECT [--coders A,B] [--where EXPRESSION] [--json | --xlsx FILE]`"""
    from codebook import agreeing
    from codebook.reading import Reading

    coders = [name.strip() for name in (options.coders or "").split(",") if name.strip()]
    with opened(options.project) as project:
        found = agreeing.agreement(Reading(project), coders, options.where)
        if options.xlsx:
            from exports.excel import write_agreement

            write_agreement(found, Path(options.xlsx), project_translator(project))
    if options.json:
        show(_document(found))
    elif not options.xlsx:
        show_lines([["", "alpha", "95 %"], *([one.facet, _short(one.found.alpha_mv), _limits(one.found.ci)]
                                             for one in found.facets),
                    ["∑", _short(found.overall.alpha_mv), _limits(found.overall.ci)]])
        for line in (found.meaning, *found.notes):
            say(_(line))
    return 0


def _document(found: Any) -> dict[str, Any]:
    return {
        "coders": list(found.coders), "unit": "narratief", "n": found.n, "total": found.total,
        "looked": dict(found.looked), "where": found.where, "codes": _codes(found.codes),
        "pairs": [{"coders": list(pair.coders), "n": pair.n, "alpha": pair.alpha, "codes": _codes(pair.codes)}
                  for pair in found.pairs],
        "facets": [{"facet": one.facet, **_sets(one.found), "meaning": _(one.meaning)} for one in found.facets],
        "overall": {"alpha": found.overall.alpha_mv, "ci": _interval(found.overall.ci), "meaning": _(found.meaning)},
        "segmentation": _segmentation(found.segmentation),
        "resampled": {"unit": found.drawn, "rounds": found.rounds},
        "notes": [_(note) for note in found.notes],
    }


def _codes(codes: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"facet": one.facet, "code": one.code, "both": one.found.both, "only_a": one.found.only_a,
             "only_b": one.found.only_b, "neither": one.found.neither, "percent": one.found.percent,
             "positive": one.found.positive, "kappa": one.found.kappa, "alpha": one.found.alpha,
             "ac1": one.found.ac1, "units": one.found.units, "ci": _interval(one.found.ci)} for one in codes]


def _sets(found: Any) -> dict[str, Any]:
    return {"alpha_mv": found.alpha_mv, "alpha_jaccard": found.alpha_jaccard, "alpha_masi": found.alpha_masi,
            "ci": _interval(found.ci)}


def _segmentation(cut: Any) -> dict[str, Any]:
    found = cut.found
    if found is None:
        return {"boundary_similarity": None, "window_diff": None, "alpha": None, "documents": 0, "coders": [],
                "pairs": []}
    return {"boundary_similarity": found.boundary_similarity, "window_diff": found.window_diff, "alpha": found.alpha,
            "documents": found.texts, "coders": list(cut.coders),
            "pairs": [{"coders": list(pair), "boundary_similarity": value} for pair, value in cut.pairs.items()]}


def _interval(ci: tuple[float, float] | None) -> list[float] | None:
    return None if ci is None else list(ci)


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _limits(ci: tuple[float, float] | None) -> str:
    return "–" if ci is None else f"{ci[0]:.3f} … {ci[1]:.3f}"


def adjudicate(options: Namespace) -> int:
    """`adjudicate PROJECT FILE.csv`"""
    from codebook import deciding

    path = Path(options.file)
    rows = deciding.of_table(read_table(path))
    who = options.coder or user_name() or "onderzoeker"
    with opened(options.project, who) as project:
        done = project.step(message("Decide from {file}", file=path.name), deciding.apply_bulk, who, rows)
    say(_("{n} decisions written ({rows} rows).", n=done, rows=len(rows)))
    return 0


def statistics(options: Namespace) -> int:
    """`statistics FILE.json`"""
    path = Path(options.file)
    asked = _asked(path)
    kind, data = asked["kind"], _data(path, asked)
    results = []
    for check in asked["checks"]:
        value, note = _answer(path, kind, data, check)
        results.append({"statistic": check["statistic"], "value": value, "note": _(note) if note else None})
    show({"results": results})
    return 0


def _asked(path: Path) -> dict[str, Any]:
    try:
        asked = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise ReadError("{file} is no JSON: {why}.", file=path.name, why=str(error)) from error
    if not isinstance(asked, dict) or not {"kind", "data", "checks"} <= set(asked):
        raise ReadError("{file} asks nothing: it needs the keys kind, data and checks.", file=path.name)
    if not all(isinstance(check, dict) and "statistic" in check for check in asked["checks"]):
        raise ReadError("{file} asks nothing: every check needs the key statistic.", file=path.name)
    return asked


def _data(path: Path, asked: dict[str, Any]) -> Any:
    """The data to compute with; a test on a project may name the project's own file, which lies beside it."""
    data = asked["data"]
    if asked["kind"] == "cooccurrence_test" and isinstance(data, dict) and isinstance(data.get("project"), str):
        return _asked(path.with_name(Path(data["project"]).name + ".json"))["data"]
    return data


def _answer(path: Path, kind: str, data: Any, check: dict[str, Any]) -> tuple[Any, Any]:
    from codebook.analysis import agreement_answers, association_answers
    from codebook.analysis.agreement_ratings import Inapplicable

    try:
        if kind in agreement_answers.KINDS:
            return agreement_answers.answer(kind, data, check["statistic"], check.get("params"))
        return association_answers.answer(kind, data, check["statistic"])
    except (agreement_answers.UnknownStatistic, Inapplicable) as refused:
        return None, refused.message  # one that cannot be answered should not cost the others
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError) as error:
        raise ReadError("{file}: the data does not fit the kind “{kind}” ({why}).", file=path.name, kind=kind,
                        why=f"{type(error).__name__}: {error}") from error
