"""Words that stand in names without telling which, and words of one matter. All as `plain` writes them."""

_LEGAL = """
gmbh ag ltd limited inc llc llp sa srl sarl bv nv kg kgaa ohg co plc oy oyj ab as spa corp corporation company
se sas aps sro doo kft zrt pty gbr mbh und and
"""
_TITLES = "mr mrs ms dr prof herr herrn frau ing dipl sir mme monsieur madame señor señora"
_KINDS = """
giesserei gieserei foundry castings casting systems system solutions technologies technology tech industries
industry industrial international holding group services service software engineering logistics logistik
transport transporte spedition trading handel metals metal metall metallbau stahl steel works werke werk
maschinenbau machinery machines tools tooling plastics kunststoff chemicals chemie pharma medical electronics
elektronik electric electrical automation robotics energy power components parts partners partner consulting
consultants digital data networks network supply supplies packaging verpackung manufacturing products produkte
europe global deutschland germany project projekt operation codename code name program programme programm
initiative forge schmiede labs laboratories instruments bearings cables valves pumps bank capital ventures
marine maritime naval shipping fitness sport sports aviation aerospace food foods seeds agro farms printing textiles
optics ceramics coatings paints furniture glass timber paper water solar security clinic hospital hotels cleaning
brothers sons team the der die das of de di und van von
"""
_GIVEN = """
adam ahmed alan albert alessandro alex alexander alexandra ali alice alina amanda amelia amir andrea andreas
andrew andrzej angela anita anja anke ann anna anne annette anton antonio arne arthur barbara beata beate ben
benjamin bernd bernhard bettina birgit bjorn bo brian bruno carl carla carlos carmen carol caroline catherine
cecilia charles charlotte chris christian christiane christina christine christoph christopher claire clara
claudia claus colin cristina dagmar dan daniel daniela david deborah denis diana dieter dirk dmitri dominik dora
doris edward elena elisabeth elizabeth ella ellen emil emily emma eric erik erika ernst esther eva felix
ferdinand florian francesca francesco francois frank franz fred frederik friedrich gabriel gabriele george georg
gerd gerhard giovanni giulia grace graham greta grzegorz guido gunter hanna hannah hans harald harry heike heiko
heinz helen helena helga henrik henry herbert holger horst hugo ian ida igor ines inga ingrid irene iris isabel
ivan jack jacob jakob james jan jana jane janet jason javier jean jens jessica joachim joan joanna johan johann
johannes john jonas jorg jose josef joseph juan judith julia julian juliane jurgen karen karin karl karolina
katarzyna kate katharina katja katrin keith kenneth kerstin kevin kim kirsten klara klaus konrad kristina
krzysztof kurt lars laura lea lena leo leon lisa louis louise luca lucas lucia lucy luis luisa lukas lutz magda
magdalena manfred manuel marc marco marcus margaret maria marie mario marion mark markus marta martha martin
martina mary mateusz mathias matthew matthias max maximilian melanie michael michaela michal miguel mike mikael
miriam monika nadine natalie nicholas nick nicole niels nikolaus nina nora norbert olaf oleg oliver olivia olga
oscar otto pablo paolo pascal patricia patrick paul paula pavel pedro peter petra philip philipp pia pierre
piotr priya rachel rafael rainer ralf ralph raphael rebecca regina renate richard rita robert roberto roland
rolf roman rosa rosemary rudolf rupert ruth ryan sabine samuel sandra sara sarah sebastian sergio silke silvia
simon simone sofia sonja sophia sophie stefan stefanie steffen stephan stephen steve steven susan susanne sven
sylvia tanja tatiana teresa theo thomas thorsten tim timo tobias tom tomas tomasz torsten udo ulrich ulrike
ursula ute uwe valentin vera verena veronica victor victoria viktor vincent vivian volker walter werner wilhelm
william wolfgang xavier yves yvonne zoe
"""
_RARELY_GIVEN = """
aage agata agnes ailsa aino alasdair albrecht aleksander alfons alma amara anatol angus annika antje arvid aslaug astrid
aurelia axel balthasar beatrix berit bertram birte boris bridget bronwyn brigitte caspar cathal ciara conrad cornelia
cosima cyril dafydd daphne declan edda edgar edith edmund egon eilidh einar eleni elke elsa enno esme esra eugen evelyn
fabian fatima fergus fiona fleur frauke freya frida gerda gero gesine giles gisela gita goran gregor gudrun gunnar
gwendolyn hamish harriet hartmut hedda hedwig henk hilda hilde hjalmar ilka ilona ilse imogen imke ingeborg iona isolde
ivar jacek jarek jasper jelena jette johanne jolanta jost jutta kaja kaspar kirsi klemens lavinia leif lennart leonie
liesel linnea ludwig lydia maeve magnus maike malte maren marek margit margrit marlene mats matilda mechthild merle mila
milan mirko moritz nadia nadja natascha niamh nils nuno odette oda ole orla osman otmar padraig pekka philippa quentin
ragnar ramona renata rosalind roswitha ruben runa ruprecht saoirse saskia selma severin sigrid silvio siobhan sigmund
solveig sonia svea svetlana swantje tadeusz tamara tessa thaddeus theodor thora tilda tilman titus toivo torben tove
trudi ulf ursel valeria vasil vigdis vilma waltraud wanda wenzel wiebke wilma wolf yannick yasmin ylva zbigniew zdenka
"""
# They hold another word, and have nothing to do with it.
_OTHER_THINGS = """
noticeboard dashboard keyboard cardboard skateboard whiteboard clipboard motherboard surfboard snowboard overboard
paddleboard sideboard footprint blueprint restart upstart livestock laughing goodwill
"""
_STOPWORDS = """
based a an the of to in on for and or with from by at as is are be will our we us you your their its it this that der
die das den dem des ein eine einer eines zu zum zur im in von vom mit auf für und oder ist wird unser unsere no
not
"""
_CODES = """
tv pc hq vp ai ui ux cad cam kg ag usb po qa it hr pm am eu uk us ce ok id ip pr cc kw cw dr mr vs no nr iso din
pdf erp rfq ceo cfo cto vat
"""
_DENIALS = """
no not none kein keine keinen keiner nicht ohne without never nobody don t isn aren doesn haven hasn won lack lacking
"""
_PARTICLES = "van von der de di den du da dos del la le ter ten te zu zum al el bin o d mc mac"
# They stand in people's names, too.
PARTICLES = frozenset(_PARTICLES.split())
# Words by which something is denied.
DENIALS = frozenset(_DENIALS.split())
LEGAL, TITLES, GIVEN = frozenset(_LEGAL.split()), frozenset(_TITLES.split()), frozenset(_GIVEN.split())
# First names that few people have: one may be told by such a name alone.
RARELY_GIVEN, OTHER_THINGS = frozenset(_RARELY_GIVEN.split()), frozenset(_OTHER_THINGS.split())
# What kind of firm or undertaking it is, not which.
KINDS = frozenset(_KINDS.split())
STOPWORDS = frozenset(_STOPWORDS.split()) | DENIALS
# So ends what names a kind of firm in one word.
KIND_ENDS = ("fabrik", "fabriek", "werke", "technik", "giesserei", "handel", "spedition", "industrie")
# Short words in capitals that are nobody's initials.
CODES = frozenset(_CODES.split())
# Words of one matter: a fact about one of them is about the others, too.
MATTERS = (
    "margin margins marge margen gewinnspanne markup",
    "pay payment payable paiement pago pagamento zahlung zahlen zahlungsziel zahlbar net netto terms invoice rechnung",
    "stock inventory existencias scorte lager bestand vorrat buffer reach last",
    "discount rebate remise descuento sconto rabatt rabat nachlass reduction off",
    "prepayment advance acompte anticipo adelantado acconto upfront front deposit anzahlung vorauszahlung vorkasse",
    "warranty guarantee garantía garanzia gewährleistung garantie",
    "contract agreement contrat contrato contratto term vertrag laufzeit binden bindung",
    (
        "decide decision decidir décider decisione sign signature entscheidung entscheiden entschieden entschied"
        " beschluss beschliessen beschlossen unterschreiben unterschrieben unterschrift"
    ),
    (
        "award adjudicación attribution vergabe vergeben vergibt zuschlag choose chose chosen select selection auswahl"
        " auswählen nominate nomination nominierung"
    ),
    "launch live start go-live sop anlauf inbetriebnahme rollout",
    "budget spend funds funding mittel",
    "volume volumen cantidad quantité quantità forecast quantity demand menge bedarf stückzahl jahresmenge",
    "seat user licence license lizenz nutzer",
    "share cuota quota anteil split portion volume volumen slice",
    "increase surcharge uplift zuschlag erhöhung aufschlag raise",
    "shutdown freeze closure stillstand eingefroren",
    "audit auditor review prüfung überprüfung überprüfen",
    "price prix precio prezzo preis cost kosten rate",
    "expire end run renew renewal auslaufen enden endet ablauf",
    "truck lorry lkw fleet vehicle fahrzeug",
    "notice kündigungsfrist préavis preaviso preavviso kündigung",
    "penalty vertragsstrafe pönale pénalité penalización penale konventionalstrafe",
    "credit gutschrift crédito crédit credito",
    "production produktion producción produzione",
    "cleaning reinigung nettoyage limpieza pulizia",
    "subsidy grant subvention subvención sovvenzione zuschuss förderung fördermittel beihilfe",
    "employee staff headcount workforce personnel agent mitarbeiter personal belegschaft",
    "indexation escalation adjustment escalator preisgleitklausel gleitklausel indexierung preisanpassung",
    "saving economies ahorro économies einsparung ersparnis",
    "payback amortisation amortization amortise amortize amortisiert amortisieren",
    "fee charge tariff gebühr entgelt honorar tarif",
    "maintenance servicing upkeep wartung instandhaltung mantenimiento manutenzione",
    "site location branch outlet standort filiale niederlassung",
    "downtime outage ausfall ausfallzeit",
    "pilot trial probebetrieb pilotphase testphase pilotprojekt",
    "turnover revenue umsatz umsatzerlöse",
    "liability haftung haftungsgrenze",
    "availability uptime verfügbarkeit",
    "freight haulage shipping fracht",
    "commission provision",
    "exclusivity exclusive exklusivität exklusiv",
    "scrap reject ausschuss",
    "investment capex investition invest",
    "lifetime lifespan life nutzungsdauer lebensdauer",
    "capacity throughput kapazität",
    "damages penalty schadenersatz vertragsstrafe",
    "cap ceiling obergrenze deckel",
    "floor minimum untergrenze",
    "rent lease rental miete pacht leasing",
    "salary wage lohn gehalt",
    "loan kredit darlehen",
    "electricity energy strom energie",
    "machine equipment maschine gerät anlage",
    "relocation relocate umzug verlagerung",
    "handover übergabe",
    "resolution resolve solve gelöst lösung lösungsquote",
    "supplier vendor lieferant",
    "customer client kunde",
    "hourly stundensatz",
    "delivery lieferung livraison entrega consegna",
    "stock reserve reichweite",
    "volume tonnage offtake",
)
