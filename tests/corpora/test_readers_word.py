"""Word and OpenDocument texts, read as the programs show them."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import docx
import pytest
from odf import opendocument, style, table, text

from corpora.readers import SourceText, read

_WORD = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
         'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
         'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
         'xmlns:v="urn:schemas-microsoft-com:vml"')
_ODF = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in (
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"),
    ("fo", "xsl-fo-compatible")))


def word(folder: Path, body: str, styles: str = "") -> SourceText:
    """A document with this body, read."""
    path = folder / "gesprek.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {_WORD}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {_WORD}>{styles}</w:styles>")
    return read(path)


def odt(folder: Path, body: str, styles: str = "") -> SourceText:
    """An OpenDocument text with this body, read."""
    path = folder / "gesprek.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml",
                         f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
                         f"<office:body><office:text>{body}</office:text></office:body></office:document-content>")
    return read(path)


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def bold(source: SourceText) -> list[str]:
    return [source.text[start:end] for block in source.blocks for start, end in block.bold]


def shown(source: SourceText) -> list[str]:
    return [source.text[block.start:block.end] for block in source.blocks]


WORD_TEXTS = {
    "soft break": (par("<w:r><w:t>een</w:t><w:br/><w:t>twee</w:t><w:cr/><w:tab/><w:t>drie</w:t></w:r>"),
                   "een\ntwee\n\tdrie"),
    "insertion": (par(run("Ik ") + f'<w:ins w:id="1">{run("ging ")}</w:ins>' + run("weg")), "Ik ging weg"),
    "deletion": (par(run("Ik ") + '<w:del w:id="1"><w:r><w:delText>was </w:delText><w:tab/></w:r></w:del>'
                     + run("weg")), "Ik weg"),
    "move": (par(f"<w:moveFrom>{run('oud')}</w:moveFrom><w:moveTo>{run('nieuw')}</w:moveTo>"), "nieuw"),
    "deleted mark": (par(run("Half "), "<w:rPr><w:del/></w:rPr>") + par(run("heel")), "Half heel"),
    "content control": ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + par(run("veld"))
                        + "</w:sdtContent></w:sdt>" + par(f"<w:sdt><w:sdtContent>{run('x')}</w:sdtContent></w:sdt>"),
                        "veld\nx"),
    "hyperlink": (par(f"<w:hyperlink>{run('kijk')}</w:hyperlink><w:smartTag>{run(' hier')}</w:smartTag>"),
                  "kijk hier"),
    "field": (par('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
                  + run("code") + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("3 mei")
                  + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("!")), "3 mei!"),
    "broken field": (par('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("Blijft")), "Blijft"),
    "hidden": (par(run("zicht") + run("geheim", "<w:vanish/>") + run("baar", '<w:vanish w:val="0"/>')), "zichtbaar"),
    "notes": (par(run("woord") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
                  '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'), "woord"),
    "signs": (par('<w:r><w:t>Anne</w:t><w:noBreakHyphen/><w:t>Marie</w:t><w:softHyphen/>'
                  '<w:sym w:font="Wingdings" w:char="F04A"/></w:r>'), "Anne-Marie☺"),
    "page break": (par('<w:r><w:br w:type="page"/><w:t>een</w:t><w:br w:type="page"/><w:t>twee</w:t></w:r>'),
                   "een\ntwee"),
    "text box once": (par(run("voor") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
                          "<w:txbxContent>" + par(run("kader")) + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
                          "<mc:Fallback><w:pict><v:textbox><w:txbxContent>" + par(run("oud kader"))
                          + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                          + run(" na")), "voor na\nkader"),
    "emoji and RTL": (par(run("👩‍👧 مرحبا")), "👩‍👧 مرحبا"),
}


@pytest.mark.parametrize("case", WORD_TEXTS)
def test_word_text_is_what_word_shows(tmp_path: Path, case: str) -> None:
    body, expected = WORD_TEXTS[case]
    source = word(tmp_path, body)
    assert source.text == expected
    assert "\n".join(shown(source)) == expected


def test_word_bold_comes_from_runs_and_styles(tmp_path: Path) -> None:
    styles = ('<w:style w:type="paragraph" w:styleId="Vraag"><w:rPr><w:b/></w:rPr></w:style>'
              '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Vraag"/></w:style>'
              '<w:style w:type="character" w:styleId="Vet"><w:rPr><w:b/></w:rPr></w:style>')
    source = word(tmp_path, par(run("I:", "<w:b/>") + run(" ") + run("vet", '<w:rStyle w:val="Vet"/>'))
                  + par(run("Hele vraag") + run("niet", '<w:b w:val="0"/>') + run("om", '<w:rStyle w:val="Vet"/>'),
                        '<w:pStyle w:val="Sub"/>'), styles)
    assert bold(source) == ["I:", "vet", "Hele vraag"]


def test_word_headings_come_from_styles_and_outline(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>'
    source = word(tmp_path, par(run("Kop"), '<w:pStyle w:val="Kop1"/>') + par(run("Gewoon"))
                  + par(run("Ook"), '<w:outlineLvl w:val="1"/>'), styles)
    assert [block.heading for block in source.blocks] == [True, False, True]


def test_word_tables_nested_and_merged(tmp_path: Path) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{par(run('x'))}</w:tc><w:tc>{par(run('y'))}</w:tc></w:tr></w:tbl>"
    rows = (f"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{par(run('I'))}</w:tc>"
            f"<w:tc>{par(run('een'))}{par(run('twee'))}</w:tc></w:tr>"
            f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{par(run('weg'))}</w:tc></w:tr>"
            f"<w:tr><w:tc>{par('')}{inner}</w:tc><w:tc>{par(run('R'))}</w:tc></w:tr>")
    source = word(tmp_path, par(run("voor")) + f"<w:tbl>{rows}</w:tbl>" + par(run("na")))
    assert source.text == "voor\nI\teen\ntwee\n\nx\ty\tR\nna"
    assert [block.cell for block in source.blocks] == [
        None, (0, 0, 0), (0, 0, 2), (0, 0, 2), (0, 1, 0), (1, 0, 0), (1, 0, 1), (0, 1, 1), None]


def test_word_from_python_docx_without_header(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
    document.add_heading("Gesprek", 1)
    document.add_paragraph("").add_run("I: ").bold = True
    document.save(str(tmp_path / "a.docx"))
    source = read(tmp_path / "a.docx")
    assert source.text == "Gesprek\nI: "
    assert source.blocks[0].heading
    assert bold(source) == ["Gesprek", "I: "]


def test_word_of_the_strict_dialect(tmp_path: Path) -> None:
    path = tmp_path / "strict.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships><Relationship Target="/word/hoofd.xml" Type='
                         '"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"/></Relationships>')
        archive.writestr("word/hoofd.xml", '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
                         "<w:body><w:p><w:r><w:t>Streng</w:t></w:r></w:p></w:body></w:document>")
    assert read(path).text == "Streng"


ODT_TEXTS = {
    "breaks": ('<text:p>een<text:line-break/>twee<text:tab/>d<text:s text:c="2"/>rie</text:p>', "een\ntwee\td  rie"),
    "white space": ("<text:p>\n   een\n  twee <text:span> drie</text:span></text:p>", "een twee drie"),
    "changes": ("<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
                "</text:changed-region></text:tracked-changes><text:p>Ik <text:change-start/>ging"
                "<text:change-end/><text:change/>.</text:p>", "Ik ging."),
    "notes": ("<text:p>woord<office:annotation><text:p>opmerking</text:p></office:annotation><text:note>"
              "<text:note-body><text:p>noot</text:p></text:note-body></text:note>en</text:p>", "woorden"),
    "list and box": ("<text:list><text:list-item><text:p>punt</text:p></text:list-item></text:list><text:p>a"
                     "<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>b</text:p>",
                     "punt\nab\nkader"),
}


@pytest.mark.parametrize("case", ODT_TEXTS)
def test_odt_text_is_what_writer_shows(tmp_path: Path, case: str) -> None:
    body, expected = ODT_TEXTS[case]
    assert odt(tmp_path, body).text == expected


def test_odt_bold_hidden_and_headings(tmp_path: Path) -> None:
    styles = ('<style:style style:name="V" style:family="text"><style:text-properties fo:font-weight="bold"/>'
              '</style:style><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
              '<style:style style:name="G" style:family="text"><style:text-properties text:display="none"/>'
              "</style:style>")
    source = odt(tmp_path, '<text:h>Kop</text:h><text:p text:style-name="P1">Titel</text:p><text:p>'
                 '<text:span text:style-name="V">I:</text:span> ja<text:span text:style-name="G">weg</text:span>'
                 "</text:p>", styles)
    assert source.text == "Kop\nTitel\nI: ja"
    assert bold(source) == ["I:"]
    assert [block.heading for block in source.blocks] == [True, True, False]


def test_odt_table_from_odfpy(tmp_path: Path) -> None:
    document = opendocument.OpenDocumentText()
    strong = style.Style(name="Vet", family="text")
    strong.addElement(style.TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(strong)
    grid = table.Table(name="t")
    for speaker, words in (("I", "Hoe was het?"), ("R", "Goed.")):
        row = table.TableRow()
        for content in (speaker, words):
            cell = table.TableCell()
            cell.addElement(text.P(text=content))
            row.addElement(cell)
        grid.addElement(row)
    document.text.addElement(grid)
    document.save(str(tmp_path / "t.odt"))
    source = read(tmp_path / "t.odt")
    assert source.text == "I\tHoe was het?\nR\tGoed."
    assert [block.cell for block in source.blocks] == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)]


def test_odt_repeated_cells_stay_few(tmp_path: Path) -> None:
    source = odt(tmp_path, '<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                 'table:number-columns-repeated="16384"/><table:table-cell><text:p>einde</text:p></table:table-cell>'
                 "</table:table-row></table:table>")
    assert source.text == "\teinde"
    assert source.blocks[1].cell == (0, 0, 16384)


def test_word_of_ten_thousand_words_is_quick(tmp_path: Path) -> None:
    body = "".join(par(run("R: ", "<w:b/>") + run("zo ging het dan " * 25)) for _ in range(100))
    word(tmp_path, body)
    start = time.perf_counter()
    source = word(tmp_path, body)
    assert len(source.text.split()) == 10_100
    assert time.perf_counter() - start < 0.5
