"""What Ctrl+K finds of a project: documents, codes, saved questions, kernelementen with their configurations, and a
narratief by its document and nr."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.i18n import _
from workbench.mainwindow import MainWindow
from workbench.widgets.command_palette import PaletteItem, fuzzy_score
from workbench.widgets.facet_values import folded
from workbench.wishes import Wishes

if TYPE_CHECKING:
    from workbench.app import Desk

NUMBERED = re.compile(r"(.*\S)\s+(\d+)")
MOST = 20


class Finder:
    """Finds in the project of the desk; nothing while none is open."""

    def __init__(self, desk: Desk, window: MainWindow, wishes: Wishes) -> None:
        self._desk, self._window, self._wishes = desk, window, wishes

    def items(self, typed: str) -> Iterator[PaletteItem]:
        """What can be gone to. The palette orders by how well it answers to the letters."""
        project: Any = self._desk.project
        if project is None or not typed.strip():
            return
        catalogue = project.reading.catalogue
        yield from self._narratieven(project, typed)
        for document in catalogue.documents:
            yield PaletteItem(document.title, _("document"), partial(self._wishes.show_document, "coding", document.id),
                              "material")
        for saved in catalogue.saved:
            yield PaletteItem(saved.name, _("saved question"), partial(self._ask_saved, saved.name), "questions")
        yield from self._codes(catalogue)
        yield from self._realist(project)
        yield from self._patterns(project)
        yield from self._together()

    def _codes(self, catalogue: Any) -> Iterator[PaletteItem]:
        """Codes, before kernelementen of the same name: they are what is looked for most."""
        facets = {facet.id: facet.label for facet in catalogue.facets}
        for code in catalogue.codes:
            yield PaletteItem(code.label, _("code of {facet}: its narratieven", facet=facets[code.facet_id]),
                              partial(self._ask_code, facets[code.facet_id], code.label), "questions")
            yield PaletteItem(code.label, _("code of {facet} in the codebook", facet=facets[code.facet_id]),
                              partial(self._show_code, code.id), "code")

    def _narratieven(self, project: Any, typed: str) -> Iterator[PaletteItem]:
        """Narratieven by "title nr", in the documents whose title answers best."""
        asked = NUMBERED.fullmatch(typed.strip())
        if asked is None:
            return
        wanted, nr = folded(asked[1]), int(asked[2])
        scored = [(score, document) for document in project.reading.catalogue.documents
                  if (score := fuzzy_score(folded(document.title), wanted)) is not None]
        index = project.reading.index
        for _score, document in sorted(scored, key=lambda pair: pair[0])[:MOST]:
            own = index.ids(index.of_documents([document.id])).tolist()
            if 1 <= nr <= len(own):
                yield PaletteItem(f"{document.title} {nr}", _("narratief"),
                                  partial(self._wishes.show_narratief, int(own[nr - 1])), "coding")

    def _realist(self, project: Any) -> Iterator[PaletteItem]:
        """Kernelementen and configurations."""
        from sqlalchemy import select

        from codebook import kernelementen
        from codebook.models import Configuration

        with project.project.read() as session:
            named = [(one.id, one.label) for one in kernelementen.in_order(session)]
            titles = list(session.execute(select(Configuration.id, Configuration.title)))
        for number, label in named:
            yield PaletteItem(label, _("kernelement"), partial(self._show_cmo, "show_kernelement", number), "cmo")
        for number, title in titles:
            yield PaletteItem(title, _("CMO configuration"), partial(self._show_cmo, "show_configuration", number),
                              "cmo")

    def _together(self) -> Iterator[PaletteItem]:
        """The tabs of working together."""
        from workbench.panels.together import tabs

        for key, title, _module in tabs():
            yield PaletteItem(title, _("Working together"), partial(self._show_tab, key), "agreement",
                              also=_tab_words().get(key, ""))

    def _show_tab(self, key: str) -> None:
        self._window.leave_page()
        together: Any = self._window.open_place("agreement")
        together.show_tab(key)

    def _show_cmo(self, way: str, number: int) -> None:
        self._window.leave_page()
        panel: Any = self._window.open_place("cmo")
        getattr(panel, way)(number)

    def _patterns(self, project: Any) -> Iterator[PaletteItem]:
        """The patterns of all deelvragen."""
        from codebook import patterns

        with project.project.read() as session:
            found = [(one.id, one.label) for one in patterns.patterns(session)]
        for number, label in found:
            yield PaletteItem(label, _("pattern"), partial(self._show_pattern, number), "patterns")

    def _show_pattern(self, number: int) -> None:
        self._window.leave_page()
        panel: Any = self._window.open_place("patterns")
        panel.show_pattern(number)

    def _ask(self, expression: str, *kept: Any) -> None:
        self._window.leave_page()
        panel: Any = self._window.open_place("questions")
        panel.show_question(expression, *kept)

    def _ask_code(self, facet: str, label: str) -> None:
        from codebook.query.algebra import Code
        from codebook.query.text import to_text

        self._ask(to_text(Code(label, facet)))

    def _ask_saved(self, name: str) -> None:
        from codebook import questions

        project: Any = self._desk.project
        with project.project.read() as session:
            found = questions.named_query(session, name)
            kept = (found.expression, found.name, found.unit, found.codings, found.deelvraag_id) if found else None
        if kept is not None:
            self._ask(*kept)

    def _show_code(self, code_id: int) -> None:
        self._window.leave_page()
        panel: Any = self._window.open_place("coding")
        panel.show_codebook(code_id)


def _tab_words() -> dict[str, str]:
    """Key of a tab of working together → words by which somebody may look for it."""
    return {"team": _("coders, students, divide, assign, progress, blind, anonymous, who codes what"),
            "agreement": _("kappa, alpha, reliability, intercoder, double coding"),
            "deciding": _("adjudicate, decide, conflicts, discuss, consensus"),
            "practice": _("train, exercise, learn to code"),
            "trail": _("history, audit trail, who did what when")}
