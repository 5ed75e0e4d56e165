"""Harder transcripts: mixed conventions, sloppy typing, notes that look like questions and the reverse."""

# ruff: noqa: E501 (a transcript's lines are as long as people type them)

from __future__ import annotations

import pytest

from corpora.transcripts import recognise_text
from tests.corpora.test_transcripts_cases import marked

CASES = {
    "sloppy labels": """
I:⟦Hoe is het met de nieuwe collega?⟧
R :⟪Goed, die is snel ingewerkt.⟫
i: ⟦Fijn.⟧
r: ⟪Ja, we waren er echt aan toe.⟫
""",
    "respondent in header and as label": """
Respondent: 7
Functie: wijkteamlid
Datum: 4 juni

Interviewer: ⟦Wat doet u precies?⟧
Respondent: ⟪Van alles. Intakes, huisbezoeken, overleg.⟫
Interviewer: ⟦En wat vindt u het leukst?⟧
Respondent: ⟪Huisbezoeken.⟫
""",
    "legend with dash and abbreviations": """
Afkortingen:
I – Interviewer
LC – Leercoach

I: ⟦Wat is jouw rol in het team?⟧
LC: ⟪Ik zorg dat we blijven leren.⟫
I: ⟦Lukt dat?⟧
LC: ⟪Met vallen en opstaan.⟫
""",
    "legend with brackets": """
Interviewer (I) en respondent (R)

I: ⟦Waar denkt u aan bij leren?⟧
R: ⟪Aan school. Aan een bord met krijt.⟫
I: ⟦En in uw werk?⟧
R: ⟪Dan denk ik aan intervisie.⟫
""",
    "brackets under a form head": """
Interview wijkteamlid
Datum: 3 maart 2015
Respondent: wijkteamlid, vrouw, 41 jaar

[⟦Zou u een gewone werkdag willen beschrijven?⟧]
⟪Elke dag is anders.⟫
[⟦Neem gisteren eens.⟧]
⟪Gisteren had ik eerst een crisis.⟫
""",
    "brackets with a reaction inside a sentence": """
[⟦Hoe gaat het met het rooster?⟧]
⟪Om negen uur zit iedereen aan tafel, wat eigenlijk niet lukt⟫ [⟦Nooit?⟧] ⟪nee, omdat er te weinig mensen zijn.⟫
[⟦En hoe lost u dat op?⟧]
⟪De buurvrouw brengt soep.⟫ [⟦Wat aardig.⟧] ⟪Ja, zeker. Ze wast ook [altijd?] af.⟫
""",
    "bracket with lower case and no end": """
[⟦kunt u iets vertellen over het begin⟧]
⟪Het begin was lastig.⟫
[⟦en waar lag dat aan⟧]
⟪Aan de verwachtingen, denk ik.⟫
[⟦ja dat herken ik wel uit andere gesprekken⟧]
⟪Precies.⟫
""",
    "several questions in one paragraph": """
⟪We hadden een spreekuur in de bibliotheek.⟫ [⟦Hoe vaak?⟧] ⟪Elke week.⟫ [⟦En kwamen er mensen?⟧] ⟪In het begin niemand, later wel een man of tien.⟫ [⟦Waarom kwamen ze dan wel?⟧] ⟪Omdat we er gewoon steeds zaten.⟫
""",
    "notes in labelled talk": """
I: ⟦En toen kwam [naam wethouder] langs?⟧
R: ⟪Ja. [lacht hard] Die wist niet wat hij zag. [Er wordt op de deur geklopt.] [Interviewer knikt]⟫
I: ⟦[lacht] Dat kan ik me voorstellen.⟧
R: ⟪[Stilte van vijf seconden] Het was wel spannend.⟫
""",
    "brackets around everything of a labelled interviewer": """
I: [⟦Wat is uw droom voor de wijk?⟧]
R: ⟪Dat iedereen iemand heeft om te bellen.⟫
I: [⟦En wat is daarvoor nodig?⟧]
R: ⟪Tijd.⟫
""",
    "names of three and a guest who speaks once": """
Gespreksleider: ⟦Wie heeft er een voorbeeld?⟧
Fatima: ⟪Ik heb er een van vorige week.⟫
Gespreksleider: ⟦Vertel.⟧
Fatima: ⟪Een jongen die niet meer naar school ging.⟫
Kees: ⟪Die ken ik.⟫
Gespreksleider: ⟦Wat deed je?⟧
Fatima: ⟪Ik ben met hem gaan wandelen.⟫
""",
    "respondent with only short answers": """
I: ⟦U werkte eerst in de jeugdzorg en daarna bij het wijkteam, als ik het goed begrijp, en dat was een hele overgang?⟧
R: ⟪Klopt.⟫
I: ⟦En die overgang, die ging niet vanzelf, want u moest ineens met volwassenen en ouderen werken?⟧
R: ⟪Ja. Toch?⟫
""",
    "speakers S1 and S2": """
S1: ⟦Hoe zijn jullie begonnen?⟧
S2: ⟪Met een avond voor de hele buurt, er kwamen wel zestig mensen op af.⟫
S1: ⟦Wat vroegen jullie hun?⟧
S2: ⟪Wat ze zelf zouden willen veranderen, en wat ze daarin konden betekenen.⟫
""",
    "transcription program": """
[00:00:01.000 --> 00:00:04.000] SPEAKER_00: ⟦Kun je vertellen wat je doet?⟧
[00:00:04.000 --> 00:00:09.000] SPEAKER_01: ⟪Ik werk als opbouwwerker in drie buurten tegelijk.⟫
[00:00:09.000 --> 00:00:11.000] SPEAKER_00: ⟦Hoe gaat dat?⟧
[00:00:11.000 --> 00:00:15.000] SPEAKER_01: ⟪Het is passen en meten, elke week opnieuw.⟫
""",
    "stamp on its own line": """
00:00:03
Interviewer: ⟦Zullen we?⟧
00:00:05
Respondent: ⟪Ja, ik ben zover.⟫
00:00:08
Interviewer: ⟦Wat was uw eerste indruk?⟧
00:00:12
Respondent: ⟪Chaos.⟫
""",
    "speaker and time on a line": """
Spreker 1 [00:00:03]
⟦Wat was je eerste indruk van het team?⟧

Spreker 2 [00:00:07]
⟪Dat iedereen door elkaar praatte en toch alles hoorde.⟫

Spreker 1 [00:00:15]
⟦Is dat nog zo?⟧

Spreker 2 [00:00:18]
⟪Gelukkig wel.⟫
""",
    "respondent quotes a question": """
I: ⟦Wat vroeg u toen?⟧
R: ⟪Ik vroeg: wat heeft u nodig? En zij zei: rust. Toen dacht ik: oké.⟫
I: ⟦En daarna?⟧
R: ⟪Daarna vroeg de leercoach: wat leer je hiervan?⟫
""",
    "roman numerals are no interviewer": """
⟪I. Inleiding
Dit verslag gaat over de werkwijze van het team.
II. Aanpak
We hebben met bewoners gesproken.
III. Resultaten
Er is veel gebeurd.⟫
""",
    "definitions are no speakers": """
⟪Generalist: hulpverlener die van alles een beetje weet.
Specialist: wordt erbij gehaald bij ingewikkelde vragen.
Samenvattend: de een kan niet zonder de ander.
Wie is wie? Dat blijkt pas in de praktijk.⟫
""",
    "B for the answer": """
I: ⟦Wat is het verschil met vroeger?⟧
B: ⟪Dat we samen beslissen.⟫
I: ⟦Met wie?⟧
B: ⟪Met de bewoner.⟫
""",
    "interviewer with name in brackets": """
Interviewer (Lisa): ⟦Hoe ziet leren er bij jullie uit?⟧
Respondent (Karim): ⟪We plannen elke maand een middag.⟫
Interviewer (Lisa): ⟦Wat doen jullie dan?⟧
Respondent (Karim): ⟪Casussen bespreken.⟫
""",
    "full names as labels": """
Lisa van Dam: ⟦Hoe ziet leren er bij jullie uit?⟧
Karim Haddad: ⟪We plannen elke maand een middag en dan nemen we de tijd.⟫
Lisa van Dam: ⟦Wat doen jullie dan?⟧
Karim Haddad: ⟪Casussen bespreken, en soms een rollenspel.⟫
""",
    "interviewer label with slash": """
Interviewer/onderzoeker: ⟦Waarom juist deze wijk?⟧
Respondent: ⟪Omdat hier de meeste vragen liggen.⟫
Interviewer/onderzoeker: ⟦Wat voor vragen?⟧
Respondent: ⟪Over geld, vooral.⟫
""",
    "no space after label, tab after colon": """
I:\t⟦Hoe vaak zien jullie elkaar?⟧
R1:\t⟪Elke zes weken.⟫
R2:\t⟪Vaker als het moet.⟫
I:\t⟦En dan?⟧
R1:\t⟪Dan nemen we een casus door.⟫
""",
    "question bracket after a note": """
⟪Dat was een rare dag. [lacht]⟫ [⟦Wat was er raar aan?⟧] ⟪Alles! [gelach]⟫ [⟦Noem eens iets.⟧] ⟪De sleutels waren weg [wijst naar de kast] en niemand [collega] had gebeld.⟫
""",
    "doubtful words are notes": """
[⟦Met wie overlegde u?⟧]
⟪Met mevrouw [Jansen?] en met iemand van de [woningbouw?] geloof ik.⟫
[⟦Wat was de uitkomst?⟧]
⟪Dat we [drie/vier weken] zouden wachten.⟫
""",
    "names in square brackets": """
[⟦Kende u elkaar al?⟧]
⟪[Respondent 1] en ik wel, [naam facilitator] niet. We komen uit [stad in het oosten].⟫
[⟦Hoe ging dat eerste gesprek?⟧]
⟪Stroef. [Naam] zei niet veel.⟫
""",
    "English labels": """
Interviewer: ⟦Could you tell me about your team?⟧
Participant 1: ⟪Sure, what would you like to know?⟫
Interviewer: ⟦Anything.⟧
Participant 2: ⟪We started small.⟫
""",
    "questions in capitals": """
⟦WAT IS UW ROL IN HET TEAM?⟧
⟪Ik ben de schakel met de gemeente.⟫
⟦HOE GAAT DAT IN DE PRAKTIJK?⟧
⟪Met veel mail en nog meer koffie.⟫
""",
    "bold labels without colon in markdown": """
**Interviewer**
⟦Wat vond je van de dag?⟧

**Manon**
⟪Intensief maar goed.⟫

**Interviewer**
⟦Wat neem je mee?⟧

**Manon**
⟪Dat ik niet alles hoef op te lossen.⟫
""",
    "long text without line ends": (
        "I: ⟦Hoe begon het?⟧ R: ⟪Met een brief. Daar stond in dat we zouden verhuizen.⟫ I: ⟦En toen?⟧ R: ⟪Toen zei "
        "ik: prima. Meer niet.⟫ I: ⟦Was dat alles?⟧ R: ⟪Ja, dat was het.⟫"),
    "windows line of metadata in one row": """
Interview 3 | Datum: 2 mei 2024 | Duur: 41 min

I: ⟦Mag ik je noemen bij je voornaam?⟧
R: ⟪Graag zelfs.⟫
I: ⟦Waar werk je?⟧
R: ⟪In het noorden van de stad.⟫
""",
    "interviewer explains at length": """
Anouk: ⟦Dank je wel dat je mee wilt doen. Ik ben student en ik onderzoek hoe teams leren. Het duurt ongeveer een uur en alles blijft onder ons. Is dat goed?⟧
Wim: ⟪Prima.⟫
Anouk: ⟦Hoe ben je hier gekomen?⟧
Wim: ⟪Ik was maatschappelijk werker en ik zocht iets anders. Toen kwam dit voorbij en dacht ik, waarom ook niet. En nu zit ik hier alweer vier jaar met veel plezier.⟫
Anouk: ⟦Wat maakt het plezierig?⟧
Wim: ⟪De vrijheid, de mensen en dat je elke dag iets leert wat je de dag ervoor nog niet wist.⟫
""",
    "letters behind the respondents": """
Interviewer: ⟦Wie begint?⟧
Respondent A: ⟪Ik.⟫
Respondent B: ⟪Of zal ik?⟫
Interviewer: ⟦Maakt niet uit.⟧
Respondent A: ⟪Dan ik.⟫
""",
    "together": """
I: ⟦Zijn jullie het eens?⟧
R1 en R2: ⟪Ja!⟫
I: ⟦Altijd?⟧
R1: ⟪Meestal.⟫
R2: ⟪Bijna altijd.⟫
""",
    "role between brackets behind the name": """
Sanne (interviewer): ⟦Begin maar bij het begin.⟧
Mo (respondent): ⟪Welk begin bedoel je?⟫
Sanne (interviewer): ⟦Je eerste dag.⟧
Mo (respondent): ⟪Wat zal ik zeggen?⟫
""",
    "the convention explained above": """
Interview facilitator
De tekst van de interviewer staat tussen vierkante haken.

[⟦Hoe ziet uw begeleiding eruit?⟧]
⟪Ik kom eens in de zes weken langs.⟫
[⟦En wat doet u dan?⟧]
⟪Vooral luisteren.⟫
""",
    "a sentence as legend": """
In dit transcript is de interviewer aangeduid met I en de respondent met R.

I: ⟦Waar wilt u beginnen?⟧
R: ⟪Bij de verhuizing.⟫
I: ⟦Prima.⟧
R: ⟪Dat was in mei.⟫
""",
    "reversed legend": """
Interviewer = L
Respondent = K

L: ⟦Vertel.⟧
K: ⟪Wat wil je weten?⟫
L: ⟦Alles over maandag.⟧
K: ⟪Echt alles?⟫
""",
    "long interviewer statement in brackets": """
[⟦Ik ga het apparaat even aanzetten. Zo, hij loopt. Nogmaals dank dat u tijd vrij heeft gemaakt. U weet dat u altijd mag stoppen.⟧]
⟪Ja, dat is goed.⟫
[⟦Dan beginnen we met een brede vraag: hoe ziet een gewone werkdag eruit?⟧]
⟪Ik begin altijd met koffie. De rest zie ik dan wel.⟫
[⟦Duidelijk. Dan gaan we naar het volgende onderwerp, het leren in het team.⟧]
⟪Oké.⟫
[⟦Hierbij gaat het om de bijeenkomsten met de leercoach.⟧]
⟪Die zijn goed.⟫
""",
    "brackets with interviewer as label": """
[Interviewer: ⟦Wat ging er goed?⟧]
⟪De samenwerking.⟫
[Interviewer: ⟦En wat minder?⟧]
⟪De communicatie.⟫
""",
    "question and answer in one paragraph with a bracket of several sentences": """
⟪We deden alles samen, dat was de afspraak.⟫ [⟦Oké. En hoe ging dat in het begin? Was dat wennen?⟧] ⟪Enorm. Iedereen had zijn eigen manier.⟫ [⟦Ja, ja.⟧] ⟪En dan moet je het eens worden.⟫ [⟦Logisch.⟧] ⟪Dat kost tijd.⟫
""",
    "respondent labels with brackets only once": """
Respondent 1 = leercoach
Respondent 2 = wijkteamlid

[⟦Wat is voor jullie leren?⟧]
Respondent 1: ⟪Fouten maken.⟫
Respondent 2: ⟪En erover praten.⟫
[⟦Kunnen jullie een voorbeeld geven?⟧]
Respondent 2: ⟪Vorige week nog.⟫
""",
    "interviewer who never asks": """
Interviewer: ⟦Vertel eens.⟧
R: ⟪Wat wilt u horen? Over het team of over de bewoners?⟫
Interviewer: ⟦Allebei graag.⟧
R: ⟪Goed dan.⟫
""",
    "quotation of talk in an answer": """
I: ⟦Hoe ging dat gesprek?⟧
R: ⟪Nou, ik: waarom belde je niet? En hij: geen idee. Moeder: laat hem nou. Dus ja.⟫
I: ⟦En toen?⟧
R: ⟪Toen ben ik gegaan.⟫
""",
    "topic lines between labelled turns": """
I: ⟦Kunt u iets zeggen over de start?⟧
R: ⟪Die was moeizaam.⟫

I: ⟦En over de resultaten?⟧
R: ⟪Resultaten: drie gezinnen zijn weer op de rit. Verder: niets.⟫
""",
    "several interviewers": """
I1: ⟦Hoe gaat het met je?⟧
R: ⟪Goed.⟫
I2: ⟦Mag ik daarop doorgaan?⟧
R: ⟪Ja?⟫
I1: ⟦Ga je gang.⟧
I2: ⟦Wat betekent goed?⟧
R: ⟪Dat ik slaap.⟫
""",
    "name labels and notes in brackets": """
Tess: ⟦Hoe kwam je bij het team?⟧
Rob: ⟪Via [naam bureau]. [lacht] Dat was in [jaartal].⟫
Tess: ⟦En hoe vond je dat?⟧
Rob: ⟪Spannend [onverstaanbaar] maar leuk.⟫
""",
    "Vraag and Antwoord with numbers": """
Vraag 1: ⟦Wat is uw functie?⟧
Antwoord: ⟪Teamleider.⟫
Vraag 2: ⟦Wat doet u graag?⟧
Antwoord: ⟪Mensen laten groeien.⟫
""",
    "en dash labels with names": """
Ilse – ⟦Waar ben je mee bezig?⟧
Tom – ⟪Met een buurtmoestuin, samen met een paar bewoners uit de flat.⟫
Ilse – ⟦En lukt het?⟧
Tom – ⟪De sla wel, de rest nog niet.⟫
""",
    "lower-case reactions inside sentences": """
[⟦Hoe gaat het overleg?⟧]
⟪Dat is elke week⟫ [⟦ja⟧] ⟪op dinsdag⟫ [⟦oké⟧] ⟪en dan zitten we [met z'n allen] om tafel.⟫
[⟦Hoe lang duurt het?⟧]
⟪Een uur.⟫
""",
}


@pytest.mark.parametrize("name", CASES)
def test_turns_are_as_marked_by_hand(name: str) -> None:
    text, expected = marked(CASES[name])
    found = [(turn.interviewer, turn.start, turn.end) for turn in recognise_text(text).turns]
    assert [(who, text[a:b]) for who, a, b in found] == [(who, text[a:b]) for who, a, b in expected]
    assert found == expected
