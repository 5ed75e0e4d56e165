"""Transcripts in the conventions Dutch researchers use, each with its turns marked by hand.

In a case ⟦…⟧ is a turn of the interviewer and ⟪…⟫ one of somebody else; the marks are taken out before the test.
"""

# ruff: noqa: E501 (a transcript's lines are as long as people type them)

from __future__ import annotations

import re

import pytest

from corpora.transcripts import recognise_text

CASES = {
    "brackets on lines": """
[⟦Kunt u een gewone werkdag in het team beschrijven?⟧]
⟪Nou, we beginnen meestal met de post. Daarna ga ik op huisbezoek.⟫
[⟦En hoe bevalt dat?⟧]
⟪Goed. Het is alleen erg druk, zeker op maandag.⟫
""",
    "brackets inside a paragraph": """
⟪Ik werk hier nu drie jaar.⟫ [⟦En daarvoor?⟧] ⟪Daarvoor zat ik bij de thuiszorg.⟫ [⟦Mist u dat nog weleens?⟧] ⟪Nee, eigenlijk niet.⟫
""",
    "bracket over several paragraphs": """
[⟦Fijn dat u tijd heeft. Ik zal eerst iets over het onderzoek vertellen.

We praten met mensen uit vier teams en alles blijft anoniem.

Kunt u om te beginnen iets over uzelf vertellen?⟧]
⟪Ik ben van huis uit verpleegkundige.

Later ben ik in de wijk gaan werken.⟫
""",
    "notes stay where they are": """
[⟦Wat deed dat met u?⟧]
⟪[zucht] Tja, dat was niet makkelijk. [stilte] Ik heb toen met [naam collega] gebeld, die werkt bij [organisatie]. [lacht] En die zei [onverstaanbaar 00:12:31] dus ja.
[telefoon gaat]
Sorry, waar was ik? O ja, in [plaats] dus [...] daar ging het beter [?].⟫
[⟦Wat ging er beter?⟧]
⟪Het overleg [sic] vooral. [00:14:02] We zagen elkaar vaker.⟫
""",
    "nested note": """
[⟦En toen zei u dat zo [lacht] tegen uw leidinggevende?⟧]
⟪Ja, letterlijk zo.⟫
[⟦Mooi. Wat gebeurde er daarna?⟧]
⟪Niks [grinnikt].⟫
""",
    "small reactions in brackets": """
[⟦Hoe gaat het samenwerken?⟧]
⟪Wisselend. Met de huisarts gaat het goed⟫ [⟦ja⟧] ⟪maar met de gemeente loopt het stroef.⟫ [⟦Hm-hm.⟧] ⟪Dat komt door de regels.⟫
[⟦Oké.⟧]
⟪En door de wisselingen.⟫
""",
    "unclosed bracket": """
[⟦Kunt u daar een voorbeeld van geven?⟧
⟪Een mevrouw uit de flat had drie hulpverleners over de vloer.⟫
[⟦En wat deden jullie toen?⟧]
⟪We zijn samen om tafel gegaan.⟫
""",
    "bracket that was never opened": """
[⟦Hoe lang werkt u hier?⟧]
⟪Vier jaar.⟫
⟦Waarom bent u overgestapt?⟧]
⟪Ik wilde dichter bij de mensen staan.⟫
""",
    "bracket statement without question mark": """
[⟦Vertel eens iets over het team.⟧]
⟪We zijn met zijn achten.⟫
[⟦Dus u bent eigenlijk een klein team.⟧]
⟪Klein maar fijn.⟫
[⟦Dat snap ik. Ik wil het nu graag hebben over de leerbijeenkomsten.⟧]
⟪Die zijn om de zes weken.⟫
""",
    "explanations in brackets": """
[⟦Wie was daarbij?⟧]
⟪Zij [de wijkverpleegkundige] en hij [hij bedoelt de wijkagent] waren erbij. En [het] team natuurlijk. [respondent pakt een map uit de kast] Kijk, hier staat het.⟫
[⟦Wat staat daar precies?⟧]
⟪De afspraken van vorig jaar. [er komt iemand binnen] Momentje.⟫
""",
    "labels I and R": """
I: ⟦Goedemiddag, fijn dat u er bent.⟧
R: ⟪Graag gedaan.⟫
I: ⟦Kunt u wat over uw werk vertellen?⟧
R: ⟪Ik begeleid gezinnen. Ik zei laatst nog: dat kan zo niet langer.⟫
""",
    "legend on one line, labels inside lines": """
I: Interviewer R1: respondent 1 R2: respondent 2

I: ⟦Hoe is het team begonnen?⟧ R1: ⟪Met een flipover en veel koffie.⟫ R2: ⟪En met ruzie.⟫ I: ⟦Met ruzie?⟧ R2: ⟪Ja, over de taken.⟫
""",
    "legend on several lines with =": """
Legenda:
I = interviewer
R1 = wijkteamlid, vrouw
R2 = leercoach

I: ⟦Wat levert het op?⟧
R1: ⟪Rust.⟫
R2: ⟪En vertrouwen, vind ik.⟫
""",
    "metadata and labels": """
Transcript interview 4
Datum: 12 maart 2024
Locatie: wijkcentrum De Brug
Interviewer: Sanne
Respondent: 4
Duur: 48 minuten

I: ⟦Mag ik het gesprek opnemen?⟧
R: ⟪Ja hoor.⟫
""",
    "whole words as labels": """
Interviewer: ⟦Goedemorgen⟧
Respondent: ⟪Goedemorgen⟫
Interviewer: ⟦Waar loopt u tegenaan?⟧
Respondent: ⟪Tegen de wachtlijsten.

En tegen mezelf, soms.⟫
Interviewer: ⟦Hoe bedoelt u dat?⟧
Respondent: ⟪Ik wil te veel tegelijk.⟫
""",
    "upper case with number": """
INTERVIEWER 1: ⟦Wie wil er beginnen?⟧
RESPONDENT 1: ⟪Ik wel.⟫
INTERVIEWER 2: ⟦Vertel.⟧
RESPONDENT 2: ⟪Mag ik aanvullen?⟫
RESPONDENT 1: ⟪Tuurlijk.⟫
""",
    "Int. and Resp.": """
Int.: ⟦Wat is uw rol?⟧
Resp.: ⟪Ik ben facilitator.⟫
Int.: ⟦En wat houdt dat in?⟧
Resp.: ⟪Teams begeleiden bij het leren: vragen stellen, spiegelen, dat soort dingen.⟫
""",
    "vraag en antwoord": """
V: ⟦Hoe lang doet u dit werk?⟧
A: ⟪Tien jaar.⟫
V: ⟦En altijd hier?⟧
A: ⟪Nee, eerst in het noorden.⟫
""",
    "Q and A": """
Q: ⟦Wat werkt er volgens jou?⟧
A: ⟪Tijd nemen.⟫
Q: ⟦En wat nog meer?⟧
A: ⟪Doorvragen.⟫
""",
    "focus group with moderator": """
Moderator: ⟦Welkom allemaal. Laten we een rondje doen.⟧
Deelnemer 1: ⟪Ik ben van team Noord.⟫
Deelnemer 2: ⟪Team Midden.⟫
Deelnemer 3: ⟪Mag ik ook iets vragen? Is dit anoniem?⟫
Moderator: ⟦Zeker.⟧
Deelnemer 3: ⟪Mooi.⟫
""",
    "M and P": """
M: ⟦Wat betekent kantelen voor jullie?⟧
P1: ⟪Loslaten.⟫
P2: ⟪Ja, en vertrouwen op wat mensen zelf kunnen.⟫
M: ⟦Herkennen de anderen dat?⟧
P3: ⟪Deels.⟫
""",
    "names that ask and answer": """
Marieke: ⟦Hoe ben je in het wijkteam terechtgekomen?⟧
Joost: ⟪Via een detachering. Ik zou drie maanden blijven, dat zijn er nu dertig geworden.⟫
Marieke: ⟦En waarom ben je gebleven?⟧
Joost: ⟪Omdat ik hier mensen zie opknappen. Dat had ik op kantoor nooit.⟫
""",
    "initials": """
SW: ⟦Wat is er veranderd?⟧
TK: ⟪We gaan nu eerst luisteren. Vroeger kwamen we met een formulier.⟫
SW: ⟦Merken bewoners dat ook?⟧
TK: ⟪Ik denk het wel, ze bellen in elk geval vaker zelf.⟫
""",
    "names with the interviewer in the head": """
Interviewer: Lotte Vermeer
Geïnterviewde: Hans Bakker
Datum: 3 april 2023

Hans: ⟪Zal ik maar gewoon beginnen?⟫
Lotte: ⟦Graag.⟧
Hans: ⟪Ik werk sinds 2015 in de wijk. Wat wil je precies weten?⟫
Lotte: ⟦Begin bij je eerste dag.⟧
""",
    "stamps before labels": """
[00:00:05] I: ⟦Staat hij aan?⟧
[00:00:09] R: ⟪Ik zie een rood lampje.⟫
[00:01:10] I: ⟦Dan beginnen we.⟧
[00:01:12] R: ⟪Prima.⟫
""",
    "stamps after labels": """
I (00:00:05): ⟦Wat valt u op?⟧
R (00:00:11): ⟪Dat we elkaar beter kennen.⟫
I (00:01:01): ⟦Hoe komt dat?⟧
R (00:01:04): ⟪Door de bijeenkomsten van 10:30 uur.⟫
""",
    "bare stamps": """
00:00:01 I: ⟦Wat doet u?⟧
00:00:07 R1: ⟪Begeleiden.⟫
00:00:12 I: ⟦En u?⟧
00:00:15 R2: ⟪Hetzelfde.⟫
""",
    "f4 stamps at the end": """
I: ⟦Hoe was de start?⟧ #00:00:12-4#
R: ⟪Rommelig. Niemand wist wat de bedoeling was.⟫ #00:00:31-0#
I: ⟦En nu?⟧ #00:00:33-8#
R: ⟪Nu loopt het.⟫ #00:00:40-1#
""",
    "tabs": """
I\t⟦Wat zou u anders doen?⟧
R\t⟪Eerder bellen.⟫
I\t⟦Met wie?⟧
R\t⟪Met de familie.⟫
""",
    "time, label and words in tabs": """
00:00:02\tI\t⟦Hoe gaat het?⟧
00:00:04\tR1\t⟪Goed.⟫
00:00:09\tI\t⟦En met de cliënten?⟧
00:00:12\tR1\t⟪Ook goed, over het algemeen.⟫
""",
    "dashes": """
I - ⟦Kunt u iets over de samenwerking zeggen?⟧
R - ⟪Die is beter dan vroeger - echt waar.⟫
I - ⟦Waar merkt u dat aan?⟧
R - ⟪Men belt terug.⟫
""",
    "full stops": """
I. ⟦Waar bent u trots op?⟧
R. ⟪Op het team.⟫
I. ⟦Waarom?⟧
R. ⟪We laten elkaar niet vallen.⟫
""",
    "code and space": """
I ⟦Waar bent u trots op?⟧
R ⟪Op het team.⟫
I ⟦Waarom?⟧
R ⟪We laten elkaar niet vallen.⟫
""",
    "label alone on a line": """
Interviewer
⟦Wat vond u van de training?⟧

Respondent
⟪Leerzaam. Vooral het oefenen.⟫

Interviewer
⟦Wat heeft u geoefend?⟧

Respondent
⟪Doorvragen zonder in te vullen.⟫
""",
    "label with colon alone on a line": """
I:
⟦Wat zou er moeten gebeuren?⟧
R:
⟪Minder regels.
Meer tijd.⟫
I:
⟦Anders nog iets?⟧
R:
⟪Nee.⟫
""",
    "names with times, as video calls give them": """
Eva de Graaf   0:03
⟦Kun je iets over je werk vertellen?⟧

Omar Aydin   0:11
⟪Ja. Ik ben leercoach in team Zuid.⟫

Eva de Graaf   0:20
⟦En hoe ben je dat geworden?⟧

Omar Aydin   0:24
⟪Mijn leidinggevende vroeg me.⟫
""",
    "student and leercoach": """
Student: ⟦Hoe ziet een bijeenkomst eruit?⟧
Leercoach: ⟪Eerst een minuut schrijven. Dan vragen stellen.⟫
Student: ⟦En daarna?⟧
Leercoach: ⟪Dan kiest de inbrenger een actie.⟫
""",
    "two respondents in brackets talk": """
[⟦Zullen we beginnen?⟧]
R1: ⟪Ja, kom maar op.⟫
R2: ⟪Ik ben er klaar voor.⟫
[⟦Hoe werken jullie samen?⟧]
R1: ⟪We doen veel met zijn tweeën.⟫ [⟦Zoals?⟧] ⟪Intakes bijvoorbeeld.⟫
R2: ⟪En de moeilijke gesprekken.⟫
""",
    "bracketed question inside a labelled turn": """
I: ⟦Vertel eens over die eerste maanden.⟧
R: ⟪We hadden geen kantoor. [lacht]⟫ [⟦Waar zaten jullie dan?⟧] ⟪In de kantine van de school.⟫
I: ⟦En hoe was dat?⟧
R: ⟪Gezellig, maar je kon er niet bellen.⟫
""",
    "labelled reaction in brackets": """
I: ⟦Wat gebeurde er?⟧
R: ⟪We kregen een nieuwe manager⟫ [I: ⟦ja⟧] ⟪en die wilde alles anders⟫ (I: ⟦hm⟧) ⟪dus dat gaf spanning.⟫
I: ⟦Dat begrijp ik.⟧
R: ⟪Gelukkig is dat voorbij.⟫
""",
    "labels in the middle of lines": """
I: ⟦Bent u tevreden?⟧ R: ⟪Ja.⟫ I: ⟦En waarom?⟧ R: ⟪Omdat we gehoord worden. Mijn chef zei: ga maar doen. Dus dat deden we.⟫
I: ⟦Mooi.⟧
R: ⟪Vind ik ook.⟫
""",
    "colons in speech": """
I: ⟦Wat is het belangrijkste?⟧
R: ⟪Let op: ik ben geen expert. Maar dit is wat ik zie:
Dus: we moeten eerst luisteren.
Daarna: samen een plan maken om 10:30 uur. Zie https://voorbeeld.nl voor meer.
Conclusie: het kost tijd.⟫
I: ⟦Helder.⟧
R: ⟪Ja toch?⟫
""",
    "only the interviewer is labelled": """
I: ⟦Hoe bent u begonnen?⟧
⟪Als vrijwilliger bij de buurtkamer.⟫
I: ⟦En toen?⟧
⟪Toen kwam er een vacature.

Die heb ik gekregen.⟫
I: ⟦Leuk.⟧
⟪Ja, heel leuk.⟫
""",
    "only the respondent is labelled": """
⟦Hoe bent u begonnen?⟧
R: ⟪Als vrijwilliger bij de buurtkamer.⟫
⟦En toen?⟧
R: ⟪Toen kwam er een vacature.⟫
⟦Wat deed dat met u?⟧
R: ⟪Ik was apetrots.⟫
""",
}

_MARK = re.compile("[⟦⟧⟪⟫]")


def marked(case: str) -> tuple[str, list[tuple[bool, int, int]]]:
    """The text of a case without its marks, and its turns: (interviewer, start, end)."""
    text, turns, last = "", [], 0
    start = 0
    for mark in _MARK.finditer(case):
        text += case[last:mark.start()]
        last = mark.end()
        if mark.group() in "⟦⟪":
            start = len(text)
        else:
            turns.append((mark.group() == "⟧", start, len(text)))
    return text + case[last:], turns


@pytest.mark.parametrize("name", CASES)
def test_turns_are_as_marked_by_hand(name: str) -> None:
    text, expected = marked(CASES[name])
    found = [(turn.interviewer, turn.start, turn.end) for turn in recognise_text(text).turns]
    shown = [(who, text[a:b]) for who, a, b in found]
    assert shown == [(who, text[a:b]) for who, a, b in expected]
    assert found == expected
