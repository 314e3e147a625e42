"""Who and what is spoken of, as pattern pieces that rules and cues refer to by name, `<buyer>`. See patterns."""

PIECES: dict[str, str] = {
    "we": r"\b(we|we'?(ve|re|d|ll)|i|i'?(ve|m|d|ll)|our|ours|us|my|me|in-?house|internally)\b",
    "name": (
        r"(?-i:\b((M[rs]s?|Dr)\.? |Herr "
        r"|Frau )?[A-ZÅÄÖÉØÜÁÍÓÚŠŽ][a-zåäöéøüáíóúšžßèêàâñç]+(-[A-Z][a-z]+)?( [A-ZÅÄÖÉØÜ][a-zåäöéøü]+)?)"
    ),
    "firm": r"(?-i:\b[A-ZÅÄÖÉØÜ][A-Za-zåäöéøüšžß]+( (&|and|und|y) [A-Z][a-zåäöéøü]+)?( [A-Z][a-zåäöéøü]+)?)",
    "rival": (
        r"\b(the )?(other (one|guys|lot|firm|bidder|vendor|supplier|offer|bid|quote)s?|others|competitors?"
        r"|competition|rivals?|incumbent"
        r"|(turkish|chinese|korean|german|danish|dutch|indian|polish|italian|spanish|french|czech|austrian|swedish"
        r"|japanese)s?"
        r" (one|guys|firm|bid|offer|quote|company|supplier|vendor|maker|bidder)s?|danes|turks|slovenes|austrians"
        r"|germans|italians|poles|koreans)\b"
    ),
    "person": (
        r"((?-i:\b((M[rs]s?|Dr)\.? |Herr |Frau )?[A-ZÅÄÖÉØÜŠŽ][a-zåäöéøüáíóúšžß]+)|\b(her|him|them)\b"
        r"|\b(her|him|them|his|your|our|ur|the) (boss|colleague|(account )?manager|negotiator|lead|guy|lady|team"
        r"|people|gentlemen))"
    ),
    # Whoever negotiates for the buyer.
    "buyer": (
        r"\b(procurement|purchasing|purchase department|purchaser|sourcing|buyers?|einkauf|strategic buying"
        r"|(category|commodity|vendor|supplier) (managers?|management|leads?|team|guys?|people|desk)|negotiators?"
        r"|(tender|bid|negotiation) (team|desk|office|people|box)|commercial (team|department|people|guys)"
        r"|contracts? (office|team|department|desk)|buying (team|department|desk|office))('?s)?\b"
    ),
    "boss": (
        r"\b(ceo|coo|cfo|cto|cio|ciso|cmo|cpo|md|s?vp|evp|gm|boss(es)?|chair(man|woman|person)?|president"
        r"|vice[ -]president|minister|dean"
        r"|(managing|plant|site|finance|technical|operations|works|general|division(al)?|regional|commercial|medical"
        r"|logistics|hr)"
        r" (manager|director|head|chief|lead|mgr)|directors?|boards?|owner|chief( \w+){0,2}|head of [a-z]+|mgmt"
        r"|(top |senior )?management|controller|exec(utive)?|committee|panel|jury|steering( committee| group)?)('?s)?\b"
    ),
    # What the counterparty wrote or published itself.
    "theirs": (
        r"\b(your|ur)( \w+)? (offers?|quotes?|quotations?|list|prices?|invoices?|proposals?|sheet|rates?|bids?"
        r"|tariffs?|catalog(ue)?"
        r"|order confirmation|data ?sheets?|brochures?|manuals?|guide|certificates?|website|page|handbook|notice"
        r"|letter|standard"
        r"|contract|specs?|specification|samples?|report|pack|label|terms|pdf|drawing)\b|\byou (wrote|quoted|offered"
        r"|told|said|promised)\b"
    ),
    "funds": (
        r"\b(budgets?|budgeted|funds|funding|capex|opex|pot|kitty|envelope|contingency|war chest|cost sheet"
        r"|business case"
        r"|maintenance reserve|frame|in (my|the) sheet|purse|allowance)\b"
    ),
    "setaside": (
        r"(approved|released|sanctioned|set aside|put aside|put by|earmarked|reserved|allocated|ring-?fenced"
        r"|signed off|granted"
        r"|cleared|scraped together|allotted|budgeted)"
    ),
    "now": r"(today|now|currently|at present|presently|at the moment|so far|last year|this year|right now)",
    "orderwords": (
        r"\b(invoices?|invoiced|credit note|p\.?o\.?|purchase orders?|order (no|number|confirmation|\d+)|orders? \d+"
        r"|call-?offs?"
        r"|delivery note|(signed|frame|framework) (contract|agreement)|awb|ticket \d+|claim|8d|ncr)\b"
    ),
    "public": (
        r"\b(published|publicly|public (tender|notice|register|roadmap|website|budget)|tender notice|budget book"
        r"|annual report"
        r"|press (release|kit|office)|newsroom|our (website|web page|homepage|blog)|on (our|the) (web ?site|web"
        r"|homepage|blog|newsroom|shop)"
        r"|data ?sheet|brochure|catalogue|in the (paper|news|press)|newspaper|open access|conference|youtube"
        r"|press day)\b"
    ),
    "refusal": (
        r"\b(can'?t|cannot|can not|won'?t|will not|not able to|unable to|don'?t|do not|not allowed to|couldn'?t"
        r"|never|not mine to)"
        r" (\w+ ){0,2}(share|discuss|disclose|tell|give|say|reveal|talk|comment|send|pass on|name|confirm)\b"
        r"|\bno (comment|names|numbers|figures|hints)\b"
    ),
    # Procurement's documented process towards all bidders.
    "formal": (
        r"\b(dear|to all|hello|all)( all)? (bidders?|tenderers?|suppliers|vendors|participants)\b|\bstandstill\b"
        r"|\bas part of RFQ\b"
        r"|\b(sent|goes?|given) to (all|every)( the)?( bidders?| tenderers?|body| participants)?\b"
        r"|\bplease find attached the RF[PQI]\b"
    ),
    "negated": (
        r"\b(can'?t|cannot|won'?t|not possible to|never|mustn?'?t( not)?|not going to) (leave|keep|skip|bypass|cut"
        r"|go (around|without))\b"
    ),
    # Mail that went to many: newsletters, notices.
    "bulk": (
        r"\b(unsubscribe|click (here|below)|opt[- ]out|be removed from|mailing list|newsletter|in your browser"
        r"|all rights reserved"
        r"|\[image\]|web ?cast|register (now|today)|free (trial|shipping)|special offer)\b"
    ),
}
