"""The command that gives out: export."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from codebook.reading import Reading
from corpora.errors import UsageError
from workbench.cli.output import say, show
from workbench.cli.projects import opened, project_translator
from workbench.i18n import _


def export(options: Namespace) -> int:
    """`export PROJECT FILE [--as …]`"""
    from exports import giving

    path = Path(options.file)
    wanted = giving.Wanted(path, giving.form_of(path, options.form), options.codings, options.document,
                           options.group)
    _check_options(options, wanted.form)
    with opened(options.project) as project:
        reading = Reading(project)
        for line in giving.prepare(reading, wanted):
            say(_(line))
        lost = giving.write(reading, wanted, project_translator(project))
        if giving.holds_key(reading, wanted):
            say(_("The archive holds the key that leads from pseudonyms to names. Keep it to yourself, or destroy the "
                  "key and export again."))
    for one in lost:
        say(_("Not taken along: {what} ({name}): {count}", what=_(one.what), name=one.name, count=one.count))
    if options.json:
        show({"lost": [one.as_json() for one in lost]})
    else:
        say(_("{file} was written.", file=path.name))
    return 0


def _check_options(options: Namespace, form: str) -> None:
    if options.group is not None and form != "factsheet":
        raise UsageError("--group belongs to --as factsheet. Leave it out, or ask for a factsheet.")
    if options.document is not None and form != "transcript":
        raise UsageError("--document belongs to --as transcript. Leave it out, or ask for a transcript.")
