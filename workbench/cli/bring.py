"""Commands that bring material in: import, text, attributes, pseudonymise."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpora import attributes as attribute_tables
from corpora import documents, narratives, pseudonyms
from corpora.importing import Imported, files_in, import_files
from corpora.messages import message
from corpora.tables import read_table
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened
from workbench.i18n import _


def import_documents(options: Namespace) -> int:
    """`import PROJECT FILE…`"""
    with opened(options.project) as project:
        report = import_files(project, files_in(Path(f) for f in options.files), kind=options.kind,
                              group=options.group, segment=options.segment, dry_run=options.dry_run)
    for failed in report.failed:
        say(_(failed.reason))
    if options.json:
        show({"documents": [_document(d) for d in report.documents],
              "failed": [{"file": f.file, "reason": _(f.reason)} for f in report.failed], "lost": []})
    else:
        for found in report.documents:
            say(_("{title} ({kind}): {words} words, {turns} turns ({n} of the interviewer)", title=found.title,
                  kind=found.kind, words=found.words, turns=found.turns, n=found.interviewer_turns))
            for warning in found.warnings:
                say("  " + _(warning))
    if options.kind is None and any(found.kind != "interview" for found in report.documents):
        say(_guessed(report.documents))
    return 1 if report.failed else 0


def _guessed(found: Sequence[Imported]) -> str:
    kinds = Counter(document.kind for document in found)
    told = ", ".join(f"{kind} {n}" for kind, n in sorted(kinds.items()))
    return _("The kind was taken from the file names ({kinds}); --kind says it yourself.", kinds=told)


def _document(found: Imported) -> dict[str, Any]:
    return {"title": found.title, "kind": found.kind, "group": found.group, "words": found.words,
            "turns": found.turns, "interviewer_turns": found.interviewer_turns, "speakers": list(found.speakers),
            "warnings": [_(w) for w in found.warnings]}


def text(options: Namespace) -> int:
    """`text PROJECT TITLE`"""
    with opened(options.project) as project, project.read() as session:
        document = documents.find(session, options.title)
        body = documents.text_of(session, document)
        pieces = narratives.of_document(session, document.id)
        numbered = narratives.numbers(pieces)
        result = {
            "title": document.title, "text": body,
            "turns": [{"speaker": speaker.label, "interviewer": speaker.interviewer, "start": turn.start,
                       "end": turn.end} for turn, speaker in documents.turns_of(session, document.id)],
            "narratieven": [{"nr": numbered[n.id], "start": n.start, "end": n.end} for n in pieces if n.counts]}
    if options.json:
        show(result)
    else:
        show_lines([[body]])
    return 0


def attributes(options: Namespace) -> int:
    """`attributes PROJECT import FILE`"""
    path = Path(options.file)
    table = read_table(path)
    with opened(options.project) as project:
        done = project.step(message("Import attributes from {file}", file=path.name), attribute_tables.import_table,
                            table)
    say(_("Attributes set for {n} documents.", n=done))
    return 0


def pseudonymise(options: Namespace) -> int:
    """`pseudonymise PROJECT --suggest | --names FILE.csv | --destroy-key`"""
    with opened(options.project) as project:
        if options.suggest:
            with project.read() as session:
                found = pseudonyms.suggestions(session)
            show([{"name": s.name, "kind": s.kind, "count": s.count, "documents": list(s.documents)} for s in found])
        elif options.names:
            key = pseudonyms.key_of_table(read_table(Path(options.names)))
            places = project.step(message("Replace names"), pseudonyms.replace_names, key)
            say(_("{n} places in the texts replaced.", n=places))
        else:
            backups = pseudonyms.destroy_key(project)
            say(_("The key is destroyed. No earlier step can be undone any more."))
            for name in backups:
                say(_("The backup {name} was deleted, as it held names.", name=name))
    return 0
