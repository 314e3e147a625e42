"""Who is spoken of: our side, procurement, those who decide, firms and people by name. Pieces for rules, see quantities."""

PIECES: dict[str, str] = {
    "we": r"\b(we|we'?ve|we'?re|we'?d|we'?ll|i|i'?ve|i'?m|i'?d|i'?ll|our|ours|us|my|me|in-?house|internally)\b",
    "our": r"\b(our|my|the|this|your|his|her|their)\b",
    "you": r"\b(you|u|ya|you'?re|you'?d|you'?ll|your|ur)\b",
    "name": r"(?-i:\b(M[rs]s?\.? |Dr\.? |Herr |Frau |Ing\. )?[A-ZÅÄÖÉØÜÁÍÓÚŠŽ][a-zåäöéøüáíóúšžßèêàâñç]+(-[A-Z][a-z]+)?( [A-ZÅÄÖÉØÜŠŽ][a-zåäöéøüšžß]+)?)",
    # Whoever negotiates for the buyer.
    "buyer": (
        r"\b(procurement|purchasing|purchase department|purchaser|sourcing|buyers?|(category|commodity|vendor|supplier) (managers?|managements?|leads?|team|guys?|people|desk)"
        r"|(tender|bid|negotiation) (team|desk|office|people|box)|negotiators?|commercial (team|department|people|guys)|contracts? (office|team|department|desk)"
        r"|buying (team|department|desk|office)|strategic buying|einkauf)('?s)?\b"
    ),
    "boss": (
        r"\b(ceo|coo|cfo|cto|cio|ciso|cmo|cpo|md|vp|svp|evp|gm|boss|bosses|chair(man|woman|person)?|president|(managing|plant|site|finance|technical|operations|works|general|division(al)?|regional|commercial|medical|it|logistics|hr) (manager|director|head|chief|lead|mgr)"
        r"|directors?|boards?|owner|chief( \w+){0,2}|head of [a-z]+|mgmt|(top |senior )?management|vice[ -]president|minister|dean|controller|executive|exec|committee|panel|jury|steering( committee| group)?)('?s)?\b"
    ),
    "firm": r"(?-i:\b[A-ZÅÄÖÉØÜ][A-Za-zåäöéøüšžß]+( (&|and|und|y) [A-Z][a-zåäöéøü]+)?( [A-Z][a-zåäöéøü]+)?)",
    "rival": (
        r"\b(the )?(other|others|other (one|guys|lot|firm|bidders?|bids?|offers?|quotes?|quotations?|vendors?|suppliers?|makes?|brands?|shops?|companies|company|agency|agencies|house|side|people|two|three|four)|competitors?|competition|rivals?|incumbents?"
        r"|(turkish|chinese|korean|german|danish|dutch|indian|polish|italian|spanish|french|asian|czech|austrian|swedish|us|japanese|portuguese|slovene|baltic|british|swiss|taiwanese|vietnamese)s? (one|guys|lot|firm|bid|offer|quote|trader|company|supplier|vendor|shop|maker|bidder|people|outfit|house)s?|danes|turks|slovenes|austrians|germans|italians|poles|koreans|chinese|dutch|swedes|finns)\b"
    ),
    "theirs": (
        r"\b(your|ur)( \w+)? (offers?|quotes?|quotations?|list|prices?|invoices?|proposals?|sheet|rates?|bids?|tariffs?|catalog(ue)?"
        r"|order confirmation|datasheets?|data sheets?|brochures?|manuals?|guide|certificates?|website|page|handbook|notice|letter|standard"
        r"|contract|spec|specs|specification|samples?|report|pack|label|terms|pdf|drawing)\b|\byou (wrote|quoted|offered|told|said|promised)\b"
    ),
    "funds": (
        r"\b(budgets?|budgeted|funds|funding|capex|opex|pot|kitty|envelope|contingency|war chest|cost sheet|business case"
        r"|maintenance reserve|frame|in my sheet|in the sheet|purse|allowance)\b"
    ),
    "setaside": (
        r"(approved|released|sanctioned|set aside|put aside|put by|earmarked|reserved|allocated|ring-?fenced|signed off|granted|cleared"
        r"|scraped together|allotted|budgeted)"
    ),
    "now": r"(today|now|currently|at present|presently|at the moment|so far|last year|this year|right now)",
    "orderwords": (
        r"\b(invoices?|invoiced|credit note|p\.?o\.?|purchase orders?|order (no|number|confirmation|\d+)|orders? \d+|call-?offs?|delivery note"
        r"|(signed|frame|framework) (contract|agreement)|awb|ticket \d+|claim|8d|ncr)\b"
    ),
    "public": (
        r"\b(published|publicly|public (tender|notice|register|roadmap|website|budget)|tender notice|budget book|annual report|press (release|kit|office)"
        r"|newsroom|our (website|web page|homepage|blog)|on (our|the) (website|web|homepage|blog|newsroom|shop)|data ?sheet|brochure|catalogue"
        r"|in the (paper|news|press)|newspaper|open access|conference|youtube|press day)\b"
    ),
    "refusal": (
        r"\b(can'?t|cannot|can not|won'?t|will not|not able to|unable to|don'?t|do not|not allowed to|couldn'?t|never|not mine to) (\w+ ){0,2}"
        r"(share|discuss|disclose|tell|give|say|reveal|talk|comment|send|pass on|name|confirm)\b|\bno (comment|names|numbers|figures|hints)\b"
    ),
    "formal": (
        r"\b(dear|to all|hello|all)( all)? (bidders?|tenderers?|suppliers|vendors|participants)\b|\b(sent|goes?|given) to (all|every)( the)?"
        r"( bidders?| tenderers?|body| participants)?\b|\bstandstill\b|\bas part of RFQ\b|\bplease find attached the RF[PQI]\b"
    ),
    "person": (
        r"((?-i:\b(M[rs]s?\.? |Dr\.? |Herr |Frau )?[A-ZÅÄÖÉØÜŠŽ][a-zåäöéøüáíóúšžß]+)|\b(her|him|them|his|your|our|ur|the) (boss|colleague|manager|negotiator"
        r"|account manager|lead|guy|lady|team|people|gentlemen)|\b(her|him|them)\b)"
    ),
    "negated": r"\b(can'?t|cannot|won'?t|not possible to|never|must not|mustn'?t|not going to) (leave|keep|skip|bypass|cut|go around|go without)\b",
}
