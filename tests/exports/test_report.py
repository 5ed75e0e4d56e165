"""The report: numbers against a count by hand, what stands where, the same bytes, and a document that Word opens."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from codebook import coding, report_texts
from codebook.reading import Reading
from corpora.messages import message
from exports import giving, report
from exports.paper import Figure, Heading, Paper, Quotation, Table, numbered
from tests.exports.findings import DUTCH, LINES, W, document_of, reading, study, words

HEADS = ["Inleiding", "Methode", "Resultaten", "CMO-analyse", "Discussie", "Conclusie", "Aanbevelingen", "Codeboek",
         "Codecombinaties", "Verantwoording van de bevindingen"]


def paper(found: Reading) -> Paper:
    with found.project.read() as session:
        return report.report(found, session, DUTCH)


def table(made: Paper, caption: str) -> list[tuple[str, ...]]:
    return next(list(p.rows) for p in made.parts if isinstance(p, Table) and p.caption == caption)


def said(made: Paper) -> str:
    return "\n".join(text for _section, text in made.texts())


def test_the_chapters_stand_in_the_order_of_the_method(tmp_path: Path) -> None:
    made = paper(reading(tmp_path))
    chapters = [(number, part.text) for part, number in numbered(made.parts)
                if isinstance(part, Heading) and part.level == 1 and not part.bare]
    assert [text for _number, text in chapters] == HEADS
    assert [number for number, _text in chapters] == [*"1234567", *"ABC"]


def test_the_numbers_of_the_method_are_those_of_the_project(tmp_path: Path) -> None:
    made = paper(reading(tmp_path))
    n = len(" ".join(LINES).replace("Fatima", "Persoon A").split())
    assert table(made, "Het materiaal naar soort") == [
        ("Interviews", "2", str(2 * n + 4), "8"), ("Logboeken", "1", str(n + 1), "4")]
    assert table(made, "Respondenten per groep") == [("Leercoaches", "2", "2", "8"), ("Wijkteamleden", "1", "1", "4")]
    # Noor: 3 codes on each of 12 narratieven; Sem: 2 on each.
    assert "2 codeurs gaven samen 60 codes." in said(made)
    assert "12 van de 12 narratieven zijn door twee of meer van de 2 codeurs bekeken" in said(made)
    rows = table(made, "Overeenstemming tussen codeurs per facet")
    assert [row[0] for row in rows] == ["WAT", "WIE", "HOE"] and {row[3] for row in rows} == {"12"}
    assert all(re.fullmatch(r"-?\d,\d\d", row[1]) for row in rows)


def test_one_coder_has_nobody_to_agree_with(tmp_path: Path) -> None:
    project = study(tmp_path)
    with project.read() as session:
        sem = coding.coder_id(session, "Sem")
    from codebook.models import Coding
    from corpora.store.writing import delete_rows

    def drop(session):  # type: ignore[no-untyped-def]
        rows = session.query(Coding).filter(Coding.coder_id == sem).all()
        delete_rows(session, Coding, [row.id for row in rows])
    project.step(message("Away"), drop)
    made = paper(Reading(project))
    assert "Overeenstemming tussen codeurs is niet te geven" in said(made)
    assert not any(isinstance(p, Table) and "per facet" in p.caption for p in made.parts)


def test_findings_with_quotes_by_role_and_what_they_rest_on(tmp_path: Path) -> None:
    made = paper(reading(tmp_path))
    [quote] = [p for p in made.parts if isinstance(p, Quotation)]
    assert (quote.text, quote.role) == ("Een echte casus op tafel, daar leer ik het meest van.", "leercoach")
    assert "Gedragen door 3 narratieven uit 3 documenten, 3 respondenten (Leercoaches, Wijkteamleden). " \
           "Weersproken door 1 narratief." in said(made)
    heads = [p.text for p in made.parts if isinstance(p, Heading)]
    at = heads.index("Deelvraag 1 Wat werkt")
    assert heads[at + 1:at + 3] == ["Werkzame factoren", "Samen aan een casus"]
    assert "Bij deze deelvraag zijn nog geen patronen beschreven." in said(made)
    [row] = [r for r in table(made, "Conclusies per deelvraag en kernelement") if r[1] == "Samen aan een casus"]
    assert row[2:] == ("Casusleren werkt.", "3 narratieven\n3 respondenten")


def test_the_kernelement_with_configuration_synthesis_and_sheet(tmp_path: Path) -> None:
    made = paper(reading(tmp_path))
    assert table(made, "Configuratie: Doorvragen") == [
        ("leercoach: rust (steunend)", "(nog open)", "burger: een eigen plan")]
    assert table(made, "Wat de focusgroep schreef over Casusleren") == [
        ("Verbeterpunten", "• een oefenavond (facilitator)")]
    assert "Rust op 1 configuratie, 1 narratief en 1 respondent, uit 1 respondentgroep." in said(made)


def test_every_claim_leads_to_narratieven_coders_and_dates(tmp_path: Path) -> None:
    made = paper(reading(tmp_path))
    rows = {row[0].split()[0]: row for row in table(made, "Waar elke bevinding op rust")}
    assert set(rows) == {"P1", "P2", "Q1", "S1", "C1"}
    assert rows["P1"][1].split("\n") == ["Gesprek 1: 1", "Gesprek 2: 1", "Logboek: 1, –4"]
    assert rows["P1"][2].startswith("Noor, Sem\n") and rows["P1"][3].endswith("Mirthe")
    assert rows["P2"][1] == "geen"


def test_more_coding_gives_new_numbers_and_keeps_own_words(tmp_path: Path) -> None:
    project = study(tmp_path)
    target = tmp_path / "rapport.docx"
    giving.write(Reading(project), giving.Wanted(target, "report"), DUTCH)
    before = words(target)
    narratief = Reading(project).index.narratief_id[0]
    code = next(c.id for c in Reading(project).catalogue.codes if c.label == "burger")
    project.step(message("Code"), lambda s: coding.apply(s, coding.coder_id(s, "Yara"), [int(narratief)], [code]))
    giving.write(Reading(project), giving.Wanted(target, "report"), DUTCH)
    assert "2 codeurs gaven samen 60 codes." in before and "3 codeurs gaven samen 61 codes." in words(target)
    assert "Dit onderzoek volgt drie teams." in words(target)


def test_the_same_project_gives_the_same_bytes(tmp_path: Path) -> None:
    project = study(tmp_path)
    for ending in (".docx", ".pdf"):
        for name in ("a", "b"):
            giving.write(Reading(project), giving.Wanted(tmp_path / f"{name}{ending}", "report"), DUTCH)
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_an_empty_project_has_a_report_too(tmp_path: Path) -> None:
    from codebook import founding

    project = founding.found(tmp_path / "leeg.narratief")
    for ending in (".docx", ".pdf"):
        giving.write(Reading(project), giving.Wanted(tmp_path / f"r{ending}", "report"), DUTCH)
        assert (tmp_path / f"r{ending}").stat().st_size > 1000


# the file itself


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rapport")
    giving.write(reading(folder), giving.Wanted(folder / "rapport.docx", "report"), DUTCH)
    return folder / "rapport.docx"


def test_every_part_is_well_formed_and_every_relation_leads_somewhere(written: Path) -> None:
    with zipfile.ZipFile(written) as found:
        names = set(found.namelist())
        assert len(names) == len(found.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(found.read(name))
        for name in (n for n in names if n.endswith(".rels")):
            base = Path(name).parent.parent
            for relation in etree.fromstring(found.read(name)):
                if relation.get("TargetMode") != "External":
                    target = relation.get("Target")
                    place = target.lstrip("/") if target.startswith("/") else (base / target).as_posix()
                    assert re.sub(r"[^/]+/\.\./", "", place) in names, (name, target)
        types = etree.fromstring(found.read("[Content_Types].xml"))
        overridden = {one.get("PartName").lstrip("/") for one in types if one.get("PartName")}
        endings = {one.get("Extension") for one in types if one.get("Extension")}
        assert all(n in overridden or n.rpartition(".")[2] in endings for n in names - {"[Content_Types].xml"})


def test_bookmarks_and_controls_are_unique_and_links_lead_to_them(written: Path) -> None:
    body = document_of(written)
    starts = [b.get(f"{W}id") for b in body.iter(f"{W}bookmarkStart")]
    names = [b.get(f"{W}name") for b in body.iter(f"{W}bookmarkStart")]
    ends = [b.get(f"{W}id") for b in body.iter(f"{W}bookmarkEnd")]
    assert len(set(starts)) == len(starts) and sorted(starts) == sorted(ends) and len(set(names)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in names)
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert anchors <= set(names) and {"bron_P1", "bron_S1", "bron_C1", "bron_Q1"} <= anchors
    controls = [one.get(f"{W}val") for one in body.iter(f"{W}sdtPr") for one in one.iter(f"{W}id")]
    assert len(set(controls)) == len(controls) > 8
    shown = [one.get("id") for one in body.iter("{http://schemas.openxmlformats.org/drawingml/2006/"
                                                "wordprocessingDrawing}docPr")]
    assert len(set(shown)) == len(shown) == 2


P_PR = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
        "pBdr", "shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr"]
R_PR = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "strike", "color", "spacing", "w", "kern", "position", "sz",
        "szCs", "highlight", "u", "lang"]
STYLE = ["name", "aliases", "basedOn", "next", "link", "autoRedefine", "hidden", "uiPriority", "semiHidden",
         "unhideWhenUsed", "qFormat", "locked", "rsid", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblStylePr"]
TBL_PR = ["tblStyle", "tblpPr", "tblW", "jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]
TR_PR = ["cantSplit", "tblHeader"]
SDT_PR = ["alias", "tag", "id", "showingPlcHdr"]


@pytest.mark.parametrize(("part", "name", "order"), [
    ("document", "pPr", P_PR), ("document", "rPr", R_PR), ("styles", "pPr", P_PR), ("styles", "rPr", R_PR),
    ("styles", "style", STYLE), ("document", "tblPr", TBL_PR), ("document", "sdtPr", SDT_PR),
    ("document", "trPr", TR_PR)])
def test_elements_stand_in_the_order_of_the_schema(written: Path, part: str, name: str, order: list[str]) -> None:
    with zipfile.ZipFile(written) as found:
        tree = etree.fromstring(found.read(f"word/{part}.xml"))
    seen = 0
    for one in tree.iter(f"{W}{name}"):
        children = [etree.QName(child).localname for child in one if etree.QName(child).localname in order]
        assert children == sorted(children, key=order.index), (part, name, children)
        seen += len(children)
    assert seen


def test_styles_fields_captions_and_language(written: Path) -> None:
    body = document_of(written)
    used = {p.get(f"{W}val") for p in body.iter(f"{W}pStyle")}
    with zipfile.ZipFile(written) as found:
        styles = etree.fromstring(found.read("word/styles.xml"))
        numbering = etree.fromstring(found.read("word/numbering.xml"))
        footer = b"".join(found.read(n) for n in found.namelist() if n.startswith("word/footer"))
    known = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    assert used <= known and {"Heading1", "Heading2", "Caption", "Citaatkader", "Bijlagekop", "TOC1"} <= {
        one.replace("toc", "TOC") for one in used}
    codes = [i.text.strip() for i in body.iter(f"{W}instrText")]
    assert codes[0].startswith("TOC ") and sum(c.startswith("SEQ Tabel") for c in codes) >= 8
    assert sum(c.startswith("SEQ Figuur") for c in codes) == 2 and b"NUMPAGES" in footer
    assert styles.find(f".//{W}lang").get(f"{W}val") == "nl-NL"
    orders = [etree.QName(one).localname for one in numbering]
    assert orders == sorted(orders, key=["abstractNum", "num"].index)
    begins = [f.get(f"{W}fldCharType") for f in body.iter(f"{W}fldChar")]
    assert begins.count("begin") == begins.count("separate") == begins.count("end")


def test_the_contents_are_right_before_word_counts(written: Path) -> None:
    lines = words(written).split("\n")
    at = lines.index("Inhoud")
    assert lines[at + 1:at + 4] == ["1  Inleiding", "1.1  Onderzoeksvragen", "2  Methode"]
    assert "A  Codeboek" in lines[at:at + 40]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_libreoffice_opens_the_report(written: Path, tmp_path: Path) -> None:
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(written)],
                   check=True, capture_output=True, timeout=180)
    pages = pypdfium2.PdfDocument(tmp_path / "rapport.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert len(pages) > 8 and "4.1.2" in text and "Tabel 1. Het materiaal naar soort" in text


def test_the_pdf_holds_the_same_words_and_no_empty_places(tmp_path: Path) -> None:
    giving.write(reading(tmp_path), giving.Wanted(tmp_path / "r.pdf", "report"), DUTCH)
    pages = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert "Teams leren aan een echte casus." in text and "Dit onderzoek volgt drie teams." in text
    assert "Typ hier" not in text and "Discussie" not in text
    assert next(item.get_title() for item in pages.get_toc()).endswith("Inleiding")


def test_figures_say_in_words_what_they_show(tmp_path: Path) -> None:
    bars, heat = [p for p in paper(reading(tmp_path)).parts if isinstance(p, Figure)]
    assert "Werkzame factor 9" in bars.alt and "Verbeterpunt 6" in bars.alt and "WAT" in heat.alt


def test_places_of_own_words_are_fixed(tmp_path: Path) -> None:
    found = reading(tmp_path)
    places = [own.place for own in report.places(paper(found))]
    assert places[:2] == ["titelblad", "samenvatting"] and all(map(report_texts.is_place, places))
    assert len(set(places)) == len(places) == 9 + 2 + 1
