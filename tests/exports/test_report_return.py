"""What was typed in Word comes back, and nothing that somebody changed is overwritten unseen."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from codebook import coding, merging, report_texts
from codebook.reading import Reading
from corpora.messages import message
from corpora.store.project import Project
from exports import giving, report_return
from exports.paper_word import OWN_TAG
from tests.exports.findings import DUTCH, W, study, words
from tests.exports.test_files import run


def write(project: Project, target: Path) -> list[str]:
    wanted = giving.Wanted(target, "report")
    told = giving.prepare(Reading(project), wanted)
    giving.write(Reading(project), wanted, DUTCH)
    return [DUTCH(line) for line in told]


def body(project: Project, place: str) -> str:
    with project.read() as session:
        return report_texts.body_at(session, place)


def edited(path: Path, change: Any) -> None:
    """Change the document's XML as a word processor would, and leave all else."""
    with zipfile.ZipFile(path) as found:
        files = {name: found.read(name) for name in found.namelist()}
    tree = etree.fromstring(files["word/document.xml"])
    change(tree)
    files["word/document.xml"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    with zipfile.ZipFile(path, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)


def typed(path: Path, place: str, *lines: str) -> None:
    """Type words at a place, over what is there."""
    def change(tree: Any) -> None:
        for holder in tree.iter(f"{W}sdt"):
            if holder.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == OWN_TAG + place:
                for mark in holder.findall(f"{W}sdtPr/{W}showingPlcHdr"):
                    mark.getparent().remove(mark)
                inside = holder.find(f"{W}sdtContent")
                for old in list(inside):
                    inside.remove(old)
                for line in lines:
                    run_of = etree.SubElement(etree.SubElement(inside, f"{W}p"), f"{W}r")
                    etree.SubElement(run_of, f"{W}t").text = line
    edited(path, change)


def elsewhere(path: Path) -> None:
    """Change a sentence that the program made."""
    def change(tree: Any) -> None:
        text = next(t for t in tree.iter(f"{W}t") if t.text and "codeurs gaven samen" in t.text)
        text.text = text.text.replace("gaven", "schonken")
    edited(path, change)


def test_words_typed_in_word_come_into_the_project_and_stay(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    assert write(project, target) == []
    typed(target, "discussie", "Eerste alinea.", "Tweede, met “aanhaling” & meer.")
    typed(target, "inleiding", "Dit onderzoek volgt vier teams.")
    told = write(project, target)
    assert len(told) == 1 and "inleiding" in told[0] and "discussie" in told[0]
    assert body(project, "discussie") == "Eerste alinea.\nTweede, met “aanhaling” & meer."
    assert body(project, "inleiding") == "Dit onderzoek volgt vier teams."
    assert "Tweede, met “aanhaling” & meer." in words(target) and "drie teams" not in words(target)
    assert sorted(p.name for p in tmp_path.glob("*.docx")) == ["r.docx"]
    project.undo()
    assert body(project, "discussie") == "" and body(project, "inleiding") == "Dit onderzoek volgt drie teams."


def test_nothing_typed_is_nothing_taken(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    before = len(project.log())
    assert write(project, target) == [] and len(project.log()) == before


def test_emptied_in_word_is_empty(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    typed(target, "inleiding", "")
    write(project, target)
    assert body(project, "inleiding") == ""


def test_changed_on_both_sides_keeps_both(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    typed(target, "inleiding", "In Word.")
    project.step(message("Own"), lambda s: report_texts.write(s, coding.coder_id(s, "Mirthe"), "inleiding", "Hier."))
    told = write(project, target)
    assert body(project, "inleiding") == "Hier.\n\nIn Word." and any("beide teksten" in line for line in told)
    assert write(project, target) == []


def test_changed_in_the_project_alone_wins(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    project.step(message("Own"), lambda s: report_texts.write(s, coding.coder_id(s, "Mirthe"), "inleiding", "Nieuw."))
    assert write(project, target) == [] and "Nieuw." in words(target)


def test_a_report_changed_elsewhere_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    elsewhere(target)
    told = write(project, target)
    assert "codeurs gaven samen" in words(target) and "schonken" in words(tmp_path / "r (bewaard 1).docx")
    assert len(told) == 1 and "r (bewaard 1).docx" in told[0]
    elsewhere(target)
    write(project, target)
    assert (tmp_path / "r (bewaard 2).docx").exists()


def test_a_report_of_a_later_copy_is_kept_when_an_older_one_writes_over_it(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    project.step(message("Schrijf"), lambda s: report_texts.write(
        s, coding.coder_id(s, "Noor"), "samenvatting", "Wat werkt is samen kijken."))
    write(project, target)
    assert write(project, target) == [] and not (tmp_path / "r (bewaard 1).docx").exists()
    project.undo()
    assert body(project, "samenvatting") == ""
    [told] = write(project, target)
    assert "r (bewaard 1).docx" in told
    assert "samen kijken" in words(tmp_path / "r (bewaard 1).docx") and "samen kijken" not in words(target)
    assert write(project, target) == []


def test_tracked_changes_and_a_file_of_somebody_else_are_kept(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    edited(target, lambda tree: etree.SubElement(next(tree.iter(f"{W}p")), f"{W}ins", {f"{W}id": "900"}))
    write(project, target)
    assert (tmp_path / "r (bewaard 1).docx").exists()
    other = tmp_path / "o.docx"
    other.write_bytes(b"niet van ons")
    write(project, other)
    assert (tmp_path / "o (bewaard 1).docx").read_bytes() == b"niet van ons"


def test_a_report_that_is_refused_keeps_the_earlier_one_in_its_place(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    typed(target, "discussie", "Zoals Fatima zei.")
    before = target.read_bytes()
    with pytest.raises(Exception, match="Fatima"):
        write(project, target)
    assert target.read_bytes() == before and body(project, "discussie") == "Zoals Fatima zei."


def test_the_command_line_reads_back_and_says_so(tmp_path: Path, capsys: Any) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    project.close()
    assert run("export", project.path, target) == 0
    typed(target, "aanbevelingen", "Maak tijd vrij.")
    assert run("export", project.path, target, "--as", "report", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == {"lost": []} and "Maak tijd vrij." in words(target)


def test_a_place_that_is_no_place_is_left_alone(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)

    def change(tree: Any) -> None:
        next(tree.iter(f"{W}tag")).set(f"{W}val", OWN_TAG + "'; drop table")
    edited(target, change)
    typed(target, "'; drop table", "Iets.")
    assert report_return.read_back(project, target, "Mirthe") == report_return.Returned(("titelblad",))
    with project.read() as session:
        assert set(report_texts.all_of(session)) == {"inleiding", "titelblad"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_a_report_saved_by_libreoffice_reads_back(tmp_path: Path) -> None:
    project, target = study(tmp_path), tmp_path / "r.docx"
    write(project, target)
    typed(target, "discussie", "Een alinea.", "Nog een.")
    home = f"-env:UserInstallation=file://{tmp_path}/lo"
    subprocess.run(["soffice", home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir",
                    str(tmp_path / "uit"), str(target)], check=True, capture_output=True, timeout=180)
    found = report_return.read(tmp_path / "uit" / "r.docx")
    assert found is not None and found.is_ours
    assert found.typed() == {"discussie": "Een alinea.\nNog een."}


def test_own_words_of_two_copies_are_all_there_after_merging(tmp_path: Path) -> None:
    study(tmp_path).close()
    project = Project.open(tmp_path / "studie.narratief", "Mirthe")
    shutil.copy(tmp_path / "studie.narratief", tmp_path / "kopie.narratief")
    other = Project.open(tmp_path / "kopie.narratief", "Noor")
    for one, texts in ((project, {"discussie": "Van Mirthe.", "cmo": "Alleen hier."}),
                       (other, {"discussie": "Van Noor.", "samenvatting": "Alleen daar."})):
        for place, words_ in texts.items():
            one.step(message("Own"), lambda s, p=place, w=words_: report_texts.write(
                s, coding.coder_id(s, "Mirthe"), p, w))
    other.close()
    merging.merge(project, [str(tmp_path / "kopie.narratief")])
    assert (body(project, "cmo"), body(project, "samenvatting")) == ("Alleen hier.", "Alleen daar.")
    with project.read() as session:
        one = report_texts.all_of(session)["discussie"]
        kept = [memo.body for memo in report_texts.kept_beside(session)[one.id]]
    assert one.body == "Van Noor." and len(kept) == 1 and "Van Mirthe." in kept[0]
