"""Coded transcripts as files: a page for a browser, a Word document, or a table."""

from __future__ import annotations

from pathlib import Path

from codebook.query.index import ANY
from codebook.reading import Reading
from corpora.errors import UsageError
from corpora.messages import Translator
from exports import html, word
from exports.delimited import write_delimited
from exports.tables import Value
from exports.transcript_values import CodedTranscript, Passage, coded_transcript

ENDINGS = (".html", ".docx", ".csv", ".tsv")


def write_transcript(reading: Reading, title: str, path: Path, translator: Translator, codings: str = ANY) -> None:
    """Write one document with its codes beside the words, to `.html`, `.docx`, or a `.csv` with a line per passage."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError("A transcript can be written to .html, .docx, .csv or .tsv: {file} is none of these.",
                         file=path.name)
    found = coded_transcript(reading, title, codings)
    if ending == ".html":
        html.write_transcript(found, path, translator)
    elif ending == ".docx":
        word.write_transcript(found, path, translator)
    else:
        _write_table(reading, found, path)


def _write_table(reading: Reading, found: CodedTranscript, path: Path) -> None:
    facets = [f.label for f in reading.catalogue.facets]
    write_delimited(["narratief", "text", *facets, "niet genoemd"], [_line(p, facets) for p in found.passages], path)


def _line(passage: Passage, facets: list[str]) -> list[Value]:
    given = {facet.label: "; ".join(facet.codes) for facet in passage.codes}
    return [passage.nr, passage.text, *(given.get(label) for label in facets), "; ".join(passage.absent)]
