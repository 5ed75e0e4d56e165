"""Dutch words that tell what kind of name stands beside them."""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


PARTICLES = word_set("van de der den het 't te ten ter el al ben bin in op aan von da dos du la le di abu ould 's l'")

TITLES = word_set("""
    meneer mevrouw mijnheer menheer mevrouwtje heer dhr mw mevr mevrouws dr drs ir ing prof mr dokter doktor
    huisarts juf juffrouw meester zuster broeder pater pastoor dominee ds imam pake beppe tante oom opa oma
    opoe wethouder burgemeester raadslid wijkagent agent rechter advocaat familie gezin fam echtpaar
""")
SURNAME_TITLES = word_set("""
    meneer mevrouw mijnheer menheer heer dhr mw mevr dokter dr juf meester zuster familie gezin fam echtpaar
    prof
""")
ROYAL = word_set("prins prinses koning koningin graaf sint")
STREET_TITLES = word_set("burgemeester dokter dr pastoor prof professor wethouder meester pater dominee")
RELATIONS = word_set("""
    collega buurman buurvrouw vriend vriendin vriendje vriendinnetje zus zusje broer broertje dochter zoon
    dochtertje zoontje nichtje neefje nicht neef moeder vader man vrouw partner kleinzoon kleindochter
    schoonmoeder schoonvader schoonzus stagiair stagiaire stagiaires coach leercoach begeleider begeleidster
    vrijwilliger vrijwilligster teamleider teammanager manager directeur facilitator hulpverlener
    hulpverleenster casemanager regisseur consulent consulente wijkverpleegkundige verpleegkundige
    psycholoog psychiater logopedist ergotherapeut fysiotherapeut maatje mantelzorger kameraad baas
    leidinggevende cliënt cliënte bewoner bewoonster mevrouwtje ex peettante jongerenwerker opbouwwerker
    ouderenadviseur beheerder projectleider collega's kinderen tweeling hond kat
""")
CALLED = word_set("heet heette heten heetten genaamd genoemd geheten")
LOCATIVE = word_set("in uit naar te vanuit richting rond rondom buiten tussen langs")
PLACE_CUES = word_set("""
    omgeving omstreken regio provincie gemeente dorp stad wijk buurt stadsdeel dorpje stadje wijkteam
    buurtteam gebiedsteam kern straat plein park stadswijk volkswijk woonwijk wijkje buurtje eiland rayon
    district team
""")
ORGANISATION_CUES = word_set("""
    stichting zorggroep zorginstelling zorgorganisatie welzijnsorganisatie welzijnsstichting organisatie
    woningcorporatie corporatie woningbouw woningbouwvereniging woningstichting vereniging basisschool
    school huisartsenpraktijk praktijk buurthuis wijkcentrum buurtcentrum gezondheidscentrum verzorgingshuis
    verpleeghuis zorgcentrum ziekenhuis dorpshuis inloophuis jongerencentrum speeltuin moskee kerk
    restaurant café bedrijf thuiszorg thuiszorgorganisatie voetbalclub sportvereniging speeltuinvereniging
    kinderdagverblijf opvang crèche peuterspeelzaal kringloop kringloopwinkel bakkerij supermarkt
    zorgboerderij dagbesteding wooncentrum woonzorgcentrum hospice bibliotheek theater fonds college
    buurtkamer huiskamer wijkgebouw ontmoetingscentrum ontmoetingsplek zorgaanbieder aanbieder welzijnswerk
    partij jeugdzorgorganisatie jeugdhulporganisatie apotheek tandartspraktijk stichtingen clubhuis
    initiatief bewonersgroep
""")
AT = word_set("bij")
ARTICLES = word_set("de het 't t")
NO_PROPERTY = {"", *word_set("en of is was zijn waren heeft had die dat met van voor in op bij als maar want dus")}
"""After a word in -s none of these is what somebody owns: *Sannes moeder*, but *Talis en Portaal*."""
DETERMINERS = word_set("de het een deze dit die dat onze ons mijn jullie hun zo'n elke ieder iedere alle geen")

ORGANISATION_HEADS = word_set("""
    stichting buurtteam wijkteam gebiedsteam jeugdteam zorggroep huisartsenpraktijk huisartsenpost
    gezondheidscentrum woningcorporatie woonstichting woningstichting woningbouwvereniging vereniging
    basisschool college hogeschool universiteit ziekenhuis verpleeghuis zorgcentrum woonzorgcentrum
    wijkcentrum buurthuis buurtcentrum dorpshuis ggz ggd roc mbo cjg welzijn buurtzorg buurtkamer inloophuis
    moskee kerk zorgboerderij thuiszorg mee wij kringloop voedselbank jongerencentrum sportvereniging
    voetbalvereniging fc vv sv kindcentrum obs cbs wijkgebouw ontmoetingscentrum bibliotheek gasthuis
    hospice café jeugdhulp verslavingszorg kredietbank jeugdbescherming ouderenzorg gehandicaptenzorg
    schuldhulp verloskundigenpraktijk restaurant bakkerij apotheek speeltuin buurtbedrijf buurtsuper
    kinderopvang wijkbedrijf huis woonvorm zorgbureau bureau leger huize vrouwenopvang opvang jeugdzorg zorg
    werkplaats radio atelier kwekerij zorgpunt repaircafé buurttuin club huisartsencentrum fysiotherapie
    tandartspraktijk praktijk theater bso kinderdagverblijf peuterspeelzaal azc pact ambulant
    veiligheidsregio omgevingsdienst waterschap autobedrijf garage garagebedrijf bouwbedrijf aannemersbedrijf
    installatiebedrijf schildersbedrijf transportbedrijf loonbedrijf hoveniersbedrijf schoonmaakbedrijf frituur
    snackbar cafetaria eetcafé cafe slagerij bakker slager kapsalon boekhandel drogisterij hotel camping manege
    sportschool zwembad museum harmonie fanfare omroep studio metaal machinefabriek uitzendbureau taxi
""")
ORGANISATION_TAILS = word_set("""
    college zorg wonen welzijn ziekenhuis zorggroep thuiszorg scholengemeenschap lyceum groep coaching
    bewind bewindvoering academie schouwburg advies opvang
""")
HEAD_LINKS = frozenset((*word_set("van voor en om de het der den & des"), "en de", "van de", "voor de", "van het"))

PERSON_SPEAKS = word_set("""
    zei zegt vertelde vertelt belde belt vroeg dacht vond werkt werkte woont woonde riep snapte heette
    huilde lachte appte mailde stuurde knikte schrok antwoordde raadde grapte mompelde glimlachte bedankte
    schreef heeft had wilde wou zat ging kwam
""")

OLD_AND_NEW = word_set("oude nieuwe grote kleine lange korte hoge lage")
KINDS_OF_DISTRICT = word_set("volkswijk woonwijk achterstandswijk krachtwijk prachtwijk vinexwijk vogelaarwijk")
STREET = re.compile(
    r".{3,}(?:straat|straatje|laan|plein|weg|kade|gracht|singel|dijk|steeg|buurt|wijk|kwartier|polder|park|dorp|hof|burg|"
    r"hoek|pad|poort|markt|haven|erf|veld|velden|akker|flat|brink|dreef|zijde|boulevard|kamp)$")
TOPOGRAPHIC = re.compile(
    r".{3,}(?:kamp|hoven|hove|veld|velde|berg|haven|oord|broek|horst|stad|dorp|heim|burg|hout|zicht|donk|drecht|zijl|"
    r"wolde|woude|veen|beek|dam|eind|rode|lo|heide|sluis|brug|wijk|kerk|meer|poel|waard|kapelle|mond|um)$")
DEMONYM_ENDINGS = ("se", "s", "er", "ers", "sche", "ze")
EVERYDAY_ENDINGS = re.compile(
    r".*(?:team|teams|wet|loket|project|methode|methodiek|gesprek|gesprekken|kaart|matrix|model|training|cursus|werk|"
    r"werker|werkers|pas|fonds|regeling|plan|tafel|groep|app|punt|dag|week|zorg|hulp|scan|wijzer|café|bank|coach)$")
