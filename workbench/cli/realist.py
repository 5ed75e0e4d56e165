"""Commands of realist evaluation: cmo."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from codebook import cmo_answers, cmo_files
from codebook.cmo_files import Finding
from codebook.reading import Reading
from corpora.errors import UsageError, WrongUsageError
from corpora.messages import message
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened, project_translator, user_name
from workbench.i18n import _


def cmo(options: Namespace) -> int:
    """`cmo PROJECT (import FILE | [--kernelement NAME] (--json|--xlsx FILE|--docx FILE))`"""
    if options.what == "import":
        return _bring(options)
    if options.file:
        raise WrongUsageError("«{file}» has no place here. Did you mean import {file}?", file=options.file)
    for name, ending in ((options.xlsx, ".xlsx"), (options.docx, ".docx")):
        if name and Path(name).suffix.lower() != ending:
            raise UsageError("Give {file} the ending {ending}.", file=Path(name).name, ending=ending)
    with opened(options.project) as project:
        reading, translate = Reading(project), project_translator(project)
        found = cmo_answers.ask(reading, options.codings, options.kernelement)
        if options.xlsx:
            from exports.excel import write_cmo as write_book

            write_book(reading, found, Path(options.xlsx), translate)
        if options.docx:
            from exports.cmo_paper import write_cmo

            write_cmo(reading, found, Path(options.docx), translate)
    if options.json:
        show(cmo_answers.as_json(found))
    elif not (options.xlsx or options.docx):
        show_lines([["", "narratieven", *found.kernelementen[0].roles], *(
            [one.name, one.cell.narratieven, *one.roles.values()] for one in found.kernelementen)]
            if found.kernelementen else [])
    return 0


def _bring(options: Namespace) -> int:
    if not options.file:
        raise WrongUsageError("Which file? Write import FILE.json, or import FILE.docx for a form that was filled in.")
    findings = _read(Path(options.file))
    name = options.coder or user_name()
    with opened(options.project, name) as project:
        landed = project.step(message("CMO findings from {file}", file=Path(options.file).name), cmo_files.put,
                              findings, name)
    if options.json:
        show({"kernelementen": landed.kernelementen, "sheets": landed.sheets, "lines": landed.lines,
              "configurations": landed.configurations})
    say(_("New: {kernelementen} kernelementen, {sheets} sheets, {lines} lines, {configurations} configurations.",
          kernelementen=landed.kernelementen, sheets=landed.sheets, lines=landed.lines,
          configurations=landed.configurations))
    return 0


def _read(path: Path) -> list[Finding]:
    ending = path.suffix.lower()
    if ending == ".json":
        return cmo_files.read(path)
    if ending == ".docx":
        from exports.form_cmo_reading import read_form

        return read_form(path)
    raise UsageError("{file} cannot be read here. Give a .json file with CMO findings, or a filled form (.docx).",
                     file=path.name)
