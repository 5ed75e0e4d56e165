"""The user guide that ships with the program: Markdown pages, readable without a connection.

The guide is in Dutch, the language of the method; `pages` gives it in reading order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

FIRST_PAGE = "eerste-uur"
ORDER = (FIRST_PAGE, "toetsen", "materiaal", "pseudonimiseren", "fragmenten", "coderen", "vragen", "vraagtaal",
         "tabellen", "cmo", "patronen", "excel", "samen-werken", "overeenstemming", "verschillen", "oefenen", "rapport",
         "begrippen", "over")
PAGE_OF_PLACE = {"material": "materiaal", "fragments": "fragmenten", "coding": "coderen", "questions": "vragen",
                 "cmo": "cmo", "patterns": "patronen", "report": "rapport",
                 "agreement": "samen-werken", "keys": "toetsen", "about": "over"}
"""Which page helps with which place of the window."""


@dataclass(frozen=True)
class Page:
    """A page of the guide: its `key` (the file's name without ending), its title and its Markdown."""

    key: str
    title: str
    text: str

    def holds(self, words: str) -> bool:
        """Whether all the words stand in the page, whatever their capitals."""
        text = self.text.casefold()
        return all(word in text for word in words.casefold().split())


def pages() -> list[Page]:
    """The whole guide, in reading order."""
    return [page(key) for key in ORDER]


def page(key: str) -> Page:
    """One page; KeyError when the guide has no such page."""
    if key not in ORDER:
        raise KeyError(key)
    text = (resources.files("workbench") / "guide" / f"{key}.md").read_text(encoding="utf-8")
    return Page(key, text.split("\n", 1)[0].removeprefix("# ").strip(), text)


def page_for(place: str) -> str:
    """The key of the page that helps with a place of the window; the first page for any other."""
    return PAGE_OF_PLACE.get(place, FIRST_PAGE)


def search(words: str, among: Sequence[Page]) -> list[Page]:
    """The pages in which all the words stand, those with a word in the title first."""
    found = [each for each in among if each.holds(words)]
    wanted = words.casefold().split()
    return sorted(found, key=lambda each: not any(word in each.title.casefold() for word in wanted))
