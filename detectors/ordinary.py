"""Words of what any figure or day may be of: private life, appointments, what is over, what anybody can read."""

from detectors.patterns import Wording

# Absence and private life: what any day, length or share may be of, and never a plan's.
LIFE = Wording(r"""
    \b(out of (the )?office|(am|i'm|he's|she's|we're) (away|off|on leave)|(is|are|be) away|off (from|until|till)
    |away (from|until|till)|back (on|at work)
    |on leave|parental|maternity|sick (leave|note)|abwesen\w*|bin (ich )?(vom|bis|ab)|nicht im (büro|haus)
    |vertretung|en congé
    |covers for me|stand[- ]in|birthday|geburtstag|anniversaire|cumpleaños|compleanno|wedding|hochzeit|married
    |funeral|my (wife|husband|son
    |daughter|mother|father|parents|cousin|sister|brother|aunt|uncle|friend|neighbou?r|landlord|landlady|dentist
    |doctor|bank|car|house
    |flat|garden|dog|bike|birthday|phone)('s)?|meine?r? (frau|mann|sohn|tochter|eltern|schwester|bruder|freund\w*
    |vermieter\w*|auto
    |haus|wohnung|hund)|landlord|vermieter\w*|dentist|zahnarzt\w*|doctor'?s|arzttermin|kids|child|children|kinder\w*
    |baby|pregnan\w*
    |schwanger\w*|school|schule\w*|kindergarten|grand(ma|pa|mother|father|children)|summer party|sommerfest\w*
    |sports day|fun run
    |choir|chor|concert|konzert|festival|festa|(summer|christmas|office|birthday|farewell|retirement|staff
    |garden) party|feier\w*|barbecue|bbq|grill\w*|tournament|turnier|derby|the club|clubs?|verein\w*
    |church|kirche|theatre|theater|opera|oper|girls'? ?day|open day|tag der offenen|anniversary|jubil\w+|abstracts?
    |congress|kongress
    |symposium|exhibition|feria|salon|fiera|marathon|credit cards?|kreditkarte\w*|telephone contract|phone contract
    |mobile contract
    |(gym|telephone|phone|mobile|rental|car|internet|insurance|handy|diensthandy|miet)[ -]?(contract|vertrag)
    |(my|mein\w*|private\w*|their|her|his) (new |old |own )?(electricity|power|strom|gas|leasing)[ -]?(contract
    |vertrag\w*)
    |trainees?|apprentic\w*|interns|(an|the|our|your) intern|praktikant\w*|azubi\w*|lehrling\w*|auszubildende\w*
    |posters?|poll|polls|contest|umfrage\w*|survey
    |questionnaire|fragebogen|ecovadis|sedex|fireworks|feuerwerk|call for papers
    |(canada|independence|bastille|labou?r|women's|mother's|father's|memorial|boxing|australia|king's|constitution)
    \ day|phone company|landline
    |passports?|visa|driving licen[cs]e|badges?|ausweis\w*|parking|bus pass|ticket office|public holiday
    |bank holiday|national day
    |menu|vegetarian|mortgage|(bonus|loyalty|miles|customer|library) cards?|airlines?|frequent flyer
    |bonuskarte\w*|kundenkarte\w*
    |payback|fluggesellschaft\w*|savings account|on savings|pension|lottery|quiz|flu|fever)\b
""")
# What both sides hold together.
EVENT = Wording(r"""
    \b((our|the|a|next|weekly|steering|conference|video|zoom|teams|phone|status|jour fixe) (call|meeting|session
    |date|slot)|next (meeting|call)
    |calls?|dial[- ]in|appointments?|agenda|minutes|by phone|on the phone|telefon\w*|telko|besprechung\w*|treffen
    |besuch\w*|besichtigung
    |visit\w*|tour|guided|workshops?|webinar|trainings?|seminar|dinner|lunch|welcome|eingeladen|einladung|invite\w*
    |invitation|s'appelle
    |à lyon|see (you|each other)|sehen uns|hotel|flights?|room|raum|stand \d+|hall|halle|register\w*|anmeld\w*
    |valid until|gültig bis
    |valid (to|through|till)|letter of|mail of|your (letter|mail|message|note|e-mail|visit|truck|delivery|shipment
    |driver|order)|schreiben vom|mail vom
    |brief vom|lieferschein\w*|rechnung\w*|invoices?|deliver(y|ies|ed)|shipments?|trucks?|lkw|pick-?up|loading)\b
    |\d{1,2}:\d\d|\b\d{1,2}([.:]\d\d)? ?(uhr|o'clock|[ap]\.?m)\b
""")
# A day of what is over, unless it was only planned.
OVER = Wording(r"""
    \b(was|were|has been|have been|had been|had|wurden?|worden|war|waren|failed|broke|delivered|installed
    |ended|expired|lapsed
    |endeten?|lief(en)? (\w+ )?aus|abgelaufen)\b
""")
AHEAD = Wording(r"""
    \b(planned|set|scheduled|fixed|moved|postponed|agreed|decided|told|approved|meant|supposed|promised|will|would
    |is|are|must|have to|has to|need\w*
    |want\w*|going to|shall|should|can|by|until|before|geplant|angesetzt|vorgesehen|verschoben|wird|werden|soll\w*
    |muss|müssen|bis|spätestens)\b
    |'(ll|s|re)\b
""")
# Figures out of what anybody can read.
SOURCE = Wording(r"""
    \b((according to|as per|laut|gemäß|nach|says?|said|stated?|states|shows?|reads|steht|sagt|printed|written|listed
    |in|on|from|aus)
    \ (in |on |auf )?(the|your|ihre[mrsn]?|eure[mrsn]?|dem|der|den) ((\w+ )?(price )?list|catalogu?e?|katalog\w*
    |manual|handbuch|handbook|brochure|prospekt|newsletter
    |web ?(site|shop)|portal|data ?sheet|datenblatt|certificate|zertifikat|label|log ?book|radio|news\w*|paper
    |zeitung|tv|press|presse
    |internet|annual report|geschäftsbericht|statistic\w*|status page|sticker|ferry site|first page|back of)
    |(the|your|their|der|die|das|euer|eure|ihr|ihre) (web ?(site|shop|page)|online ?shop|shop|portal|app|catalogue|label
    |webseite|katalog|etikett) (says?|shows?|reads?|lists?|claims?|states?|sagt|zeigt|nennt|meldet)
    |i (read|heard|saw) (that|on|in|somewhere|everywhere)|as you can read|habe? ich gelesen|stock market|börse
    |the weather|inflation (in|was|is|at|of|rate)|interest rates?)\b
""")
# A length of something that has its own name.
LASTING = Wording(r"""
    \b(warrant\w*|guarantee\w*|gewährleistung\w*|garantie\w*|(delivery|lead|transit|transport|processing|response
    |repair|cycle|travel|waiting|curing
    |drying|storage|running|set-?up) times?|liefer(zeit|frist)\w*|durchlaufzeit\w*|shelf[- ]life|haltbar\w*
    |quarantine|apprentic\w*|trainee\w*|interns?|praktik\w*
    |azubi\w*|service life|lifetime|life ?span|lebensdauer|intervals?|calibrat\w*|kalibrier\w*|sick leave|accident
    |unfall\w*|salt spray|salzsprüh\w*)\b
""")
# A length by which something is told when, or how often.
SINCE = Wording(
    r"\b(after|every|each|since|last|past|next|in|first|alle|nach|seit|letzten|ersten|nächsten|binnen)"
    r"( the| den)?( last| past| first)? $"
)
UNTIL = Wording(r"""
    ^\ ?(from now|ago|later|after|before|hence|old|older|early|earlier|late|ahead|of (data|rain|sun|snow|sick|leave
    |work|delay|holiday)|without|in a row|on the
    |pregnan\w*|alt|später|früher|danach|vorher|her)\b
""")
