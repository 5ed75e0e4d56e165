"""The data set behind the coding: a row per narratief, a column per code with 0 or 1, for SPSS, R, JASP or pandas.

Many researchers go on with their codes in a statistics package; this is the table that those ask for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from codebook.asking import code_names, ordered_codes
from codebook.query import bits
from codebook.query.index import ANY
from codebook.reading import Reading
from exports.delimited import guarded
from exports.files import written

if TYPE_CHECKING:
    import pandas as pd

DOCUMENT_HEADS = ("document", "nr", "group", "kind")


def matrix_frame(reading: Reading, codings: str = ANY) -> pd.DataFrame:
    """A frame in order of document and nr: document, nr, group, kind, each attribute, then every code as
    `FACET:label` (1: the narratief carries it, 0: not). `codings` says whose count."""
    import pandas as pd

    index, whose = reading.index, reading.codings(codings)
    slots = index.slots(index.live)
    frame = _places(reading, slots)
    names = code_names(reading)
    carried = {names[c.id]: bits.unpack(index.column(c.id, whose))[slots].astype(np.int8)
               for c in ordered_codes(reading)}
    return pd.concat([frame, pd.DataFrame(carried, index=frame.index)], axis=1)


def _places(reading: Reading, slots: bits.Ints) -> pd.DataFrame:
    import pandas as pd

    index = reading.index
    numbers = [index.document_id(int(n)) for n in index.document_numbers[slots]]
    named = {d.id: d for d in reading.catalogue.documents}
    columns: dict[str, object] = {"document": [named[n].title for n in numbers], "nr": index.nr[slots],
                                  "group": [named[n].group for n in numbers],
                                  "kind": [named[n].kind for n in numbers]}
    for attribute in reading.catalogue.attributes:
        columns[attribute] = [named[n].attributes.get(attribute, "") for n in numbers]
    return pd.DataFrame(columns)


def write_matrix(reading: Reading, path: Path, codings: str = ANY) -> int:
    """Write the frame as `.csv` (commas) or `.tsv` (tabs), UTF-8 with a byte order mark; returns how many rows."""
    frame = matrix_frame(reading, codings)
    texts = [c for c in frame.columns if frame[c].dtype.kind not in "iu"]
    frame[texts] = frame[texts].map(lambda value: guarded(str(value)))
    with written(path) as draft:
        frame.to_csv(draft, sep="\t" if path.suffix.lower() == ".tsv" else ",", index=False, encoding="utf-8-sig",
                     lineterminator="\r\n")
    return len(frame)
