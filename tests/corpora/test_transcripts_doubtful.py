"""Doubtful places: legends in every form, quoted labels, talks without a question mark."""



from __future__ import annotations

import pytest

from corpora.transcripts import recognise_text
from tests.corpora.test_transcripts_cases import marked

CASES = {
    "a label that is quoted in speech": """
Transcript R3
I = interviewer, R = respondent

I: ⟦Oké, hij loopt. Vind je het goed dat ik dit opneem?⟧
R: ⟪Ja.⟫

I: ⟦Wat doe je op een gewone dag?⟧
R: ⟪Nou. Om 9:00 uur begin ik. Mijn motto is: rustig aan. [lacht] En dan zeg ik altijd: "I: think positive".⟫
""",
    "a title in brackets": """
[Interview respondent 5, 12-03-2015]

[⟦Goedemiddag. Fijn dat u mee wilt werken.⟧]
⟪Graag gedaan.⟫
[⟦Zou u om te beginnen een gewone werkdag willen beschrijven?⟧]
⟪Dat is goed. [pauze] Ik begin...⟫
""",
    "no space behind the colon": """
Interviewer:⟦Hoi⟧
Respondent:⟪Hoi⟫
Interviewer:⟦Hoe gaat het?⟧
Respondent:⟪Goed⟫
""",
    "columns of spaces": """
Interviewer   ⟦Hoe gaat het met je?⟧
Respondent    ⟪Goed hoor.⟫
Interviewer   ⟦Mooi.⟧
Respondent    ⟪Ja.⟫
""",
    "the respondent asks too": """
R: ⟪Mag ik eerst iets vragen?⟫
I: ⟦Ja natuurlijk.⟧
R: ⟪Wie gaat dit lezen?⟫
I: ⟦Alleen wij.⟧
""",
    "legend behind its own word": """
Legenda: I: Interviewer; R1: wijkteamlid; R2: leercoach
I: ⟦Hoe is dat?⟧
R1: ⟪Fijn.⟫
R2: ⟪Ja, fijn.⟫
""",
    "legend over three lines": """
I: Interviewer
R1: respondent 1
R2: respondent 2

I: ⟦Hoe is dat?⟧
R1: ⟪Fijn.⟫
R2: ⟪Ja, fijn.⟫
""",
    "legend with the meaning in brackets": """
I (interviewer)
R (respondent)

I: ⟦Hoe is dat?⟧
R: ⟪Fijn.⟫
""",
    "a question that breaks a sentence": """
⟪Ik kwam binnen en iedereen keek⟫ [⟦Keek hoe?⟧] ⟪nou ja, verbaasd.⟫
""",
    "question and answer on one line": """
[⟦Hoe bent u begonnen?⟧] ⟪Ik ben begonnen in 2012.⟫
[⟦En nu?⟧] ⟪Nu ben ik leercoach [collega van het team] en dat doe ik met plezier.⟫
[⟦Wat maakt dat zo leuk⟧] ⟪De mensen.⟫
""",
    "time, dash, label": """
00:00:03 - Interviewer: ⟦Daar gaan we.⟧
00:00:05 - Respondent: ⟪Ja.⟫
00:00:09 - Interviewer: ⟦Wat is een goede dag?⟧
00:00:15 - Respondent: ⟪Een dag zonder mail.⟫
""",
    "label, time, colon": """
Interviewer [00:00:03]: ⟦Daar gaan we.⟧
Respondent [00:00:05]: ⟪Ja.⟫
Interviewer [00:00:09]: ⟦Wat is een goede dag?⟧
Respondent [00:00:15]: ⟪Een dag zonder mail.⟫
""",
    "two roles answer": """
Facilitator: ⟪Ik zal me voorstellen.⟫
Interviewer: ⟦Graag.⟧
Facilitator: ⟪Ik begeleid teams. Wat wil je nog meer weten?⟫
Leercoach: ⟪En ik ben zijn collega.⟫
Interviewer: ⟦Welkom.⟧
""",
    "colons in a talk with brackets": """
⟪Wij hadden toen: geen geld, geen mensen en geen tijd.⟫
[⟦Dus drie problemen: geld, mensen, tijd?⟧]
⟪Ja. I: dat is de eerste letter van inspiratie.⟫
""",
    "soft line breaks and empty lines": """
I: ⟦Hoe gaat het
met de samenwerking?⟧
R: ⟪Goed.

Ik bedoel: beter dan eerst.⟫

I: ⟦Hoezo?⟧

R: ⟪Nou,
we bellen elkaar.⟫
""",
    "legend of two interviewers": """
Interviewer 1 (I1), Interviewer 2 (I2), Respondent (R)

I1: ⟦Zullen we?⟧
R: ⟪Ja.⟫
I2: ⟦Ik vraag straks ook wat.⟧
R: ⟪Prima. Wat dan?⟫
""",
    "names without any question": """
Saskia: ⟦Vertel eens over je werk.⟧
Henk: ⟪Ik werk in de wijk. Er zijn veel ouderen en die help ik met van alles, van formulieren tot een praatje.⟫
Saskia: ⟦Mooi werk.⟧
Henk: ⟪Zeker. Maar ook zwaar, want je neemt het mee naar huis en dat is niet altijd goed.⟫
Saskia: ⟦Dat geloof ik.⟧
Henk: ⟪Mijn vrouw zegt dan: laat het los. En dat probeer ik dan ook.⟫
""",
    "one label after a bracket": """
[⟦Wat is het verschil met vroeger?⟧]
R1: ⟪Vroeger deed ieder zijn eigen ding.⟫
""",
    "laughter in brackets": """
[⟦Wat vind je van de term 'kantelen'?⟧]
⟪Daar heb ik een hekel aan. [haha] Nee echt. [Lacht] [Pauze van 3 sec] Het is een modewoord.⟫
""",
    "INT and RES": """
Respondent nr. 3 – vrouw – 44 jaar

INT: ⟦Wat doet u?⟧
RES: ⟪Ik ben sociaal werker.⟫
INT: ⟦Hoe lang?⟧
RES: ⟪Twaalf jaar.⟫
""",
}


@pytest.mark.parametrize("name", CASES)
def test_turns_are_as_marked_by_hand(name: str) -> None:
    text, expected = marked(CASES[name])
    found = [(turn.interviewer, turn.start, turn.end) for turn in recognise_text(text).turns]
    assert [(who, text[a:b]) for who, a, b in found] == [(who, text[a:b]) for who, a, b in expected]
    assert found == expected
