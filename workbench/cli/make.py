"""Commands that make a project and tell about it: demo, new, info, check, log."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from codebook import founding, library
from codebook.checks import problems
from codebook.counts import counts_of
from corpora import moving
from corpora.errors import WrongUsageError
from workbench import demo as sample
from workbench.cli.output import say, show, show_lines
from workbench.cli.projects import opened, project_translator, shown_place, user_name
from workbench.cli.window import open_window
from workbench.i18n import _


def demo(options: Namespace) -> int:
    """`demo [PROJECT] [--no-window]`"""
    place = options.project or str(sample.default_place())
    if sample.is_there(place):
        say(_("{name} is there already and is opened as it is.", name=place))
    else:
        sample.make(place)
        say(_("The sample study lies in {name}.", name=place))
    if options.no_window:
        return 0
    return open_window(place)


def new(options: Namespace) -> int:
    """`new PROJECT [--codebook NAME|FILE|list]`"""
    if options.codebook == "list":
        show_lines([[name] for name in (*library.names(), founding.EMPTY)])
        return 0
    if not options.project:
        raise WrongUsageError("Give the new project a name, such as «study.narratief».")
    found = founding.found(options.project, codebook=options.codebook or founding.DEFAULT, author=user_name())
    found.close()
    say(_("{name} was made.", name=shown_place(options.project)))
    return 0


def info(options: Namespace) -> int:
    """`info PROJECT`"""
    with opened(options.project) as project:
        counts = counts_of(project)
    if options.json:
        show(counts)
    else:
        show_lines([[name, n] for name, n in counts.items()])
    return 0


def move(options: Namespace) -> int:
    """`move PROJECT TARGET`"""
    counts = moving.move(options.project, options.target, _progress())
    rows, where = sum(counts.values()), shown_place(options.target)
    if options.json:
        show({"source": shown_place(options.project), "target": where, "rows": rows, "tables": counts})
    else:
        say(_("The project stands whole in {target} now ({rows} rows). The one in {source} is still there, as it was.",
              target=where, source=shown_place(options.project), rows=rows))
    return 0


def _progress() -> Callable[[float, float], None]:
    """Says on stderr, at every tenth, how far the work is."""
    told = 0

    def report(done: float, total: float) -> None:
        nonlocal told
        tenths = int(10 * done / total)
        if tenths > told:
            told = tenths
            say(f"{10 * tenths} %")

    return report


def check(options: Namespace) -> int:
    """`check PROJECT`"""
    with opened(options.project) as project:
        found = [_(problem) for problem in problems(project)]
    if options.json:
        show({"problems": found})
    else:
        show_lines([[line] for line in found])
        say(_("{n} things are wrong with this project. Nothing was changed.", n=len(found)) if found
            else _("The project is sound."))
    return 1 if found else 0


def log(options: Namespace) -> int:
    """`log PROJECT`"""
    with opened(options.project) as project:
        translate = project_translator(project)
        steps = [{"when": step.at.isoformat(timespec="seconds"), "coder": step.author, "label": translate(step.label),
                  "changes": step.changes} for step in project.log()]
    if options.json:
        show(steps)
    else:
        show_lines([list(step.values()) for step in steps])
    return 0
