"""The commands of the command line: their words and options."""

from __future__ import annotations

import argparse
from typing import Any

from corpora.models import KINDS
from workbench.cli import agree, ask, bring, cut, forms, give, make, realist, team, together

Sub = Any


def add_all(sub: Sub) -> None:
    """Add every command to the parser."""
    for add in (_projects, _material, _cutting, _coding, _asking, _agreeing, _team, _realist, _together, _giving):
        add(sub)


def _command(sub: Sub, name: str, run: Any, help_text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = sub.add_parser(name, help=help_text)
    parser.set_defaults(run=run)
    return parser


def _projects(sub: Sub) -> None:
    demo = _command(sub, "demo", make.demo, "write the sample study and open it")
    demo.add_argument("project", nargs="?", default=None)
    demo.add_argument("--no-window", action="store_true")
    new = _command(sub, "new", make.new, "an empty project")
    new.add_argument("project", nargs="?", default=None)
    new.add_argument("--codebook", default=None, help="a shipped name, a file, or «list»")
    info = _command(sub, "info", make.info, "counts of a project")
    _project(info)
    check = _command(sub, "check", make.check, "integrity of a project")
    _project(check)
    move = _command(sub, "move", make.move, "copy a project between file and server")
    _project(move)
    move.add_argument("target", metavar="TARGET")
    log = _command(sub, "log", make.log, "the change log")
    _project(log)


def _project(parser: argparse.ArgumentParser, *, json: bool = True) -> None:
    parser.add_argument("project", metavar="PROJECT")
    if json:
        parser.add_argument("--json", action="store_true")


def _material(sub: Sub) -> None:
    bringing = _command(sub, "import", bring.import_documents, "read documents")
    _project(bringing)
    bringing.add_argument("files", nargs="+", metavar="FILE")
    bringing.add_argument("--kind", choices=KINDS, default=None,
                          help="what the files are; without it their names tell")
    bringing.add_argument("--group", default=None)
    bringing.add_argument("--segment", action="store_true")
    bringing.add_argument("--dry-run", action="store_true")
    text = _command(sub, "text", bring.text, "a document's text, turns and narratieven")
    _project(text)
    text.add_argument("title")
    attributes = _command(sub, "attributes", bring.attributes, "attributes of documents from a table")
    _project(attributes)
    attributes.add_argument("what", choices=["import"])
    attributes.add_argument("file")
    names = _command(sub, "pseudonymise", bring.pseudonymise, "suggest, replace and forget names")
    _project(names)
    choice = names.add_mutually_exclusive_group(required=True)
    choice.add_argument("--suggest", action="store_true")
    choice.add_argument("--names", metavar="FILE.csv")
    choice.add_argument("--destroy-key", action="store_true")


def _cutting(sub: Sub) -> None:
    segment = _command(sub, "segment", cut.segment, "propose or set narratieven")
    _project(segment)
    segment.add_argument("titles", nargs="*", metavar="TITLE")
    segment.add_argument("--boundaries", metavar="FILE.csv")
    segment.add_argument("--coder", default=None)
    segment.add_argument("--replace", action="store_true")


def _coding(sub: Sub) -> None:
    book = _command(sub, "codebook", cut.codebook, "list, import or export the codebook")
    _project(book)
    book.add_argument("what", choices=["list", "import", "export"])
    book.add_argument("file", nargs="?")
    code = _command(sub, "code", cut.code, "bulk codings from a table")
    _project(code)
    code.add_argument("file")
    code.add_argument("--coder", required=True)
    code.add_argument("--remove", action="store_true")


def _asking(sub: Sub) -> None:
    query = _command(sub, "query", ask.query, "a combination of codes")
    _project(query)
    query.add_argument("expression")
    _table_options(query)
    search = _command(sub, "search", ask.search, "full text")
    _project(search)
    search.add_argument("words", nargs="+")
    grid = _command(sub, "grid", ask.grid, "every combination of codes")
    _project(grid)
    grid.add_argument("--facet", action="append", required=True, metavar="FACET=a,b")
    _table_options(grid, unit=False)
    cross = _command(sub, "cooccurrence", ask.cooccurrence, "facet by facet")
    _project(cross)
    for words in ("--rows", "--columns"):
        cross.add_argument(words, required=True, metavar="FACET[=a,b]")
    cross.add_argument("--fold", action="store_true", help="count sub-codes with the code above them")
    cross.add_argument("--where", default=None, metavar="EXPRESSION")
    _table_options(cross, unit=False)
    cross.add_argument("--unit", choices=["narratief", "document", "respondent", "group"], default="narratief")


def _table_options(parser: argparse.ArgumentParser, *, unit: bool = True) -> None:
    parser.add_argument("--codings", default="any", metavar="any|decided|NAME")
    parser.add_argument("--xlsx", metavar="FILE")
    if unit:
        parser.add_argument("--unit", choices=["narratief", "document", "group"], default="narratief")


def _agreeing(sub: Sub) -> None:
    agreement = _command(sub, "agreement", agree.agreement, "how far coders agree")
    _project(agreement)
    agreement.add_argument("--coders", default=None, metavar="A,B")
    agreement.add_argument("--where", default=None, metavar="EXPRESSION")
    agreement.add_argument("--xlsx", metavar="FILE")
    decisions = _command(sub, "adjudicate", agree.adjudicate, "decisions from a table")
    _project(decisions)
    decisions.add_argument("file")
    decisions.add_argument("--coder", default=None, help="who decides; the user of this computer when left out")
    statistics = _command(sub, "statistics", agree.statistics, "compute what a vector file asks for")
    statistics.add_argument("file")
    statistics.add_argument("--json", action="store_true")


def _team(sub: Sub) -> None:
    coders = _command(sub, "coders", team.coders, "who codes, and how far everybody is")
    _project(coders)
    coders.add_argument("--add", metavar="NAME", help="a new coder, or another --role for one who is there")
    coders.add_argument("--role", choices=["student", "onderzoeker"])
    coders.add_argument("--blind", choices=["on", "off"], help="students see others' codes once a document is ready")
    assign = _command(sub, "assign", team.assign, "who codes what, by title or planned")
    _project(assign)
    assign.add_argument("titles", nargs="*", metavar="TITLE")
    assign.add_argument("--coder", metavar="NAME", help="who codes these documents")
    assign.add_argument("--remove", action="store_true", help="take that back")
    assign.add_argument("--plan", metavar="A,B", help="divide all documents over these coders")
    assign.add_argument("--overlap", type=float, default=20.0, metavar="PERCENT", help="of the work, coded double")
    assign.add_argument("--times", type=int, default=2, help="how many coders code that")
    assign.add_argument("--by", choices=["narratieven", "words"], default="narratieven", help="divide evenly by")
    assign.add_argument("--seed", type=int, default=1)
    assign.add_argument("--only-new", action="store_true", help="only documents that nobody has yet")
    assign.add_argument("--dry-run", action="store_true", help="show the plan, assign nothing")


def _realist(sub: Sub) -> None:
    cmo = _command(sub, "cmo", realist.cmo, "context, mechanisme and outcome per kernelement")
    _project(cmo)
    cmo.add_argument("what", nargs="?", choices=["import"], help="bring findings (.json) or a filled form (.docx) in")
    cmo.add_argument("file", nargs="?", metavar="FILE")
    cmo.add_argument("--kernelement", default=None, metavar="NAME")
    cmo.add_argument("--codings", default="any", metavar="any|decided|NAME")
    cmo.add_argument("--coder", default=None, help="who brings in; the user of this computer when left out")
    cmo.add_argument("--xlsx", metavar="FILE")
    cmo.add_argument("--docx", metavar="FILE")
    form = _command(sub, "form", forms.form, "an empty form to print or to fill in")
    form.add_argument("name", nargs="?", metavar="NAME")
    form.add_argument("file", nargs="?", metavar="FILE.docx")
    form.add_argument("--list", action="store_true", help="the forms that there are")
    form.add_argument("--json", action="store_true")
    form.add_argument("--paper", choices=["A4", "A3"], default="A4")
    form.add_argument("--project", default=None, help="for the kernelementen of this project")
    form.add_argument("--kernelement", action="append", default=[], metavar="NAME")


def _together(sub: Sub) -> None:
    pack = _command(sub, "package", together.package, "a copy for one coder")
    _project(pack)
    pack.add_argument("file")
    pack.add_argument("--coder", required=True, metavar="NAME")
    pack.add_argument("--blind", action="store_true", help="without the work of other coders")
    merge = _command(sub, "merge", together.merge, "bring the work of copies in")
    _project(merge)
    merge.add_argument("others", nargs="+", metavar="OTHER")
    merge.add_argument("--dry-run", action="store_true", help="show what would happen and change nothing")
    merge.add_argument("--resolve", action="append", default=[], metavar="KIND=CHOICE",
                       help="another way than the default for a kind of conflict, such as same_name=both")


def _giving(sub: Sub) -> None:
    export = _command(sub, "export", give.export, "write tables and texts")
    _project(export)
    export.add_argument("file")
    export.add_argument("--as", dest="form", default=None)
    export.add_argument("--codings", default="any", metavar="any|decided|NAME")
    export.add_argument("--document", default=None, metavar="TITLE")
    export.add_argument("--group", default=None, metavar="NAME")
