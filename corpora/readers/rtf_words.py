"""The control words of RTF that matter for reading (Rich Text Format Specification 1.9.1)."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "page": "\f", "column": "\f", "emdash": "—", "endash": "–",
    "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
SYMBOLS = {b"~": "\xa0", b"_": "-", b"-": "", b"{": "{", b"}": "}", b"\\": "\\", b"\t": "\t"}

HIDDEN_GROUPS = frozenset((
    "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent", "atnref", "atntime", "atrfend",
    "atrfstart", "background", "bkmkend", "bkmkstart", "colortbl", "fonttbl", "stylesheet", "comment",
    "datafield", "datastore", "do",
    "docvar", "dptxbxtext", "factoidname", "falt", "ffdeftext", "ffentrymcr", "ffexitmcr", "ffformat",
    "ffhelptext", "ffl", "ffname", "ffstattext", "file", "filetbl", "fldinst", "fontemb", "fontfile", "footer",
    "footerf", "footerl", "footerr", "footnote", "formfield", "ftncn", "ftnsep", "ftnsepc", "aftncn", "aftnsep",
    "aftnsepc", "generator", "header", "headerf", "headerl", "headerr", "info", "keywords", "latentstyles",
    "listname", "listoverridetable", "listpicture", "liststylename", "listtable", "listtext", "mailmerge",
    "nesttableprops", "nextfile", "nonesttables", "nonshppict", "objalias", "objclass", "objdata", "objname",
    "objsect", "objtime", "oldcprops", "oldpprops", "oldsprops", "oldtprops", "operator", "panose", "password",
    "passwordhash", "pgp", "pgptbl", "picprop", "pict", "pn", "pnseclvl", "pntext", "pntxta", "pntxtb",
    "private", "protusertbl", "pxe", "revtbl", "rsidtbl", "rxe", "shpinst", "shprslt", "sn", "sp", "subject",
    "sv", "svb", "tc", "tcn", "template", "themedata", "colorschememapping", "title", "txe", "ud", "userprops",
    "wgrffmtfilter", "windowcaption", "writereservation", "writereservhash", "xe", "xform", "xmlnstbl",
    "mmathPr", "mmath", "moMathPr", "fchars", "lchars", "leveltext", "levelnumbers",
))
"""Groups whose text does not stand on the page among the words."""

CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "cp936", 136: "cp950",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}
"""Windows character set number of a font → codec; 1 (default) follows the document, 2 is a symbol font."""
SYMBOL_CHARSET = 2
DOCUMENT_CODECS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
