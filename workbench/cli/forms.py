"""Empty forms to print or to fill in: form."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from codebook import kernelementen
from corpora.errors import WrongUsageError
from corpora.messages import Translator
from exports import forms
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened, project_translator
from workbench.i18n import _


def form(options: Namespace) -> int:
    """`form NAME FILE.docx`, `form --list`"""
    if options.list:
        names = [{"name": one.name, "about": _(one.about)} for one in forms.FORMS.values()]
        show(names) if options.json else show_lines([list(one.values()) for one in names])
        return 0
    if not options.name or not options.file:
        raise WrongUsageError("Which form, and where to? Write form NAME FILE.docx, or form --list.")
    translate, subjects = Translator("nl"), list(options.kernelement)
    if options.project:
        with opened(options.project) as project, project.read() as session:
            translate = project_translator(project)
            named = [kernelementen.find(session, name).label for name in subjects]
            subjects = named or [one.label for one in kernelementen.in_order(session)]
    forms.write(options.name, forms.Wanted(Path(options.file), options.paper, subjects), translate)
    say(_("{name} was made.", name=Path(options.file).name))
    return 0
