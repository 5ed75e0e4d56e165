"""The words by which Dutch interviews show that something begins, goes on or ends.

Patterns are matched against small-letter text. They are few and general on purpose: each stands for something that
a reader of transcripts would give as a reason.
"""

from __future__ import annotations

import re

from corpora.sentences import word_lists

# Words of listening: `Hm hm.`, `Ja, precies.`, `Oké, dat snap ik.`
BACKCHANNEL_WORDS = frozenset(word_lists()["backchannels"])
# Words that carry no subject of their own, in lemma form: general nouns, verbs of telling, questions and modality.
GENERAL_LEMMAS = frozenset(word_lists()["general_lemmas"])


def _one_of(*alternatives: str, before: str = r"\b", after: str = "") -> re.Pattern[str]:
    return re.compile(f"{before}(?:{'|'.join(alternatives)}){after}")


_YOU = "(?:u|je|jij|jullie)"
_IT = "(?:u|je|jullie|de|het|uw|jouw|volgens)"

# --- the interviewer ---------------------------------------------------------------------------------------------

MIRROR = _one_of(
    r"dus\b", r"als ik (?:het|u|je|jou) (?:goed|dus)\b", "begrijp ik (?:het )?(?:goed|dat)", "samengevat",
    rf"bedoel(?:t|en)? {_YOU}\b", rf"{_YOU} bedoel(?:t|en)?\b", f"hoor ik {_YOU}", f"ik hoor {_YOU}",
    "met andere woorden", f"zeg(?:t|gen)? {_YOU} (?:nu |dan |eigenlijk |daarmee )*dat", "wat bedoel", "hoe bedoel",
    r"klopt (?:het|dat)\b", before=r"^(?:(?:ja|oké|ok|nee|hm|en|maar|precies|goed|want)\W+)*")

FOLLOW_UP = re.compile(
    r"\b(?:toen|waarom|hoezo|zo'n|verder af|iets meer|wat meer|nog iets over|"
    r"daar(?:na|op|mee|van|aan|in|bij|tegen|uit|voor|over)|hoe (?:komt|komen|kwam|ging|gaat) dat|hoe liep|"
    r"hoe reageer|wat zei|wat zegt dat|wat deed|wat doet dat|wat gebeurde|wat maak(?:t|te))\b"
    r"|\bdaar(?! wil)(?: \w+){1,4} (?:mee|over|van|aan|tegen|voor|op|bij|uit)\b"
    r"|\b(?:wat ging er|hoe voelde|wat dacht)\b|\bdan\?|\ber(?: \w+){1,3} (?:van|mee|over|aan|op|bij)\b"
    r"|^(?:(?:en|maar|oh|ja|oké)\W+)*(?:hoe (?:lang|vaak|oud|groot|ver)|hoeveel|wat voor)\b"
    r"|\bdat (?:dan|nou|nog|ook|wel|met|voor|aan|tegen|toen|bij|eens|lukte|heeft)\b|\b(?:dat|die|daar)\?")

REFERRING = _one_of("die", "dat", "dit", "deze", "daar", "hij", "hem", "zij", "ze", "haar", "hun", "toen", "dan",
                    "ervan", "ermee", "eraan", "erover", after=r"\b")

# Someone or something that was just told about.
JUST_TOLD = re.compile(r"\b(?:hij|hem|(?:dat|die) (?!is\b|was\b|voor\b|u\b|je\b|jullie\b|er\b|het\b)\w{5,})\b")

TOPIC = _one_of(
    "tot slot", "ten slotte", "tenslotte", "als laatste", "laatste vraag", "iets anders", "ander onderwerp",
    "volgende (?:vraag|onderwerp|thema)", "overstappen", "in hoeverre", "vertel eens", "zijn er", "even terug",
    "terugkomen op", "terugkijk", "vooruitkijk", "toekomst", "volgend jaar", "meegeven", "toevoegen",
    f"zou(?:den)? (?:{_YOU}|er|de|het)", r"over\b[^,.?]{1,40}\bgesproken",
    f"hoe (?:ervaart|ervaar|ervaren|kijkt|kijk|verloopt|loopt|is|zijn) {_IT}", "welke (?:rol|betekenis|plaats)",
    f"wat (?:is|zijn|vindt|vind) {_IT}", "en (?:hoe|wat) (?:is|zit|vindt|vind|zou)",
    rf"(?:kunt|kun|kan|wilt|wil|zou) {_YOU} (?:\w+ ){{0,3}}(?:vertellen|beschrijven|schetsen)",
    r"(?:dan|nu) (?:ga|gaan|wil|heb|kom)\b.{0,30}\b(?:over|bij|naar)", after=r"\b")

ANNOUNCES = _one_of(
    "vertel (?:eens|maar|me|mij|daar|over)", "beschrijf", "noem eens", "neem (?:me|mij|ons) (?:eens )?mee",
    "(?:benieuwd|nieuwsgierig) (?:naar|hoe|wat)", "over naar",
    "daar wil(?:de)? ik .{0,30}(?:over|naar|weten)",
    "(?:ik wil|ik zou|wil ik|zou ik|laten we|gaan we|dan gaan) .{0,40}(?:over|naar|hebben|weten|horen|vragen)",
    after=r"\b")

CONSENT = _one_of(
    "opneem", "opnemen", "opname", "opgenomen", "recorder", "bandje", "apparaatje", "anoniem", "anonimiteit",
    "toestemming", "akkoord", "welkom", "vertrouwelijk", r"meewerk\w*", "meedoen aan", "koffie of", "thee",
    f"(?:fijn|leuk) dat {_YOU}", r"tijd (?:heeft|hebt|vrij\w*|maakt|nemen)", "zullen we beginnen", "loopt hij",
    "(?:mag|kunt|kun) .{0,20}stoppen", r"geluidsfragment\w*", after=r"\b")

CLOSING = _one_of(
    r"(?:be)?dank\w* .{0,40}(?:gesprek|interview|tijd|openheid|medewerking|deelname|verhaal|verhalen)",
    r"(?:zet|stop|doe) (?:ik )?(?:nu |dan |even )*(?:de|het|die|hem) .{0,25}\buit\b",
    "hiermee .{0,25}(?:einde|afronden|afsluiten)")

# --- the respondent: the first words of a sentence ------------------------------------------------------------------

_LEAD = r"^(?:(?:en|maar|nou|nou ja|ja|kijk|goed|o|oh|eh|uh|uhm|dus|weet je|want)\W+)*"

STORY_OPENING = _one_of(
    "op een gegeven moment", "ik (?:weet|herinner me) (?:nog|het nog)", "ik zal (?:je|u|jullie)? ?(?:een|eens)",
    r"laatst\b", "pas geleden", "onlangs", r"(?:een|het) (?:\w+ )?voorbeeld\b", "neem (?:nou|nu)",
    "er was (?:eens |laatst |ook )?(?:een|iemand|die)", r"ik had (?:\w+ )?(?:eens|laatst|ooit|gisteren) ",
    r"ik had (?:\w+ )?een (?:\w+ ){1,2}(?:die|met|waar|wiens|bij wie)\b",
    r"(?:we|wij) hadden (?:\w+ )?(?:een|eens|laatst) ", "toen ik (?:hier|net|begon|klein)",
    "ik (?:kwam|kreeg|heb) (?:ooit|eens|een keer) ", before=_LEAD)

SUBJECT_OPENING = _one_of(
    r"(?:wat|waar) (?:ik|we|wij) (?:\w+ ){0,2}(?:ook|nog|verder|wel|daarnaast|eigenlijk|zelf)",
    "en dan (?:heb je|heb ik|is er|zijn er|was er|nog)", "daarnaast", r"verder\b", "los daarvan", "los van",
    r"dan (?:heb je|is er|zijn er) (?:\w+ )?(?:ook|nog|natuurlijk)", "(?:iets|wat) (?:heel |totaal |helemaal )?anders",
    "een (?:ander|tweede|derde|volgend)e? ", "ten (?:eerste|tweede|derde)", "het (?:andere|tweede|derde) ",
    "aan de andere kant", "daar staat tegenover", "(?:wat|waar) .{1,40} betreft", "(?:het|dat|er) is ook",
    r"(?:wat|waar) (?:\w+ ){0,2}(?:speelt|meespeelt|goed gaat|beter gaat|lastig is|moeilijk is)\b",
    "(?:weet|weten) (?:je|u|jullie) wat (?:ik|we|wij|het)", "hoe ik (?:dan |toen )",
    r"(?:als|nu) (?:ik|we|wij) het (?:\w+ ){0,3}over .{1,30} (?:heb|hebben)\b", "(?:één|een) ding (?:zal|wil|moet|dat)",
    r"ik (?:wil|moet|zou) (?:\w+ ){0,3}(?:zeggen|vertellen|benadrukken|kwijt|toevoegen)\b",
    r"wat (?:ik|we|wij) (?:daarna|later|toen) (?:\w+ ){0,3}(?:heb|hebben|meemaakte\w*|zag|zagen|kreeg)\b",
    "mag ik (?:daar |hier )?(?:nog |ook )?(?:iets|wat)", "en dan (?:mijn|onze|de) ",
    r"thuis\b", r"qua\b", r"met (?:de|het|mijn|onze) \w+ (?:is|gaat|ging|loopt|heb|hebben|was|had)", before=_LEAD)

# Weaker than the two above, for time, place and person also shift inside a story.
SHIFT = _one_of(
    "van de week", r"(?:een|twee|drie|vier|vijf|paar) .{0,14}(?:jaar|maand\w*|we[ek]\w*|dagen) (?:geleden|terug)",
    r"(?:vorige?|afgelopen) \w+", r"in (?:19|20)\d\d", "bijvoorbeeld",
    r"ik (?:ken|kreeg|heb) (?:\w+ )?(?:een|bij een) ", "(?:die|de) (?:eerste|ene) keer (?:dat|was|toen)",
    "nu (?:doe|is|zijn|hebben|gaat)", "tegenwoordig", "inmiddels", "ook (?:heb|is|de|het|met|bij)",
    "over (?:de|het|die|dat) .{1,30} gesproken", "(?:bij|voor) mij ", "ik vind wel", r".{1,30} trouwens\b",
    before=_LEAD)

STORY_ENDING = _one_of(
    r"(?:dus )?dat (?:was|is|waren) (?:\w+ ){0,3}(?:het|mijn|mooi\w*|voor mij|eigenlijk|dus|wat|iets|toch|zo)",
    r"zo (?:is|was|gaat|ging|zit|werkt|doe|heb|kwam|zijn|begon)\b", "(?:en )?sindsdien", "maar goed",
    "uiteindelijk", "achteraf", "daar (?:doe je het voor|heb ik (?:veel )?van geleerd|was ik)",
    "en dat (?:was|is|heeft|doe) ", "dat (?:heeft|had) mij", "dat vergeet ik", "dat doe ik sindsdien",
    "toen heb ik (?:begrepen|geleerd|besloten)", "(?:en )?(?:nu|inmiddels|tegenwoordig) ", before=_LEAD)
