"""Coded transcripts as one page for a browser: everything in one file, readable on paper too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from corpora.messages import Translator
from exports.files import written
from exports.sheets_codes import codings_named
from exports.transcript_values import CodedTranscript, Passage

STYLE = """
body { font: 16px/1.6 Georgia, 'Times New Roman', serif; color: #22252b; background: #fdfcf9; margin: 0 auto;
  max-width: 72rem; padding: 2rem; }
h1 { font-size: 1.6rem; margin: 0; } .about { color: #5b6068; margin: .25rem 0 2rem; }
section { display: grid; grid-template-columns: 2.5rem minmax(0, 1fr) 17rem; gap: 1rem; padding: .75rem 0;
  border-top: 1px solid #dfdad0; break-inside: avoid; }
.nr { color: #6d3a7c; font-weight: bold; text-align: right; } .text { white-space: pre-wrap; overflow-wrap: anywhere; }
.interviewer { color: #5b6068; font-style: italic; } .outside .text { color: #5b6068; }
.excluded { background: #f4f1eb; } aside { font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
dl { margin: 0; } dt { font-weight: bold; margin-top: .25rem; } dd { margin: 0 0 0 .5rem; padding-left: .5rem;
  border-left: 4px solid #6d3a7c; } dt.facet1 + dd, dd.facet1 { border-color: #1b66ad; }
dd.facet2 { border-color: #a55e00; border-left-style: double; } dd.facet3 { border-color: #0a7a59;
  border-left-style: dotted; } .memo { color: #5b6068; white-space: pre-wrap; margin: .5rem 0 0; }
@media (max-width: 48rem) { section { grid-template-columns: 2rem 1fr; } aside { grid-column: 2; } }
@media print { body { max-width: none; padding: 0; font-size: 11pt; background: none; } }
"""


def write_transcript(found: CodedTranscript, path: Path, translator: Translator) -> None:
    """Write a coded transcript with its codes in the margin."""
    page = "\n".join(_page(found, translator))
    with written(path) as draft:
        draft.write_text(page, encoding="utf-8", errors="replace", newline="\n")


def _page(found: CodedTranscript, _: Translator) -> Iterator[str]:
    about = " · ".join(filter(None, [found.kind, found.group, _("codings: {codings}",
                                                               codings=codings_named(_, found.codings))]))
    yield f'<!doctype html>\n<html lang="{escape(_.language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_safe(found.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f'<h1>{_safe(found.title)}</h1>\n<p class="about">{_safe(about)}</p>\n<main>'
    for passage in found.passages:
        yield _section(passage, _)
    yield "</main>\n</body>\n</html>\n"


def _section(passage: Passage, _: Translator) -> str:
    look = "excluded outside" if passage.excluded else "outside" if passage.nr is None else "narratief"
    text = "".join(f'<span class="interviewer">{_safe(run.text)}</span>' if run.interviewer else _safe(run.text)
                   for run in passage.runs)
    return (f'<section class="{look}"><div class="nr">{passage.nr or ""}</div><div class="text">{text}</div>'
            f"<aside>{''.join(_margin(passage, _))}</aside></section>")


def _margin(passage: Passage, _: Translator) -> Iterator[str]:
    if passage.excluded:
        yield _safe(_("Geen narratief"))
    if passage.codes:
        yield "<dl>"
        for facet in passage.codes:
            # The form of the line says the facet too, for who sees no colours or prints in grey.
            yield f"<dt>{_safe(facet.label)}</dt>"
            yield from (f'<dd class="facet{facet.place}">{_safe(label)}</dd>' for label in facet.codes)
        yield "</dl>"
    for label in passage.absent:
        yield f'<p class="memo">{_safe(_("{facet}: niet genoemd", facet=label))}</p>'
    for memo in passage.memos:
        yield f'<p class="memo">{_safe(memo)}</p>'


def _safe(text: str) -> str:
    return escape(text).replace("\x00", "\ufffd")
