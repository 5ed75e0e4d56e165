"""Commands that ask: query, search, grid, cooccurrence."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import numpy as np

from codebook import asking, tabling
from codebook.reading import Reading
from corpora import search as full_text
from corpora.errors import WrongUsageError
from workbench.cli.output import show, show_lines
from workbench.cli.projects import opened, project_translator


def query(options: Namespace) -> int:
    """`query PROJECT EXPRESSION`"""
    with opened(options.project) as project:
        found = asking.query(Reading(project), options.expression, unit=options.unit, codings=options.codings)
        if options.xlsx:
            from exports.excel import write_query

            write_query(found, Path(options.xlsx), project_translator(project))
    if options.json:
        show({"expression": found.expression, "unit": found.unit, "codings": found.codings, "count": found.count,
              "documents": found.documents, "units": found.units, "narratieven": [
                  {"document": n.document, "nr": n.nr, "text": n.text, "codes": list(n.codes)}
                  for n in found.narratieven]})
    elif not options.xlsx:
        show_lines([[n.document, n.nr, " ".join(n.text.split())] for n in found.narratieven])
    return 0


def search(options: Namespace) -> int:
    """`search PROJECT WORDS`"""
    with opened(options.project) as project, project.read() as session:
        hits = full_text.find(session, " ".join(options.words))
    if options.json:
        show([{"document": h.document, "nr": h.nr, "start": h.start, "end": h.end, "text": h.text,
               "context": h.context} for h in hits])
    else:
        show_lines([[h.document, h.nr or "", " ".join(h.context.split())] for h in hits])
    return 0


def grid(options: Namespace) -> int:
    """`grid PROJECT --facet WAT=a,b --facet HOE=*`"""
    with opened(options.project) as project:
        reading = Reading(project)
        found = asking.grid(reading, [_facet_choice(choice) for choice in options.facet], codings=options.codings)
        if options.xlsx:
            from exports.excel import write_grid

            write_grid(found, Path(options.xlsx), project_translator(project), reading)
    cells: list[dict[str, Any]] = [{"codes": list(c.codes), "count": c.count, "documents": c.documents,
                                    "respondents": c.respondents} for c in found.cells]
    if options.json:
        show({"codings": found.codings, "cells": cells})
    elif not options.xlsx:
        show_lines([[" × ".join(c["codes"]), c["count"], c["documents"], c["respondents"]] for c in cells])
    return 0


def _facet_choice(choice: str) -> tuple[str, list[str]]:
    facet, equals, codes = choice.partition("=")
    if not equals or not codes.strip():
        raise WrongUsageError("Write --facet FACET=code,code or FACET=*: «{choice}» has no codes.", choice=choice)
    return facet.strip(), [c.strip().strip('"') for c in codes.split(",") if c.strip()]


def cooccurrence(options: Namespace) -> int:
    """`cooccurrence PROJECT --rows WAT --columns HOE=positief,negatief`"""
    with opened(options.project) as project:
        reading = Reading(project)
        rows, columns = (tabling.read_axis(reading, words, folded=options.fold)
                         for words in (options.rows, options.columns))
        found = asking.cooccurrence(reading, rows, columns, unit=options.unit, codings=options.codings,
                                    where=options.where)
        if options.xlsx:
            from exports.excel import write_cooccurrence

            write_cooccurrence(found, Path(options.xlsx), project_translator(project))
    table = found.table
    if options.json:
        show({"rows": list(found.rows), "columns": list(found.columns), "unit": found.unit, "codings": found.codings,
              "n": found.n, "counts": table.counts.tolist(), "row_totals": table.row_totals.tolist(),
              "column_totals": table.column_totals.tolist(), "jaccard": _shares(table.jaccard),
              "p_column_given_row": _shares(table.p_column_given_row),
              "p_row_given_column": _shares(table.p_row_given_column),
              "expected": table.expected.tolist(), "lift": _shares(table.lift)})
    elif not options.xlsx:
        show_lines([["", *found.columns], *([row, *counts] for row, counts in
                                            zip(found.rows, table.counts.tolist(), strict=True))])
    return 0


def _shares(values: Any) -> list[list[float | None]]:
    """Shares for JSON; what is undefined (nothing to divide by) is null."""
    return [[None if v is None or np.isnan(v) else float(v) for v in row] for row in values]
