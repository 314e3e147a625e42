"""Words of a plan's phrases that stand for each other: the acts of business, and what they are done to."""

# Forms that no ending makes, and German ones. What stands behind a colon stands for the others, but they not for it;
# "call+back" is a verb and what goes with it.
ACTS = (
    (
        "sell sold sale verkaufen verkauft verkauf divest divestment veräussern veräusserung: spin+off"
        " spun+off carve+out get+rid find+buyer found+buyer loswerden abstossen abgestossen"
    ),
    (
        "shut close closure schliessen geschlossen schließung stilllegen stillgelegt stilllegung dichtgemacht"
        " dichtmachen: no+more no+longer nicht+mehr keine+mehr kein+mehr wind+down wound+down discontinue discontinued"
        " give+up gave+up given+up aufgeben aufgegeben aufgabe mothball mothballed abandon abandoned vacate vacated"
        " lose+its lose+their lose+office lose+site lose+plant lose+jobs pull+out leave+site leave+office abwickeln"
        " schluss zumachen zugemacht macht+zu machen+zu macht+dicht machen+dicht"
        " come+end any+more anymore"
    ),
    "buy bought purchase kaufen gekauft kauf",
    (
        "build built bauen gebaut bau errichten errichtet construct: set+up put+up draw+up drew+up drawn+up erect"
        " erected invest investing investieren investiert hinstellen hingestellt plan planning planned planen geplant"
        " approved genehmigt neubau"
    ),
    "give gave given geben aufgeben gegeben aufgegeben",
    (
        "give+up gave+up given+up aufgeben aufgegeben aufgabe: close closed closure shut abandon abandoned vacate"
        " vacated leave get+out pull+out schliessen geschlossen schliessung"
    ),
    (
        "leave left verlassen exit quit withdraw withdrawal pull+out aussteigen ausstieg rückzug: get+out give+up"
        " gave+up abandon zurückziehen"
    ),
    "drop dropped ditch: replace replaced loswerden",
    (
        "retender re+tender ausschreiben ausgeschrieben ausschreibung: tender+again tender+anew new+tender out+tender"
        " put+tender"
    ),
    "strike streik streiken gestreikt bestreikt: walkout",
    "start begin began begun launch anfangen angefangen beginnen beginnt begonnen starten",
    "own eigen eigene eigener eigenen eigenes",
    "breed breeding züchten züchtung zucht",
    (
        "stop end cease einstellen eingestellt beenden beendet aufhören discontinue discontinued phase+out"
        ": no+more no+longer nicht+mehr keine+mehr kein+mehr get+out run+down auslaufen ausgelaufen abkündigen"
        " abgekündigt abkündigung läuft+aus laufen+aus schluss axe axed scrap scrapped kill killed"
    ),
    "raise increase erhöhen erhöht erhöhung: put+up",
    "hire hiring einstellen eingestellt recruit recruiting: take+on took+on",
    "develop development entwickeln entwickelt entwicklung",
    (
        "move relocate relocation verlagern verlagert verlagerung verlegen verlegt umziehen shift"
        " transfer: go+onto going+onto goes+onto put+on go+by goes+by going+by go+to goes+to going+to offshore"
        " nearshore abwandern umzug geht+nach gehen+nach künftig zukünftig"
        " from+now in+future"
    ),
    (
        "switch migrate migration convert conversion changeover switchover umsteigen umstieg umstellen umgestellt"
        " umstellung wechseln wechsel gewechselt: go going goes gehen geht move moving change künftig zukünftig"
        " from+now in+future replace replacing"
    ),
    (
        "go+back went+back gone+back return returning zurück zurückkehren zurückgehen rückkehr: back+into back+to"
        " back+in want+back get+back move+back"
        " put+into bring+back take+back bring+home repatriate repatriation zurückholen zurückgeholt"
    ),
    (
        "insource insourcing inhouse in+house bring+inhouse take+inhouse selbst+machen do+ourselves"
        " make+ourselves run+ourselves ins+haus eigenfertigung: handle+ourselves produce+ourselves machen+selbst"
        " selbst+gemacht zurückholen bring+back take+back eigene+haus selber+machen"
    ),
    (
        "recall rückruf rückrufen zurückrufen zurückgerufen zurückholen zurückgeholt"
        ": call+back take+back pull+back bring+back rufen+zurück holen+zurück"
    ),
    (
        "outsource outsourcing auslagern ausgelagert auslagerung fremdvergabe: farm+out contract+out"
        " hand+over give+away outside+firm outside+provider external+provider service+provider dienstleister"
    ),
    (
        "delist delisting auslisten auslistung ausgelistet take+off took+off taken+off: throw+out threw+out thrown+out"
        " kick+out drop vanish disappear remove+from gone+from out+of discontinue discontinued no+more no+longer"
        " rausfliegen rauswerfen rausgeworfen rausnehmen herausnehmen rausgenommen fliegt+raus fliegen+raus"
        " fliegt+aus fliegen+aus stop+selling out+from streichen gestrichen verschwinden verschwindet verbannen"
    ),
    "postpone defer verschieben verschoben aufschieben aufgeschoben put+off: push+back delay shelve shelved on+ice",
    "cancel absagen abgesagt streichen gestrichen stornieren storniert call+off: scrap drop pull+plug bury won+happen",
    "reduce reduction reduzieren reduziert kürzen gekürzt senken gesenkt: cut+back cut scale+down bring+down halve",
    (
        "acquire acquisition takeover übernehmen übernahme übernommen take+over took+over buy+out bought+out"
        ": buy buying bought kaufen gekauft aufkaufen aufgekauft swallow swallowed belong+to be+ours"
    ),
    (
        "dismiss dismissal layoff layoffs redundancies entlassen entlassung entlassungen lay+off laid+off"
        ": let+go make+redundant made+redundant no+more no+longer cut+jobs lose+jobs lose+job"
        " stellenabbau abbauen abgebaut redundant"
    ),
    (
        "merge merger merging fusionieren fusion zusammenlegen zusammengelegt zusammenlegung: join+forces"
        " one+company one+firm one+operator become+one zusammenschluss zusammenschliessen"
        " zusammengehen gehen+zusammen verschmelzen verschmelzung marriage"
    ),
    "terminate termination kündigen gekündigt kündigung: get+out end ending beenden beendet aussteigen ausstieg",
    "expand expansion extend erweitern erweitert erweiterung ausbauen ausgebaut ausbau: enlarge enlarged",
    "reusable returnable mehrweg wiederverwendbar wiederverwendbare",
    "bring brought",
    "make made machen gemacht",
    "lease leasing leasen geleast",
    (
        "replace replacement ersetzen ersetzt ablösen abgelöst ablösung ersatz austauschen ausgetauscht: swap+out"
        " swap+for instead+of do+away get+rid retire retired"
    ),
    "print printing drucken gedruckt druck",
    "validate validated validation validieren validiert validierte validierung",
    (
        "qualify qualified qualification qualifizieren qualifiziert qualifizierte: test tested testing trial approve"
        " approved approval freigeben freigegeben freigabe erproben"
    ),
    "aufbauen aufgebaut aufbau: build+up set+up look+for search+for bring+in want get need",
    "approve approved approval freigegeben zugelassen zulassung",
)
OBJECTS = (
    "rail railway railroad rails schiene bahn: train trains zug züge",
    "canteen kantine",
    "company firm group people gesellschaft firma",
    "shop facility hall: plant house works line",
    "site plant factory werk standort location",
    "danish denmark danmark dänemark dänisch dänische dänischen dänischer",
    "german germany deutschland deutsch deutsche deutschen deutscher",
    "french france frankreich französisch französische französischen",
    "polish poland polen polnisch polnische polnischen polnischer",
    "spanish spain spanien spanisch spanische spanischen",
    "italian italy italien italienisch italienische italienischen",
    "british britain uk england britisch britische britischen",
    "dutch netherlands holland niederlande niederländisch niederländische niederländischen",
    "swedish sweden schweden schwedisch schwedische schwedischen",
    "norwegian norway norwegen norwegisch norwegische norwegischen",
    "swiss switzerland schweiz schweizer",
    "austrian austria österreich österreichisch österreichische österreichischen",
    "czech czechia tschechien tschechisch tschechische tschechischen",
    "hungarian hungary ungarn ungarisch ungarische ungarischen",
    "chinese china chinesisch chinesische chinesischen",
    "american usa us america amerika amerikanisch amerikanische amerikanischen",
    "office büro",
    "furnace ofen öfen",
    "machine maschine",
    "warehouse lager",
    "line linie",
    "production produktion fertigung",
    "second zweite zweiter zweiten 2nd: another dual",
    "third dritte dritter dritten 3rd",
    "supplier lieferant lieferanten vendor: source",
    "alternative alternativen",
)
# Acts that tell a plan where anything of it is named beside them.
_TELLING = """
delist insource outsource repower offshore nearshore reshore divest decommission rebrand privatise nationalise demerge
auslisten ausgliedern outsourcen insourcen repowern rückverlagern stilllegen entlassen fusionieren
"""
# What is yet to be built of one's own is told by wishes, too: "we want our own paint shop".
_WISHES = """
get want need think idea talk dream money budget project projekt bekommen kriegen wollen nachdenken überlegen möchten
"""
# Links of a phrase that its other words tell; and what makes a request of it.
_LINKS, _ASKING = "durch als aus ins into onto", "please bitte kindly"
# What stands before German verbs, and behind them in a sentence; "geben auf" is said of orders.
_PREFIXES = "ab aus ein um weg zurück zusammen raus auf"
_OF_ORDERS = "aufgeben aufgegeben"
# Words of places that may be left out where the place has a name.
_PLACES = """
site plant factory location works werk standort fabrik branch depot niederlassung filiale lane route strecke relation
"""
# What is left out where two other words tell the phrase.
_FIRMS = "company firm business people"
# By these the reader's firm is told to it.
_READER = "you your yours euch euer eure euren eurer eurem ihr ihre ihren ihrer ihrem"
# Where something is done or made: "malthouse" is "malting plant", too.
_HOUSES = "house plant works mill yard shop facility haus werk fabrik anlage"
# They stand before the house in words that are no compound of its own any more.
_NO_KINDS = "ware work green club"
# What may be closed or sold, a sentence behind its name; and what is closed for hours alone.
_PREMISES = "site plant factory location works werk standort fabrik niederlassung branch office büro depot filiale"
_PASSING = """
today tomorrow heute morgen monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag
freitag samstag sonntag weekend wochenende holiday holidays feiertag easter ostern christmas weihnachten until bis till
lunch noon gate door tor
"""
_HOURS = "pm uhr oclock"
# They stand for a place that the sentence before has named.
_OF_IT = "it+will it+going it+gets es+wird das+wird der+wird"
PLACES, FIRMS, READER = frozenset(_PLACES.split()), frozenset(_FIRMS.split()), frozenset(_READER.split())
HOUSES, NO_KINDS = tuple(_HOUSES.split()), frozenset(_NO_KINDS.split())
PREMISES, OF_IT = frozenset(_PREMISES.split()), frozenset(_OF_IT.split())
HOURS, WISHES = frozenset(_HOURS.split()), frozenset(_WISHES.split())
LINKS, ASKING = frozenset(_LINKS.split()), frozenset(_ASKING.split())
PREFIXES, OF_ORDERS = tuple(_PREFIXES.split()), frozenset(_OF_ORDERS.split())
TELLING, PASSING = frozenset(_TELLING.split()), HOURS | frozenset(_PASSING.split())
