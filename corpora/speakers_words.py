"""Words by which Dutch (and English) transcripts show who speaks: labels, form heads and transcriber's notes."""

from __future__ import annotations

import re
from functools import lru_cache

INTERVIEWER = "interviewer"
RESPONDENT = "respondent"
NEUTRAL = "neutral"


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is parted by `|`; `_` stands for a space."""
    return frozenset(words.replace("_", " ").split("|"))


STRONG_INTERVIEWER = word_set(
    "i|int|intv|interv|iv|ivw|itv|inter|interviewer|interviewster|interviewers|interviewers/onderzoekers|onderzoeker|"
    "onderzoekster|onderzoekers|moderator|gespreksleider|gespreksleidster|vragensteller|gespreksvoerder|"
    "interviewer/onderzoeker|researcher|student-onderzoeker|studentonderzoeker|student-interviewer|mod")
STRONG_RESPONDENT = word_set(
    "r|resp|respondent|respondente|geïnterviewde|geinterviewde|geïnt|geint|deelnemer|deelneemster|"
    "participant|interviewee|informant|ondervraagde")
WEAK_INTERVIEWER = word_set("v|q|o|m|s|g|gl|vr|vraag|question|student|studente|studenten|voorzitter|"
                          "journalist|presentator|"
                        "gespreksbegeleider|redactie|ik|ond|stagiair|stagiaire|vz")
WEAK_RESPONDENT = word_set(
    "a|p|d|b|lc|fac|wl|wt|tl|mw|cl|dn|antw|antwoord|answer|leercoach|facilitator|manager|teamleider|teammanager|"
    "wijkteamlid|bestuurder|wethouder|sociaal_werker|sociaal_werkster|maatschappelijk_werker|werker|medewerker|"
    "medewerkster|bewoner|bewoonster|burger|cliënt|client|cliente|cliënte|klant|ouder|moeder|vader|zoon|dochter|"
    "partner|echtgenoot|man|vrouw|mevrouw|meneer|mantelzorger|vrijwilliger|professional|hulpverlener|begeleider|"
    "begeleidster|coach|docent|leerkracht|huisarts|wijkverpleegkundige|verpleegkundige|directeur|collega|"
    "beleidsmedewerker|projectleider|coördinator|coordinator|jongere|patiënt|patient|jongerenwerker|opbouwwerker|"
    "ambulant_begeleider|gezinscoach|wijkmanager|ervaringsdeskundige|zorgverlener|wmo-consulent|consulent|"
    "trainer|expert|lid|teamlid|gast|ha|kl|bw")
NEUTRAL_LABELS = word_set("spreker|speaker|sp|spk|persoon|onbekend|onbekende|allen|alle|iedereen|"
                          "observator|notulist|stem|"
                      "mannenstem|vrouwenstem|beiden|groep|derde")

STOP_LABELS = word_set(
    "één|een|twee|drie|vier|vijf|zes|dus|maar|en|of|nou|ja|nee|kortom|let_op|letop|conclusie|voorbeeld|"
    "bijvoorbeeld|namelijk|kijk|want|oké|oke|ok|"
    "precies|zeker|hm|hmm|mm|eerst|tweede|eerste|ten_eerste|ten_tweede|verder|daarnaast|tot_slot|belangrijk|tip|noot|"
    "nb|n.b|ps|p.s|bron|bronnen|figuur|tabel|bijlage|thema|deelvraag|hoofdvraag|onderzoeksvraag|hoofdstuk|paragraaf|"
    "stap|fase|doel|doelen|context|mechanisme|outcome|interventie|resultaat|resultaten|opmerking|opmerkingen|"
    "samenvatting|inleiding|toelichting|uitleg|advies|actie|afspraak|zie|link|legenda|legende|afkortingen|sprekers|"
    "deelnemers|aanwezig|afwezig|programma|proces|inhoud|kern|gevolg|oorzaak|probleem|oplossing|quote|citaat|"
    "onderwerp|topic|blok|deel|onderdeel|punt|optie|variant|niveau|klaar|eigenlijk|gewoon|weet_je|zo_van|ik_dacht|"
    "ik_zei|hij_zei|zij_zei|ze_zei|toen|daarom|oftewel|met_andere_woorden|anders_gezegd|simpel_gezegd|feit|"
    "voordeel|nadeel|nodig|nieuw|samen|later|vroeger|gisteren|vandaag|morgen|antwoordopties|kortgezegd|resumerend|"
    "naar|naam|vragen|antwoorden|hoofdpunten|aandachtspunt|kanttekening|einde|start|begin|pauze|nogmaals|sorry|http|"
    "daarna|daarvoor|daardoor|ondertussen|intussen|uiteindelijk|vervolgens|overigens|trouwens|soms|altijd|nooit|vaak|"
    "meestal|hier|daar|nu|straks|zo|ook|echt|idee|vraag_is|het_idee|de_vraag|de_vraag_is|mijn_vraag|mijn_idee|het_punt|"
    "punt_is|resultaat_is|waarom|hoe|wat|wie|wanneer|iedereen|niemand|anders|bovendien|sindsdien|achteraf|vooraf|"
    "tegelijk|gelukkig|helaas|eerlijk|serieus|opvallend|hoofdzaak|hoofdlijn|essentie|boodschap|les|lessen|motto|"
    "regel|afspraken|taak|taken|rol|reden|redenen|werk|team|wijk|school|thuis|geld|tijdgebrek|randvoorwaarden|"
    "https|tel|e-mail|email|mail|www|per_saldo|concreet|positief|negatief|sterk|zwak|kansen|bedreigingen|versie")

HEADER_KEYS = word_set(
    "datum|dag_en_datum|locatie|plaats|plek|duur|tijd|tijdstip|tijdsduur|starttijd|eindtijd|begintijd|functie|"
    "leeftijd|geslacht|organisatie|instelling|bedrijf|team|wijk|gemeente|transcript|transcriptie|getranscribeerd|"
    "getranscribeerd_door|transcribent|transcriptie_door|bestand|bestandsnaam|audio|audiobestand|opname|opnameduur|"
    "duur_opname|duur_interview|duur_van_het_interview|duur_van_het_gesprek|datum_interview|datum_van_het_interview|"
    "interviewnummer|nummer|nr|code|respondentnummer|respondentcode|respondent_nr|respondentnr|onderwerp|project|"
    "onderzoek|titel|bijlage|interview|gesprek|focusgroep|aanwezig|aanwezigen|afwezig|deelnemers|aantal_deelnemers|"
    "sprekers|versie|setting|rol|achtergrond|opleiding|werkervaring|ervaring|dienstjaren|taal|medium|bijzonderheden|"
    "naam|naam_interviewer|naam_respondent|naam_geïnterviewde|interview_met|interview_door|afgenomen_door|"
    "afgenomen_op|gesprek_met|al_groep|bijeenkomst|pseudoniem|groep|type|soort|betreft|auteur|auteurs|kenmerk|"
    "contactpersoon|telefoon|e-mail|email|studentnummer|opdrachtgever|toestemming|regio|stad|"
    "woonplaats|burgerlijke_staat|"
    "gezinssituatie|nationaliteit|opmerkingen|opmerking|legenda|afkortingen|date|location|duration|time")

GREETINGS = word_set(
    "ja|nee|neen|oké|oke|ok|okay|goedemiddag|goedemorgen|goedenmiddag|goedenmorgen|goedendag|goedenavond|hallo|hoi|hey|"
    "hai|hee|welkom|dank|bedankt|dankjewel|dankuwel|graag|prima|goed|mooi|fijn|nou|hm|hmm|hmhm|mm|"
    "mmm|mhm|uhm|eh|uh|uhu|"
    "uhuh|aha|ah|oh|o|precies|klopt|zeker|absoluut|helder|duidelijk|leuk|top|super|inderdaad|juist|echt|dag|tot|sorry|"
    "tuurlijk|natuurlijk|eens|begrijpelijk|snap|jazeker|nouja|tja|wauw|wow|zo|ach|jeetje|interessant|logisch|yes|exact|"
    "oja|hè|he|hm-hm|mm-hm|uh-huh|ja-ja|jaja")

QUESTION_WORDS = word_set(
    "hoe|wat|waar|waarom|wie|wanneer|welk|welke|hoeveel|hoezo|waardoor|waarmee|waarvan|waarover|waaraan|waarin|waarbij|"
    "waarvoor|waarop|waaruit|hoelang|wiens|kunt|kun|kan|zou|zouden|heeft|heb|hebt|hebben|bent|ben|is|zijn|was|waren|"
    "wilt|wil|wou|denkt|denk|vindt|vind|merkt|merk|ziet|zie|mag|moet|moest|doet|doe|deed|krijgt|krijg|gaat|ging|werkt|"
    "weet|voelt|voel|ervaart|ervaar|herkent|herken|bedoelt|bedoel|komt|kwam|staat|betekent|speelt|geldt|lukt|lukte|had|"
    "zoals|hadden|werd|wordt|worden|speelde|zit|loopt|liep|helpt|hielp|blijft|gebeurt|gebeurde|"
    "klopt|what|how|why|can|could|do")
TURN_OPENERS = word_set(
    "en|maar|dus|want|of|dat|als|toen|nog|even|eigenlijk|begrijp|misschien|laten|laat|vertel|vertelt|noem|geef|leg|"
    "ga|gaat|ik|we|wij|u|je|jij|jullie|uw|jouw|stel|omdat|wellicht|terug|dan|daar|daarnaast|verder|bij|in|op|over|voor|"
    "met|om|stond|eerder|net|zojuist|eerst|tot|ten|kom|neem|denk|probeer|omschrijf|beschrijf|schets")
REACTIONS = word_set("nooit|altijd|alles|iedereen|niemand|serieus|elke|nergens|overal|samen|alleen|meteen|vandaag|"
                     "gisteren")
IMPERATIVES = word_set("vertel|vertelt|noem|geef|leg|ga|kom|neem|omschrijf|beschrijf|schets|probeer|laat|laten|stel")
SECOND_PERSON = word_set("u|uw|je|jij|jou|jouw|jullie")
FIRST_PERSON = word_set("ik|mij|me|mijn|we|wij|ons|onze")

NOTE_WORDS = word_set(
    "lacht|lachen|lachend|lach|gelach|glimlacht|grinnikt|giechelt|stilte|stil|pauze|pauzeert|korte|"
    "lange|onverstaanbaar|"
    "onverstaanbare|onduidelijk|onhoorbaar|niet_te_verstaan|verstaanbaar|naam|namen|voornaam|"
    "achternaam|plaats|plaatsnaam|"
    "stad|dorp|gemeente|gemeentenaam|organisatie|organisatienaam|instelling|bedrijf|collega|collega's|wijk|wijknaam|"
    "straat|straatnaam|buurt|team|teamnaam|zucht|zuchten|zuchtend|kucht|kuch|hoest|hoesten|snikt|snikken|huilt|huilen|"
    "huilend|emotioneel|geëmotioneerd|telefoon|mobiel|denkt|denkend|nadenkend|knikt|knikken|schudt|wijst|wijzend|"
    "instemmend|bevestigend|ontkennend|fluistert|fluisterend|zacht|onderbreking|onderbroken|interruptie|opname|geluid|"
    "geroezemoes|rumoer|achtergrond|achtergrondgeluid|achtergrondgeluiden|applaus|deur|klopt_op|klapt|schraapt|sic|"
    "crosstalk|overlap|anoniem|geanonimiseerd|weggelaten|verwijderd|leeftijd|datum|jaartal|jaar|"
    "maand|dag|functie|functienaam|"
    "school|schoolnaam|ziekenhuis|huisarts|cliënt|client|cliëntnaam|cliënte|bewoner|bewoonster|zoon|dochter|man|vrouw|"
    "moeder|vader|partner|leidinggevende|manager|teamleider|wethouder|leercoach|facilitator|wijkteamlid|student|docent|"
    "adres|telefoonnummer|bedrag|getal|nummer|projectnaam|project|instantie|partij|merk|land|provincie|regio|programma|"
    "cursus|training|opleiding|woningcorporatie|corporatie|stichting|vereniging|zorgorganisatie|begin|einde|eind|"
    "toelichting|noot|opmerking|red|red.|bandje|laughs|laughter|laughing|inaudible|pause|silence|unclear|name|place|"
    "unintelligible|sighs|coughs|crying|ironisch|sarcastisch|lachje|stiltes|aarzelt|twijfelt|"
    "aarzelend|haperend|stottert|"
    "valt|pakt|drinkt|neemt|loopt|staat_op|haalt|tekent|leest|zoekt|gebaart|maakt|slikt|kijkt|zwijgt|imiteert|tikt|"
    "interview|transcript|transcriptie|gaapt|niest|snuit|fluit|zingt|roept|harder|nadruk|benadrukt|"
    "onbekend|vogels|verkeer|muziek|koffie|hond|baby|kind|"
    "iemand|beiden|beide|allen|allebei|iedereen|respondent|respondente|interviewer|r1|r2|r3|r|zelfde|vertrouwelijk")
NOTE_SUBJECTS = word_set(
    "respondent|respondente|respondenten|interviewer|interviewers|onderzoeker|geïnterviewde|"
    "deelnemer|moderator|r|r1|r2|r3|"
    "i|beiden|beide|allen|allebei|iedereen|iemand|er|telefoon|collega|de|het|een|hij|zij|ze|mevrouw|"
    "meneer|gesprek|opname|"
    "deelnemers|student")
"""First words of a transcriber's sentence about what happens ("respondent pakt een map")."""

_NUMBERED = re.compile(r"(.*?)(?:[\s._#-]*(\d{1,3}[a-z]?)|(?<=\w{3})[ -]([a-z]))?", re.DOTALL)
_JOINED = re.compile(r"\s*(?:\ben\b|[+&/])\s*")
_ROLE_WORD = re.compile(r"[^\W\d_][\w'’/-]+")
_CACHED = 4096


@lru_cache(maxsize=_CACHED)
def label_key(label: str) -> str:
    """One key for the spellings of a label: "Int.", "INT" → "int"; "R 1" → "r1"; "Respondent1" → "respondent1"."""
    base, number = split_label(label)
    return base + number


@lru_cache(maxsize=_CACHED)
def split_label(label: str) -> tuple[str, str]:
    """A label's word and its number or letter: "Respondent 2" → ("respondent", "2"); the word is case-folded."""
    found = _NUMBERED.fullmatch(" ".join(label.casefold().split()).strip(" .*_:-"))
    if found is None or not found.group(1):
        return label.casefold(), ""
    return found.group(1).strip(" ."), found.group(2) or found.group(3) or ""


@lru_cache(maxsize=_CACHED)
def meaning(label: str) -> tuple[str, int]:
    """What a label says by itself: (role, strength), 2 beyond doubt, 1 likely, 0 unknown.

    A role with a name ("Interviewer Sanne") means the role; labels that are joined ("R1 en R2") mean what all mean.
    """
    found = _meaning_of(split_label(label)[0])
    words = label.split()
    if found[1] or not words:
        return found
    parts = [part for part in _JOINED.split(label) if part]
    if len(parts) > 1:
        each = {_meaning_of(split_label(part)[0]) for part in parts}
        return each.pop() if len(each) == 1 else (NEUTRAL, 0)
    named = len(words) > 1 and len(words[0]) > 3 and all(word[0].isupper() for word in words[1:])
    return _meaning_of(split_label(words[0])[0]) if named else found


def _meaning_of(base: str) -> tuple[str, int]:
    if base in STRONG_INTERVIEWER:
        return INTERVIEWER, 2
    if base in STRONG_RESPONDENT:
        return RESPONDENT, 2
    if base in WEAK_INTERVIEWER:
        return INTERVIEWER, 1
    if base in WEAK_RESPONDENT:
        return RESPONDENT, 1
    return NEUTRAL, 1 if base in NEUTRAL_LABELS else 0


def role_in(words: str) -> str:
    """The role that a description names: "de interviewer (student)" → interviewer; "" if it names none."""
    meanings = [_meaning_of(split_label(word)[0]) for word in _ROLE_WORD.findall(words) if len(word) > 2]
    for wanted in (2, 1):
        for role, strength in meanings:
            if strength == wanted and role in (INTERVIEWER, RESPONDENT):
                return role
    return ""
