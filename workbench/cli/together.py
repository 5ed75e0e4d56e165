"""Commands for working in copies: package and merge."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpora.errors import WrongUsageError
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened
from workbench.i18n import _

if TYPE_CHECKING:
    from codebook.merging import Conflict


def package(options: Namespace) -> int:
    """`package PROJECT FILE --coder NAME [--blind]`"""
    from codebook.packages import package as pack

    with opened(options.project) as project:
        packed = pack(project, Path(options.file), options.coder, blind=options.blind)
    if options.json:
        show(asdict(packed))
    else:
        say(_("{file} is ready for {coder}: {documents} documents, {codings} codings.", file=packed.file,
              coder=packed.coder, documents=packed.documents, codings=packed.codings))
    return 0


def merge(options: Namespace) -> int:
    """`merge PROJECT OTHER… [--dry-run] [--resolve KIND=CHOICE]`"""
    from codebook import merging

    choices = choices_of(options.resolve)
    with opened(options.project) as project:
        work = merging.preview if options.dry_run else merging.merge
        found = work(project, options.others, choices)
    if options.json:
        show({"added": found.added, "changed": found.changed, "removed": found.removed,
              "conflicts": [shown(conflict) for conflict in found.conflicts], "unchanged": found.unchanged,
              "steps": found.steps, "dry_run": options.dry_run, "warnings": [_(w) for w in found.warnings]})
    else:
        show_lines([list(shown(conflict).values())[:5] for conflict in found.conflicts])
        for warning in found.warnings:
            say(_(warning))
        say(_("There is nothing new in these copies.") if found.nothing else _(merging.added_words(found)))
    return 0


def shown(conflict: Conflict) -> dict[str, Any]:
    """A conflict in the reader's language; `choices` are the ways that `--resolve` takes."""
    return {"kind": conflict.kind, "object": _(conflict.object), "ours": _(conflict.ours),
            "theirs": _(conflict.theirs), "resolution": _(conflict.resolution), "choices": list(conflict.choices)}


KINDS = {"same_name": ("join", "both"), "renamed": ("ours", "theirs"), "definition": ("ours", "theirs"),
         "segmentation": ("ours", "theirs"), "deleted_used": ("keep", "delete"), "text": ("ours", "theirs")}
"""The choices that a kind of conflict leaves."""


def choices_of(words: Iterable[str]) -> dict[tuple[str, str] | str, str]:
    """The choices of `KIND=CHOICE` or `KIND:NAME=CHOICE`."""
    found: dict[tuple[str, str] | str, str] = {}
    for word in words:
        what, equals, choice = word.rpartition("=")
        kind, colon, thing = what.partition(":")
        if not equals or kind not in KINDS or choice not in KINDS[kind]:
            raise WrongUsageError("«{word}» is no choice. Write KIND=CHOICE with one of: {choices}.", word=word,
                                  choices=", ".join(f"{k}={'|'.join(v)}" for k, v in KINDS.items()))
        found[(kind, thing) if colon else kind] = choice
    return found
