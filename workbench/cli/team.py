"""Commands about who codes: coders, assign."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from corpora.errors import WrongUsageError
from corpora.messages import message
from corpora.store.project import Project
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened
from workbench.i18n import _


def coders(options: Namespace) -> int:
    """`coders PROJECT [--add NAME] [--role ROLE] [--blind on|off]`"""
    from codebook import blind, team_progress
    from codebook.reading import Reading

    if options.role and not options.add:
        raise WrongUsageError("Whose role? Name the coder with --add.")
    with opened(options.project) as project:
        if options.add:
            _add(project, options.add, options.role)
        if options.blind:
            on = options.blind == "on"
            project.step(message("Blind coding on") if on else message("Blind coding off"), blind.set_blind, on)
        rows = team_progress.overview(Reading(project))
        with project.read() as session:
            is_blind = blind.is_blind(session)
    if options.json:
        show({"blind": is_blind, "coders": [_row(row) for row in rows]})
    else:
        show_lines([[row.name, row.role, f"{row.done}/{row.documents}", f"{row.complete}/{row.narratieven}",
                     row.codings] for row in rows])
    return 0


def _add(project: Project, name: str, role: str | None) -> None:
    from codebook import team

    number = project.step(message("Add coder {name}", name=name), team.be, name, role or "student")
    if role:
        project.step(message("{name} is {role}", name=name, role=role), team.set_role, number, role)


def _row(row: Any) -> dict[str, Any]:
    return {"name": row.name, "role": row.role, "assigned": row.assigned, "documents": row.documents,
            "done": row.done, "narratieven": row.narratieven, "complete": row.complete, "codings": row.codings,
            "last": row.last.isoformat(timespec="seconds") if row.last else None}


def assign(options: Namespace) -> int:
    """`assign PROJECT (TITLE… --coder NAME [--remove] | --plan A,B …)`"""
    if bool(options.plan) == bool(options.titles and options.coder):
        raise WrongUsageError("Name documents and --coder, or the coders to divide over with --plan.")
    with opened(options.project) as project:
        overlap = _plan(project, options) if options.plan else _by_title(project, options)
        found = _assigned(project, options, overlap)
    if options.json:
        show(found)
    else:
        show_lines([[one["document"], ", ".join(one["coders"]) or "–"] for one in found["documents"]])
    return 0


def _by_title(project: Project, options: Namespace) -> Any:
    from codebook import assigning, coding
    from corpora import documents

    with project.read() as session:
        coder = coding.find_coder(session, options.coder).id
        wanted = [documents.find(session, title).id for title in options.titles]
    label = (message("{name} does not code {n} documents", name=options.coder, n=len(wanted)) if options.remove else
             message("{name} codes {n} documents", name=options.coder, n=len(wanted)))
    changed = project.step(label, assigning.assign, coder, wanted, not options.remove)
    say(_("{n} assignments changed.", n=changed))
    return None


def _plan(project: Project, options: Namespace) -> Any:
    from codebook import assigning, coding
    from corpora.overview import document_rows

    with project.read() as session:
        who = [coding.find_coder(session, name).id for name in options.plan.split(",") if name.strip()]
        material, begun = assigning.material_of(document_rows(session), assigning.assignments(session),
                                                by_words=options.by == "words", only_new=options.only_new)
    if not 0 <= options.overlap <= 100:
        raise WrongUsageError("The overlap is a percentage, from 0 to 100.")
    found = assigning.plan(material, who, options.overlap / 100, options.seed, times=options.times, begun=begun)
    if not options.dry_run:
        project.step(message("Divide {n} documents over {coders} coders", n=len(found.coders), coders=len(who)),
                     assigning.apply, found, replace=not options.only_new)
    return found


def _assigned(project: Project, options: Namespace, plan: Any) -> dict[str, Any]:
    """Who codes what: as planned, and where nothing is planned as it is."""
    from codebook import assigning, team
    from corpora import documents

    with project.read() as session:
        names = team.names(session)
        given: dict[int, Any] = {**assigning.assignments(session), **(plan.coders if plan is not None else {})}
        rows = [{"document": d.title, "coders": sorted(names[c] for c in given.get(d.id, ()))}
                for d in documents.in_order(session)]
    found: dict[str, Any] = {"documents": rows}
    if plan is not None:
        found |= {"load": {names[c]: n for c, n in plan.load.items()}, "overlap": plan.overlap,
                  "applied": not options.dry_run}
    return found
