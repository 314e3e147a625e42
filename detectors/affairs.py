"""Cues of affairs: rivals, deciding, the calendar, novelty, weakness. See subjects."""

CUES: dict[str, str] = {
    # rivals
    "others": (
        r"\b(others?|the rest|another|someone else|somebody else|next one|the field|besides|apart from|against)\b"
    ),
    "rival": (
        r"\b(competitors?|competition|competing|rivals?|bidders?|incumbents?|contenders?|the other (one|guys|lot"
        r"|firm|offer|bid|quote|two|three|vendor|supplier|make|shop|side|house)s?)\b"
    ),
    "nation": (
        r"\b(turkish|turks?|chinese|koreans?|germans?|danish|danes|dutch|indians?|polish|poles|italians?|spanish"
        r"|french|asians?|czech|austrians?|swedish|swedes|japanese|portuguese|slovenes?|finns|finnish|british"
        r"|swiss|norwegians?)\b"
    ),
    "bid": r"\b(bids?|bidding|tenders?|tendered|handed in|submitted|pitch(ed)?|proposals?)\b",
    "offer": r"\b(offers?|offered|offering|quot(e|es|ed|ing|ation|ations))\b",
    "came in": (
        r"\b(came (in|back|down)|comes? in|went down|sits? (at|on|under|above)|stand(s|ing)? at|is at|are at|asks"
        r"|wants|throws? in|do(es)? it for)\b"
    ),
    "shortlist": r"\b(shortlist(ed)?|in the (race|running|round|mix|game)|up against|in it|remain(s|ing|ed)?|round)\b",
    "dropped out": r"\b(dropped|drop out|withdr(ew|awn)|pulled out|is out|are out|fell out|no longer in)\b",
    "rank": r"\b(rank(s|ed|ing)?|scored?|scores|placed?|came (first|second|third|last)|points (ahead|behind))\b",
    "second": r"\b(second|third|fourth|2nd|3rd|first|1st|last)\b",
    "compared": (
        r"\b((than|under|above|over|below|behind|ahead of) (you|yours|your|u|us)|closer?|gap|far off|how far"
        r"|by a hair)\b"
    ),
    "supplier": (
        r"\b(suppliers?|vendors?|providers?|brands?|makers?|mills?|foundr(y|ies)|agenc(y|ies)|firms?|compan(y|ies)"
        r"|carriers?|insurers?)\b"
    ),
    "people": r"\b(people|guys|folks|lot|lads|gentlem[ae]n|lady|team|men|crew)\b",
    # deciding
    "decide": r"\b(decid(e|es|ed|ing)|decisions?|settles?|settled|made up)\b",
    "sign": r"\b(signs?|signed|signing|signatures?|sign-?off|countersigns?|initials|ink)\b",
    "approve": r"\b(approv(e|es|ing|al|als)|nods?|nodded|rubber|veto|overrule[sd]?|go-ahead|ratif(y|ies))\b",
    "pick": r"\b(picks?|picked|choos(e|es|ing)|chosen|choice|select(s|ed|ion)?|award(s|ed|ing)?)\b",
    "vote": r"\b(votes?|voted|voting|hands|raise)\b",
    "final word": (
        r"\b(final|last (word|say)|casting|have the say|has the say|has a say|word|in the end|the one who|her call"
        r"|his call|up to)\b"
    ),
    "board": r"\b(boards?|committee|panel|jury|council|steering|steerco|evaluators?|group|commission)\b",
    "boss": (
        r"\b(ceo|coo|cto|cio|ciso|md|vp|svp|boss(es)?|chair(s|man|woman)?|president|directors?|owner|head of|chief"
        r"|dean|minister|partner|executive|upstairs|management|mgmt|general counsel|hq|headquarters)\b"
    ),
    "manager": r"\b(manager|mgr|lead|leads|supervisor|foreman|foremen|head)\b",
    "departments": (
        r"\b(production|engineering|operations|ops|logistics|legal|quality|maintenance|works council|security"
        r"|marketing|claims|it)\b"
    ),
    "alone": r"\b(alone|by (him|her|my)self|on (his|her|my) own|without asking|personally)\b",
    "weights": (
        r"\b(points?|weigh(t|ts|ted|ting|s)?|criteri(a|on)|scor(e|es|ed|ing|ecard)|counts?|counting|double"
        r"|evaluat(e|ion|ed))\b"
    ),
    "for show": r"\b(for show|formality|decoration|theatre|nobody (reads|looks)|for the file|paperwork|appearances)\b",
    "favour": (
        r"\b(favou?rite|favou?rs?|prefer(s|red|ence)?|leans?|leaning|rooting|darling|pulled for|sided?|on (your"
        r"|ur) side|fan)\b"
    ),
    "likes": (
        r"\b(likes?|loves?|hates?|dislikes?|wants? (you|yours|u)|can'?t stand|trusts?|convinc\w+|impressed|doubts?"
        r"|doubters?)\b"
    ),
    "you lead": (
        r"\b(ahead|in front|front[- ]?runner|in the lead|leading|home and dry|in the bag|top|walking it|as good as"
        r"|first choice|yours to lose)\b"
    ),
    # calendar
    "launch": (
        r"\b(launch(es|ed|ing)?|go(es|ing)?[- ]live|roll-?out|sop|ramp(s|ing)?|unveil\w*|reveal\w*|announc\w+"
        r"|premiere|grand opening)\b"
    ),
    "start": r"\b(starts?|starting|begins?|beginning|opens?|opening|first|kick-?off|commission\w*)\b",
    "market": (
        r"\b(shops?|stores?|shel(f|ves)|market|trade fair|fair|expo|stage|show|customers?|investors?|press"
        r"|patients?|public)\b"
    ),
    "contract": r"\b(contracts?|agreements?|lease|licen[cs]es?|permit|deal|arrangement|framework|subscription|paper)\b",
    "ends": (
        r"\b(ends?|ending|expir(e|es|ed|ing|y)|laps(e|es|ed)|runs? (out|dry|until|till)|is up|are up|renew(s|al"
        r"|ed)?|terminat\w+|notice|autorenew|finishes)\b"
    ),
    "tied": r"\b(tied|bound|locked|stuck|prolong\w*|cancel(led)?|free to move|walk away)\b",
    "audit": r"\b(audits?|auditors?|inspectors?|inspection|certification|surveyor|regulator|ministry)\b",
    "freeze": (
        r"\b(freeze|frozen|validat\w+|qualif\w+|ppap|fat|sat|nominat\w+|milestones?|gate|pilot|prototype|series"
        r"|phase)\b"
    ),
    "sits": r"\b(sits|meets|meet on|looks at|vote on|ratif\w+|sitting|paper closes|list closes)\b",
    "year end": r"\b(books|fiscal|financial year|year[- ]?end|quarter[- ]?end|our year|year (ends|closes|shuts))\b",
    "goes back": (
        r"\b(goes back|back to|swallow(s|ed)?|falls back|evaporates?|is gone|lost|forfeit\w*|spent|invoiced)\b"
    ),
    "by then": (
        r"\b(by|before|until|till|no later than|latest|in time|by then|after that|otherwise|or else|from then)\b"
    ),
    "deadline": r"\b(deadlines?|due|window|slot|cut-?off|drop[- ]?dead|hard stop|penalt(y|ies)|date)\b",
    "merger": (
        r"\b(merg(er|ing|e)|carve[sd]?|spin-?off|takeover|acquisition|sold|sale|move|moves|moving|relocat\w*"
        r"|shut(s|ting)?( down)?|clos(e|es|ing)|redundanc\w+|dark|town hall)\b"
    ),
    "planned": r"\b(planned|planning|scheduled|fixed|confirmed|booked|internally|real one|real date)\b",
    "season": (
        r"\b(christmas|easter|black friday|diwali|ramadan|pentecost|season|harvest|summer|autumn|spring|winter"
        r"|back to school)\b"
    ),
    # novelty
    "develop": (
        r"\b(develop(s|ed|ing|ment)?|building|designing|inventing|invented|cooking|teaching|trialling"
        r"|experiment\w*|working on|working towards)\b"
    ),
    "lab": (
        r"\b(r ?& ?d|lab|labs|laboratory|research|prototypes?|concept|bench|engineers|chemists|scientists"
        r"|mock-?up)\b"
    ),
    "patent": r"\b(patents?|patented|attorney|fil(e|ed|ing) (it|a|the|in|this)|filed|unfiled|invention)\b",
    "next": (
        r"\b(next|successor|follow-?up|follows|comes after|after (it|that)|coming|upcoming|future|gen|generation"
        r"|replaces|what comes)\b"
    ),
    "new": r"\b(new|own|version|variant|second-generation|mk ?\d|v\d|there will be|range|line-?up|sister)\b",
    "product": (
        r"\b(product|products|model|series|device|unit|machine|app|version|box|bar|jacket|pump|bike|cell|reader"
        r"|kit|platform|thing|gadget)\b"
    ),
    "does without": (
        r"\b(without|no longer|no more|any more|has no|have no|needs no|with no|gets by|drop(s|ping)?|instead of"
        r"|is out|away from|altogether)\b"
    ),
    "it will": (
        r"\b(will be|will (have|carry|go|get|run|come|show)|won'?t (have|be|need)|going to|goes|it goes"
        r"|is going)\b"
    ),
    "novel words": (
        r"\b(cordless|wireless|wearable|electric|hydrogen|solid state|sodium|battery|self|smart|itself|by itself"
        r"|bioresorbable|sensor|ai|robot)\b"
    ),
    "purpose": (
        r"\b(it'?s for|it is for|they are for|this is for|goes (in|into|on)|is for|for (the|a|an|our) (new|next"
        r"|second|little|small|foldable|portable))\b"
    ),
    "secret": (
        r"\b(secret(ly)?|hush|under wraps|wraps|confidential|quiet(ly)?|behind (closed|the|black)|curtain|cloth"
        r"|hidden|codename|called)\b"
    ),
    "not public": (
        r"\b(not (yet )?(announced|public|released|official|shown)|unannounced|unreleased|isn'?t (announced|out"
        r"|released|public)|nobody (outside|else|knows|has seen)|not told|told nobody|no one outside|haven'?t told"
        r"|not anyone|showing to nobody|exists? anywhere|officially)\b"
    ),
    "keep quiet": (
        r"\b(between us|between you and me|keep (it|this|that)|don'?t (tell|quote|share|spread)|stays (here"
        r"|between)|off the record|you didn'?t hear|wink)\b"
    ),
    "yet": r"\b(yet|already|still|ever|so far)\b",
    # weakness
    "nobody": (
        r"\b(nobody|no one|noone|none|no other|not one|not a single|nobody else|no one else|anybody else"
        r"|anyone else)\b"
    ),
    "nothing": r"\b(nothing|zero|empty|bare|dry|not one left|bottom|all but|gone)\b",
    "only": r"\b(only|sole|single|last|just one|one works)\b",
    "out of": r"\b(out of|ran out|run(ning)? (out|low|dry)|no stock|without stock|short of|down to)\b",
    "stock": (
        r"\b(stocks?|shelf|shelves|silo|tank|bins?|warehouse|buffer|spares?|drums?|bottles|rolls|racks|vats"
        r"|inventory|material)\b"
    ),
    "days of stock": r"\b(days|weeks|hours|shifts?)\b",
    "line": r"\b(line|lines|plant|machine|machines|furnace|production|unit|ward|wards|kiln)\b",
    "standstill": (
        r"\b(stop|stops|stopped|stand(s|ing)?|stood|idle|halt|standstill|down|wait(s|ing)?|rotting|dark|still)\b"
    ),
    "failed": (
        r"\b(fail(s|ed|ing)?|gave up|broke|broken|crack(s|ed)?|died|tore|burnt|fell|leak(s|ed)?|warp(s|ed)?|snap(s"
        r"|ped)?|trips?|gelled|weeps?|delaminat\w*|opens at|throw away)\b"
    ),
    "left us": (
        r"\b(pulled out|bankrupt|bust|let us down|quit|retired|given notice|ghosted|walked|withdrew|closed"
        r"|has stopped|gone|left us|refus\w+)\b"
    ),
    "tried": r"\b(tried|trying|looked|asked everywhere|searched|attempt\w*)\b",
    "plan b": r"\b(plan b|alternatives?|fallback|back-?up|second source|substitute|replacement|lined up|standby)\b",
    "without you": (
        r"\b(without (you|your|ur|it|them|this)|need you|depend\w*|rely|you'?re (the|our) (only|last)"
        r"|you are the (only|last)|yours is|apart from you|but you|back to you)\b"
    ),
    "switching": (
        r"\b(switch\w*|migrat\w*|requalif\w*|re-?certif\w*|re-?regist\w*|register(ing)? afresh|retrain\w*"
        r"|rip(ping)?|changing|moving (off|away)|lock(ed)?[- ]in|hardwired|redo(ing)?|from zero)\b"
    ),
    "cannot": r"\b(can'?t|cannot|cant|can not|couldn'?t|could not|unable|not able|impossible|not possible|won'?t)\b",
    "desperate": (
        r"\b(desperate\w*|stuck|name your price|any price|whatever it (costs|takes)|help us|save us|rescue|trouble"
        r"|struggl\w+|honest(ly)?|frankly|to be honest|tbh)\b"
    ),
    "since": r"\b(since|for (good|months|weeks|a year|years)|until (now|today)|meanwhile|so basically)\b",
    "comes": (
        r"\b(arriv(e|es|ing)|lands?|fl(y|ies) in|walk(s)? in|stands? here|comes? (out|in|off)|goes? (out|into)"
        r"|switched|takes? its|taken|hands? over)\b"
    ),
    "made of": (
        r"\b(made (of|from|entirely)|from (paper|algae|mushrooms?|oat|mycelium|glass)|instead of|magnesium|titanium"
        r"|lignin|protein|enzyme|molecule|formula\w*)\b"
    ),
    "fell short": (
        r"\b(slick(er)?|weak(er|est)?|thinner|forgot|lack(s|ed)?|leaves? (out|the)|didn'?t (pass|bring|show)"
        r"|can'?t (do|deliver|manage)|no (engineer|service|reference)s?|junior\w*)\b"
    ),
    "place in line": (
        r"\b((of|out of) (the )?(two|three|four|five|six|you|u|us)|(two|three|four|five|\d) of (you|u|us|them|the))\b"
    ),
    "between": r"\b(it'?s (you|between)|you and|you, |you &|besides you|you or)\b",
}
