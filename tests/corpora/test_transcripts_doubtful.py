"""Doubtful places: legends in every form, quoted labels, typography, talks without a question mark."""



from __future__ import annotations

import pytest

from corpora.transcripts import recognise_text
from tests.corpora.test_transcripts_cases import marked

CASES = {
    "markdown bold labels": """
**Interviewer:** ⟦Wat heb je geleerd?⟧

**Respondent:** ⟪Dat stilte ook iets doet.⟫

**Interviewer:** ⟦Kun je dat uitleggen?⟧

**Respondent:** ⟪Als je wacht, gaan mensen zelf nadenken.⟫
""",
    "markdown bold questions": """
**⟦Wat heb je geleerd?⟧**

⟪Dat stilte ook iets doet.⟫

**⟦Kun je dat uitleggen?⟧**

⟪Als je wacht, gaan mensen zelf nadenken.⟫
""",
    "numbered questions": """
1. ⟦Wat is uw functie?⟧
⟪Ik ben teamleider.⟫
2. ⟦Hoe lang al?⟧
⟪Twee jaar.⟫
3. ⟦Wat vindt u lastig?⟧
⟪Loslaten.⟫
""",
    "speakers with numbers": """
Spreker 1: ⟦Zullen we het over de casus hebben?⟧
Spreker 2: ⟪Prima. Het gaat om een gezin met drie kinderen dat net verhuisd is.⟫
Spreker 1: ⟦Wat speelde daar?⟧
Spreker 2: ⟪Schulden, en een vader die niet meer buiten kwam.⟫
""",
    "no marks at all": """
⟪Vandaag hebben we met het team gesproken over de nieuwe werkwijze. Mijn idee: eerst oefenen.

Niet iedereen was het daarmee eens.⟫
""",
    "line numbers": """
1  I: ⟦Wat merkt u van de verandering?⟧
2  R: ⟪Dat ik meer zelf mag beslissen.⟫
3  I: ⟦Is dat prettig?⟧
4  R: ⟪Meestal wel.⟫
""",
    "labels in angle or square brackets": """
[I] ⟦Waar gaat het over?⟧
[R] ⟪Over vertrouwen.⟫
[I] ⟦Hoezo?⟧
[R] ⟪Zonder dat lukt niks.⟫
""",
    "bracketed label with colon": """
[Interviewer]: ⟦Waar gaat het over?⟧
[Respondent]: ⟪Over vertrouwen.⟫
[Interviewer]: ⟦Hoezo?⟧
[Respondent]: ⟪Zonder dat lukt niks.⟫
""",
    "the end is not said": """
I: ⟦Wilt u nog iets kwijt?⟧
R: ⟪Nee, dank u wel.⟫

Einde interview
""",
    "introduction above the first label": """
Interview met een wijkteamlid over de nieuwe werkwijze

Dit gesprek vond plaats in een spreekkamer van het wijkcentrum.

I: ⟦Kunt u zich voorstellen?⟧
R: ⟪Ik ben ambulant begeleider.⟫
I: ⟦Hoe lang al?⟧
R: ⟪Zes jaar.⟫
""",
    "two students interview": """
Noor: ⟦Wil je beginnen met een rondje door je werkweek?⟧
Ineke: ⟪Maandag overleg, dinsdag en woensdag huisbezoeken, donderdag kantoor en vrijdag vrij.⟫
Bram: ⟦Wat is het leukste?⟧
Ineke: ⟪De huisbezoeken, omdat je dan bij mensen binnenkomt en ziet hoe ze echt leven.⟫
Noor: ⟦En het minst leuk?⟧
Ineke: ⟪De rapportages, want die zijn elke keer weer langer dan nodig is.⟫
Bram: ⟦Hoe lang ben je daarmee bezig?⟧
Ineke: ⟪Een hele dag, soms meer.⟫
""",
    "hard-wrapped lines from a PDF": """
I: ⟦Kunt u vertellen hoe een gewone dag er in uw team
uitziet, van begin tot eind?⟧
R: ⟪Nou, we beginnen om half negen met een korte
dagstart. Dan bespreken we wat er is binnengekomen
en wie wat oppakt. Daarna gaat iedereen de wijk in,
want daar gebeurt het: bij de mensen thuis, op school
of in het buurthuis.⟫
I: ⟦En aan het eind van de dag?⟧
R: ⟪Dan schrijf ik op wat ik gedaan heb en bel ik nog
even met collega’s als iets me dwarszit.⟫
""",
    "roles as labels without a question mark": """
Onderzoeker: ⟦Vertelt u maar.⟧
Wijkteamlid: ⟪Wat moet ik zeggen? Het is hard werken.⟫
Onderzoeker: ⟦Ga door.⟧
Wijkteamlid: ⟪En het is mooi werk.⟫
""",
    "O and R": """
O: ⟦Wat vond u van de bijeenkomst?⟧
R: ⟪Nuttig.⟫
O: ⟦Waarom?⟧
R: ⟪Er werd echt geluisterd.⟫
""",
    "legend in one sentence with commas": """
I: interviewer, R: respondent

I: ⟦Hoe gaat het nu?⟧
R: ⟪Beter.⟫
I: ⟦Hoe komt dat?⟧
R: ⟪Meer rust.⟫
""",
    "legend names": """
A = interviewer
B = respondent

A: ⟦Vertel over je team.⟧
B: ⟪Wat wil je horen?⟫
A: ⟦Alles.⟧
B: ⟪Waar zal ik beginnen?⟫
""",
    "dash before questions": """
- ⟦Wat betekent de wijk voor u?⟧
⟪Alles. Ik ben hier geboren.⟫
- ⟦En uw kinderen?⟧
⟪Die wonen twee straten verder.⟫
- ⟦Komen ze vaak langs?⟧
⟪Elke zondag.⟫
""",
    "names in the middle of a line": """
Anna: ⟦Wat ging er mis?⟧ Peter: ⟪De planning. Ik had tegen Anna: gezegd dat het niet ging lukken.⟫
Anna: ⟦Dus wat deed je?⟧
Peter: ⟪Opnieuw beginnen.⟫ Anna: ⟦Helemaal?⟧
Peter: ⟪Ja.⟫
""",
    "quoted brackets in prose of a respondent": """
[⟦Hoe reageerde de bewoner?⟧]
⟪Die zei: "kom nou eens langs". En toen [weer die buurman, je weet wel] stond hij voor de deur.⟫
[⟦Jeetje. En toen?⟧]
⟪Toen hebben we koffie gedronken.⟫
[⟦Mooi⟧]
⟪Ja.⟫
""",
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
    "a bracket in the interviewer's own turn": """
I: ⟦Was dat in het voorjaar, [of zei u nu net dat het later was?] of in de zomer?⟧
R: ⟪In de zomer.⟫
I: ⟦Goed.⟧
R: ⟪Ja.⟫
""",
}


@pytest.mark.parametrize("name", CASES)
def test_turns_are_as_marked_by_hand(name: str) -> None:
    text, expected = marked(CASES[name])
    found = [(turn.interviewer, turn.start, turn.end) for turn in recognise_text(text).turns]
    assert [(who, text[a:b]) for who, a, b in found] == [(who, text[a:b]) for who, a, b in expected]
    assert found == expected
