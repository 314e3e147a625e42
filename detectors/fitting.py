"""Words by which a common figure or day is told to be ours and of the plan, or of something else."""

from detectors.patterns import Wording

# What we want, may, must or plan: the talk in which a plan gets out.
STANCE = Wording(r"""
    \b(target\w*|limits?|budget\w*|ceiling|cap|walk[- ]?away|max|maximum|minimum|at (most|least)|(our|the|price
    |their|is a|as a) floor|threshold
    |(more|above|over|less|below|higher|lower|beyond|longer|later) than|up to|as far as|not a (cent|day|penny|euro)
    |(we|wir|i|they|everybody|everything)( all)? (must|have to|has to|need to|want to|will have to|are going to
    |müssen|wollen|werden)|live with|settle\w*|accept(s|ed|ing|able)?|akzept\w*|afford\w*|swallow|stretch|push
    |pushed|shoot for|aim\w*|hop(e
    |ing) for
    |(go|going) (up|down|as|above|to|over|for|beyond|higher|lower)
    |(we|i|they|procurement|management|finance|the board|bo|our \w+|everybody|people)( all| really| just| only| both
    | internally| actually)?
    ('d|'ll|'ve| now| would| could| can| will| may| might| must| shall| have to| are| is)?( all| really| just| only
    | gladly| already| also| still| be)?
    \ (pay|paying|take|sign|do|agree|spend|need|needs|want|wants|plan|plans|planning|planned|intend|intends|expect
    |expects|allow|allows|allowed|award
    |get|gave|have|has|budgeted|calculate|reckon|hold|target|approve|approved|assume|think|rather|order|buy
    |calculates|reckons|assumes|insists|hopes|budgets)
    |would (be|do|sign|settle|work|get|make|clinch|close|win|seal|mean)|fine with|happy (with|at|to)|content
    |ok(ay)? (for|with) (us|me)|(would|will|should|'d|to) be enough|is enough
    |put aside|set aside|approved|allocated|earmarked|room for|in the end|internal|internally|between (us|you and me
    |ourselves)
    |secret\w*|confidential\w*|keep (it|this|that)|don'?t tell|not (public|official)|off the record|honest\w*
    |frank\w*|in truth|in fact|in reality|really|(the|our|its) (true|actual|real)|en réalité|entre nous|tra noi
    |entre nosotros
    |can you (do|go|get|come|offer|make|reach|meet)|could you (do|go|get|come|offer|make|reach|meet)|(come|get|go
    |bring|brings?) (it |this |that |the \w+ )?(down|to|below|under)|runter|nach unten
    |magic|sweet spot|we (were|are|got|have been) (given|told|allowed|granted)|(we|i|they)( only| all)? (make|earn
    |keep|charge|run|calculated?|computed|figured|thought|aimed|planned|buy|sell|close|launch|start)
    |our (launch|deadline|contract|decision|board|plant|line|stock|budget|ceiling|margin|pilot|needs?|demand|volume
    |draft
    |forecast|cap|boss|ceo|cfo|management|buyers?|finance|treasur\w+|controll\w+|committee)
    |(must|has to|have to|should|needs to) (not )?(stay|be|remain|come|cost|exceed|end|land)|left in|in the pot
    |on our side|(in|from) (the|our) (plan|sheet|business case)|goes? through|waved through
    |(may|can|could|might|shall|should|must|darf|dürfen|soll|sollen|kann|können
    |muss) (not |only |nur |höchstens )*(cost|kosten|come to)
    |(it|that)('d| would| will)? takes? us|shake hands|(we|i|he|she|they) (are|am|is) after
    |is left|remaining|tops|sign(s|ed|ature)?
    |unser\w* (start|frist|vertrag|entscheidung|werk|lager|bestand|budget|marge|limit|zielpreis|bedarf|chef|vorstand
    |einkauf)|schlag(en|e) (wir|ich)|einschlagen
    |in mind|promis\w+|(is|are|be) (also )?(fine|ok|okay)|in ordnung|end up|refuse\w*|refused|reject\w*|deal|yours
    |no way around|whatever happens
    |fyi|btw|you should know|just so you know|heads up|we stop|our (line|number|figure|goal|aim|plan|idea|offer|best
    |price|real|own|bottom|last)
    |bottom line|good enough|do the trick|is all|all (that )?(there is|we)|nobody (here )?will|as (low|high|far|long
    |much) as|or (better
    |less)|no more|not (a|one) \w+ more
    |ziel\w*|limit\w*|obergrenze|untergrenze|grenze|schmerzgrenze|höchstens|maximal|mindestens|mehr als|bis zu
    |höher als|leben|akzeptier\w*
    |mitgehen|schluss|eingeplant|freigegeben|genehmigt|vorgesehen|geplant|veranschlagt|budgetiert|abschließen
    |unterschreiben
    |(wir|ich|die|man)( \w+)? (zahlen|brauchen|wollen|planen|rechnen|haben|würden|können|könnten|nehmen|streben|gehen
    |müssen|kommen|hätten|sollten|dürfen)
    |(darüber|drüber|darunter|above that|below that|beyond that)
    |(zahlen|brauchen|wollen|planen|rechnen|haben|würden|können|könnten|nehmen|gehen|müssen|kommen|hätten) wir
    |intern|internes?|ehrlich\w*|wahrheit|unter uns|verrat\w*|vertraulich|unser\w* (plan|preis|angebot|linie
    |vorstellung|kalkulation|bedarf)
    |drin|genügen|reicht|reichen|wären wir|zufrieden|begnügen|begnügt|hopes? to|hoff(e|en|t)
    |würden? (sich|sogar|auch|gerne?|lieber|maximal|höchstens)
    |(goes?|geht|gehen) (to you|an euch)|is the most
    |(his|her|their|its|seine?|deren) (line|goal|aim|position|mark|red line|linie|ziel|schmerzgrenze|vorgabe)
    |(plan|business case|sheet|spreadsheet|strategy|model|calculation|paper|memo|kalkulation|strategie|vorlage|papier)
    \ (reckons|assumes|says|has|foresees|provides|shows|calls|expects|contains|rechnet|sagt|sieht)
    |told me|tells me|hinted|let slip|confided|verriet|hat mir (gesagt|verraten|erzählt)
    |erhofft|peilt|peilen|strebt|anstreb\w*|angestrebt|erwartet)\b
""")
PRICE = Wording(r"""
    \b(pric\w*|costs?|costing|offers?|quotes?|quoted|bids?|pay|paid|spend\w*|spent|charg\w*|rates?|figure|number
    |amounts?|sums?|totals?|money|funds?
    |margins?|sav(e|ing|ings)|discounts?|expensive|cheap\w*|budget\w*|targets?|limits?|all[- ]in|per (piece|unit|part
    |hour|tonne|ton|kg|km|seat|user)
    |each|apiece|a piece|value|worth|sell|sold|buy|purchase|order value|contract value|ceiling|licen[sc]es?
    |subscription|hourly|bracket price
    |preis\w*|kosten|angebot\w*|zahlen|betrag|summe|gesamt\w*|geld|marge|teuer|billiger|günstig\w*|stückpreis|euros?
    |dollars?|budget
    |prix|coût|precio|coste|prezzo|costo)\b
""")
COMMERCIAL = Wording(r"""
    \b(discounts?|rebates?|margins?|increase\w*|decrease\w*|surcharges?|uplift|off|prices?|pricing|savings?|share
    |shares|prepay\w*|deposit|down ?payment|up ?front
    |in advance|award\w*|bonus|kickback|volume|market|cheaper|more expensive|reduction|cut|penalt\w+|markup|split
    |business|contract
    |rabatt\w*|nachlass|skonto|zuschlag\w*|erhöhung\w*|aufschlag|preis\w*|marge|anteil\w*|anzahlung\w*|vorauszahlung
    |vergabe|volumen\w*|ersparnis|bonus)\b
""")
PLAN = Wording(r"""
    \b(decid\w*|decision\w*|sign\w*|award\w*|launch\w*|go(es|ing)?[- ]live|start\w*|expir\w*|runs? out|end|ends
    |ending|renew\w*|deadlines?|due|shut ?down|freez\w*|set(ting)?[- ]up
    |rebuil\w*|audit\w*|board|committee|finish\w*|ready|sop|ramp\w*|need\w*|must|have to|has to|latest|milestones?
    |kick[- ]?off|plan\w*|schedul\w*|switch\w*
    |contract\w*|stock ?out|cut ?over|migrat\w*|trouble|pressure|release|production|line|approv\w*|final|terminat\w*
    |notice|begin\w*|announce\w*|move|moving|close|closes|closing
    |reveal|merger|laps\w*|plazo|échéance|scadenza|expire|vence|lanc\w+|arranque|arranc\w+|empez\w+|empieza
    |producción|démarr\w+|décid\w+|décision|contrat|contrato|contratto
    |signature|firm(a|amos|iamo|are|ar)|decisión|decid\w+|decisione|avvio|produzione|inizia|caduca|tender|review\w*
    |stop|stops|change over
    |takes? place|happens?|run by|come into|leave\w*
    |entsch(ei|ie)d\w*|unterschr\w*|vergabe\w*|vergeben|start\w*|läuft aus|endet|enden|ablauf\w*|frist\w*|termin\w*
    |umgebaut|umbau\w*|fertig|brauchen|muss|müssen|spätestens
    |vertrag\w*|geplant|inbetriebnahme|anlauf\w*|freigabe|prüf\w*|überprüf\w*|eingefroren|abschluss|bekannt|umzug
    |produktion|stands? still
    |(werk|linie|anlage|produktion|bänder) (steht|stehen)|who (gets|wins)|wer (bekommt|gewinnt))\b
""")
TERM = Wording(r"""
    \b(pay\w*|net|terms?|contract\w*|warrant\w*|guarantee|stock|inventory|notice|pilot|migration|lead[- ]time
    |commit\w*|deliver\w*|last|lasts|covers?|left|exclusiv\w*|bind\w*
    |lock\w*|extension|renew\w*|ramp\w*|downtime|outage|buffer|implement\w*|rollout|roll-out|zahl\w*|laufzeit
    |vertrag\w*|gewährleistung|garantie|lager\w*|bestand\w*|frist\w*|reicht
    |noch|pilot\w*)\b
""")
COUNTED = Wording(r"""
    \b(volume\w*|forecast\w*|demand|(buy|buys|buying|order|orders|ordering|need|needs|take|takes|taking|want|wants
    |require|brauchen|bestellen|kaufen|nehmen|abnehmen)|annual\w*|per year|a year|yearly|capacity|quantit\w*|lot size
    |fleet|seats|users
    |altogether|all told|insgesamt|in total|zusammen|au total|en total|in totale|cover(s|ed|ing)?|couvr\w*|cubr\w*
    |umfass\w*|comprend\w*
    |prepare for|calculate with|roll ?out|rolling out|headcount|output|tonnage|price (it|them)
    |sollen es (werden|sein)|werden es
    |menge\w*|jahresmenge|bedarf|stückzahl\w*|im jahr|pro jahr|jährlich|prognose)\b
""")
# Private life and the life of an office, in which any figure may stand.
ALIEN = Wording(r"""
    \b(parking|parkplatz|lunch|dinner|breakfast|canteen|kantine|taxi|hotel|a night|tickets|museum|cinema|beer|wine
    |(the|a) book|jacket|donat\w*|raffle|postage|voucher|gift|coffee
    |cake|restaurant|gym|membership|(the|my|your) train (to|from|at|is|was|leaves|left|arrives|costs?)|zug|flight
    |lobby|platform \d+
    |see you|meet you|we meet|(the|our|your|safety|a|next) training|training (on|course|day|session|cent\w+|room)
    |schulung
    |your website|webinar|fun run|marathon|birthday|(birthday|christmas|office|summer|year) party|holidays?|vacation
    |urlaub|weather|football|concert|wedding|school|kids|wife|husband|daughter
    |my son|skiing|(trade|the) fair|messe|fire drill|golf|congratulations|password
    |cookie|logs are|passport|licence is valid|feiertag|ferien
    |speed limit|driving|journey|marriage|(football|tennis|cup|the|a|this) match|opening hours
    |office hours|(meeting|call|appointment
    |session|workshop|termin)( \w+){0,4} (moved|postponed|cancel\w*|shifted|verschoben|verlegt)|newsletter|brochure
    |minutes of|episode|film|movie|recipe)\b
""")
# Everyday business, of which a figure may be where the matter of a plan is not named with it.
BOOKS = Wording(r"""
    \b(customs|insur\w*|deposit (for|on) (a|the) pallets?|(reminder|entry|entrance|sample|customs) fee|demurrage
    |credit note|gutschrift|reminder|mahnung|tax|vat|mwst|mehrwertsteuer|cost cent(re|er)|exchange rate|stock price|lme
    |turnover|umsatz|revenue|the press (says|said|wrote|reports?|release)|press release|visit|visits|visitors?
    |conference|competition|wettbewerb\w*)\b
""")
# Orders, deliveries and complaints: what both sides know.
ERRAND = Wording(r"""
    \b(po|p\.o\.|purchase order|invoice \d+|(your|the|our) invoice|as published|published (in|on|with)
    |in the tender (documents?|text)|in the tender is|on the portal|rechnung\w*|order confirmation|call-?off|abruf
    |delivery note|lieferschein|received|receipt|arrived|counted|shipped|shipment
    |parcel|damaged|scratched|zerkratzt|complaint|reklamation|rework|batch|certificates?|inspection|bestellung \d+
    |order (no\.?|number|\d{3,})|order of \d{3,}|8d|weighing|unload\w*
    |credit \d+|delivered on|please deliver|ship (the|them)|liefern sie|lieferung (kommt|vom|war|ist)|delivery of
    |dated|remind\w*|pick-?up|abholung|(loading|delivery|unloading) slot|sehen uns|ended after|broke)\b
""")
# Figures of a thing that was measured.
MEASURED = Wording(r"""
    \b(roughness|angle|hardness|sensor|reads?|reading|ph|torque|diameter|tolerances?|measur\w*|temperature|pressure
    |valve|speed|radius|width|height|thickness|depth|coordinates?|gap
    |elongation|dehnung|deviation|abweichung|scrap rates?|ausschuss\w*|defects?|samples?|proben?|muster|lot \d+
    |härteprüfung
    |strokes|cycles
    |(running|operating) hours|betriebsstunden|laufstunden|wear|verschleiß\w*|tanks? holds?
    |fatigue|x-?ray|röntgen\w*|porosity|pores|leak\w*|memory|logger|mixture|solder|corrosion|korrosion
    |humidity|moisture|feucht\w*|alloy|silicon|chromium|solution|concentration|oxygen|duty|efficiency|yield|rust\w*
    |load|charge
    |ha?emoglobin|potassium|sodium|glucose|cholesterol|creatinine|blood|serum|plasma|dos(e|es|age)|concentration
    |kalium
    |natrium|gauge|factor|ratio|coefficient|density|viscosity|parameter|driver|version|channel|offset|build|rauheit
    |winkel
    |härte\w*|drehmoment|durchmesser|druck|dicke|maß)\b
""")
# Talk of a plan that can hardly be of anything else.
RESOLVE = Wording(r"""
    \b((have to|has to|must|need to|needs to) be (ready|finished|done|live|complete\w*|closed|signed|in place)
    |decid\w*|decision\w*|sign(s|ed|ing)?|award\w*|launch\w*|go(es|ing)?[- ]live|expir\w*|runs? out|laps\w*
    |deadlines?|shut ?down|freez\w*|cut ?over|sop|board|committee
    |no production|stands? still
    |(werk|linie|anlage|produktion|bänder) (steht|stehen)|who (gets|wins)|wer (bekommt|gewinnt)
    |contract (ends?|starts?|begins?)|milestones?|renew\w*|terminat\w*|announc\w*|closes? (down|in|on|mid|the)
    |closing (down|of)|merger|plant closes
    |entsch(ei|ie)d\w*|unterschr\w*|vergabe\w*|vergeben|laufen aus|läuft (.{0,30} )?aus|vertrag\w* (endet|beginnt)|frist
    |inbetriebnahme|anlauf|wir (starten|schließen|stellen um|entscheiden)
    |expire|échéance|signons|plazo|vence|firmamos|scade|scadenza|firmiamo)\b
""")
# Before the name of a pastime, it is when and where something is told, not what a figure is of: "over lunch".
WHEN = Wording(r"""
    \b(over|during|after|before|ahead of|between|till|until|beim?|nach|vor|während|zum)
    (\ (a|an|the|our|your|my|his|her|this|that|last|next|dem|der|den|einem|unserem|eurem))? ?(\w+ )?$
""")
# Who has a say: two letters in capitals are somebody's initials only there.
POWER = Wording(r"""
    \b(decid\w*|sign|signs|signed|last word|final say|approv\w*|in charge|convince\w*|talk to|speak to|ask|boss
    |negotiat\w*|advis\w*|recommend\w*|agree[sd]?|wants?|favou?rs?|prefers?
    |responsible|call the shots|calls the shots|lead|leads|said|says|told|thinks|against|in favour|entscheid\w*
    |unterschr\w*|letzte wort|zuständig|überzeug\w*|frag\w*|will|möchte|berät)\b
""")
AGO = Wording(r"""
    \b(last|previous) (year|month|week|quarter)|(letzte|vorige|vergangene)[nrs]? (jahr|monat|woche)\b|
    \b(days?|weeks?|months?|years?)[ -]old\b|\b(tage|wochen|monate|jahre) alt\b
    |\b(ago|last (year|month|week)|vor (einem|einer|zwei|drei|\d+) \w+|for \d+ years now|years of (experience|age
    |service|work\w*|cooperation|partnership|business|history|data)|seit)\b
""")
# Behind one of these, a figure is not told; what is only said not to be all that could be said is told.
REFUSAL = Wording(r"""
    \b(can'?t|cannot|won'?t|not allowed to|must not|mustn'?t|may not|won'?t be able to)( really| yet)?
    \ (tell|say|share|disclose|discuss|comment|confirm|reveal|give)\b
    |\b(kann|können|darf|dürfen|werde|werden)( \w+){0,3} (nicht|nichts|keine \w+)( \w+){0,2} (sagen|verraten|nennen
    |mitteilen|bestätigen)\b
""")
# After one of these, it is told all the same.
BUT = Wording(r"\b(but|aber|yet|however|only that|except|just that|nur|jedoch|doch|though|still)\b|[;:]")
WHETHER = Wording(r"\b(whether|if|ob)\b")
# People who are not ours.
STRANGER = Wording(r"""
    \b((from|of|at|in|aus|von|bei) (your|eure[mrsn]?|ihre[mrsn]?)|your (\w+ )?(colleague|team|office|boss|driver
    |fitter|sales|assistant|people)|eure?
    |(my|his|her|your|our) (cousin|sister|brother|wife|husband|son|daughter|friend|neighbou?r|aunt|uncle|mother
    |father|dog|cat)|mein\w*|(new |young |neue[rn]? |former )?(apprentice|trainee|intern|student|neighbou?r|cousin|azubi
    |lehrling|praktikant(in)?|auszubildende[rn]?|werkstudent(in)?|nachbar(in)?)
    |\w+ (from|in|at) (billing|accounts|reception|customs|logistics|dispatch|the (gate|canteen|warehouse))
    |in the family)\b
""")
OURS = Wording(r"\b(our|ours|us|we|internal\w*|intern\w*|unser\w*|uns|wir)\b")
# What they said themselves stands right before it.
THEIRS = Wording(r"""
    \b(your|ihr|ihre|ihrem|ihrer|ihres) ((current|last|first|latest|revised|new|present|written|list|hourly|steel
    |unit|invoice|letztes|erstes|neues) )*
    (offers?|quotes?|quotations?|prices?|bids?|invoices?|proposals?|rates?|list|website|terms|price list
    |order confirmation|angebot\w*|rechnung\w*|preis\w*|credit note)\b
    .{0,24}\b(of|was|is|at|says?|shows?|over|über|von|lists?)( still| now| only| already)?( (eur|usd|about
    |around))? ?[€$]? ?$
    |\byour (\w+ ){1,3}(charged|charges|sells?|sold|billed|bills|invoiced|quotes?|quoted|offers?|offered|lists?
    |costs?|says?|said|shows?|states?)\b.{0,24}$
    |\b(you|sie|ihr)( have| had| already| then| once)* (quoted|offered|charged|invoiced|proposed|wrote|said
    |told us)\b.{0,24}$
    |\b(you|sie|ihr|your (\w+ ){1,3})( have| had| already| then| once)*
    \ ?ask(s|ed)?( us| me)?( for)?( about| around| only| eur| usd)* ?[€$]? ?$
""")
# What they are to do, or what we say to it, not what they said.
DEMAND = Wording(r"""
    \b(needs? to|must|has to|have to|had to|should|ought to|would have to
    |muss|müssen|müsst|müsste\w*|sollte\w*|darf|dürfen|we|wir|ours|but|aber|while|whereas|sondern|während)\b
""")
# What was there is there no longer from a day on.
GONE = Wording(r"""
    \b(gone|empty|dry|used up|exhausted|depleted|nothing left|(no|any|kein\w*) (\w+ ){1,3}left
    |runs? out|running out|lasts? (us )?(until|till|to)
    |leer|aufgebraucht|zu ende|alle|reich(t|en) (\w+ ){0,3}bis|(geht|gehen) .{0,30}aus)\b
""")
# How many there are now, or will be.
STANDING = Wording(r"""
    \b(crew|in fact|in truth|in reality|really|actually|the (real|true|actual)
    |(it|there|that|we|they)('s| is| are| will be|'re)|not \d+|instead of|rather than|statt|anstatt|calculate|reckon
    |today|currently|at present
    |right now|these days|zurzeit|derzeit|momentan|aktuell|heute|bei uns|in wahrheit|in wirklichkeit|tatsächlich
    |es geht um|am ende|letztlich|schließlich|in the end|eventually|ultimately|all across|im einsatz|wir haben
    |gebraucht|benötig\w*|about|strong)\b
""")
