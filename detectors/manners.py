"""Cues of manner: asking, what is harmless, the small words. See subjects."""

CUES: dict[str, str] = {
    # asking
    "question": r"\?",
    "what": r"\b(what|what'?s|whats|which)\b",
    "who": r"\b(who|who'?s|whose|whom)\b",
    "when": r"\b(when|until when|how soon|how long|since when|which (week|day|month))\b",
    "how": r"\b(how (much|many|far|high|deep|hard|bad|painful|close)|by how)\b",
    "are you": (
        r"\b((are|do|did|have|has|were|is|will|would) (you|u|your|they|we|it|there|somebody|anybody|anyone|that"
        r"|the))\b"
    ),
    "could you": (
        r"\b((could|can|would|will|may|might) (you|we|i)|kindly|please (enter|indicate|tell|let)|tell (me|us)"
        r"|give (me|us)|let (me|us) know|i need|forward me)\b"
    ),
    "hint": (
        r"\b(hint|feel(ing)?|feel for|ballpark|roughly|rough idea|approximately|indication|whisper|honest(ly)?"
        r"|really|actually|truly|in your gut|if you had to)\b"
    ),
    "i hear": (
        r"\b(i hear|i heard|we hear|we understand|someone told|rumou?r|bird|true|is it true|correct|right|confirm"
        r"|i guess)\b"
    ),
    "warm or cold": (
        r"\b(warm|cold|hot|boiling|far off|close|in the ball|too (high|much|expensive)|land(ed)?"
        r"|what would it take|get (it|this) done|would that (go|work))\b"
    ),
    "you pay": (
        r"\b(you'?re paying|you (pay|paid|spend|give|giving)|(are|do|did) (you|u) (pay|paying|spend|giving)"
        r"|charg(e|es|ing) you|bill(s|ing)? you|your (current|present) (cost|price|rate|spend|premium))\b"
    ),
    "your money": (
        r"\b(your (\w+ )?(budget|target|ceiling|spend|limit|number|pot|plan|capex|envelope)|you (set|put"
        r"|have) (set )?aside|you spend|in the plan|approved)\b"
    ),
    "your people": (
        r"\b(your (people|side|boss|management|finance|board|colleagues|house|team|company|committee|cfo|ceo)"
        r"|on your side|upstairs|over there|at your end)\b"
    ),
    "your supplier": (
        r"\b(your (present|current|old|existing|other|incumbent) \w+|the (present|current|old|existing|other"
        r"|incumbent|previous) (\w+ )?(supplier|vendor|provider|mill|foundry|carrier|broker|agency|contract"
        r"|one))\b"
    ),
    "real value": (
        r"\b(not the (rfq|brochure|one)|real (one|product|value)|internal(ly)? (drawing|set|limit|value|accept)"
        r"|own (test|endurance)|test report|measured|failure report)\b"
    ),
    "asks first": (
        r"^(and |so |ok,? |hey,? |hi,? |btw,? |also,? |quick (q|one|question):? |@\w+ )?(what'?s?|who'?s?|when'?s?"
        r"|how'?s?|which|where|is|are|do"
        r"|does|did|will|can|could|have|has|any|would|should|till when|until when)\b"
    ),
    "wants to be told": (
        r"\b(tell (me|us)|let (me|us) know|forward (me|us)|send (me|us)|i need|we need|need to know|please (enter"
        r"|indicate|give|fill|state)"
        r"|would (help|like) to (know|understand|hear)|help(s|ful)? to (know|understand)|curious|wonder(ing|ed)?)\b"
    ),
    # what is fished for: a question about none of it is a question
    "money matters": (
        r"\b(budget\w*|money|spend\w*|spent|pay(s|ing)?|paid|costs?|prices?|priced|rates?|margins?|figures?|ceiling"
        r"|targets?|approved"
        r"|sanctioned|fund\w*|financ\w+|capex|premiums?|charg\w+|bill(s|ing)?|set aside|pencil\w*|pot|envelope"
        r"|outlay|discount|cheap\w*"
        r"|expensive|ballpark|giv(e|ing) (you|\w+) for|shelling|low(er)?|high(er)?|warm|cold|hot|fairy tale|north of"
        r"|all inclusive)\b"
    ),
    "choice matters": (
        r"\b(decid\w+|decision\w*|sign(s|ed|ing)?|approv\w+|vot(e|es|ing)|board|committee|boss(es)?|panel|points"
        r"|weigh\w*|scor\w+"
        r"|cho(o|ic|os|se)\w*|picks?|last word|favou?r\w*|steer\w*|convinc\w+|cfo|ceo|coo|management|upstairs"
        r"|criteria|opinions?|nods?"
        r"|settled on|award\w*|getting it|stay with us|clap|breaks? (a|the) tie|who has to|whose)\b"
    ),
    "rival matters": (
        r"\b(who else|others|someone else|anyone else|anybody|rivals?|competit\w+|bidders?|shortlist\w*|up against"
        r"|besides|only ones?"
        r"|incumbent|(other|present|current|second|new|old) (supplier|vendor|provider|offer|bid|quote|mill|foundry"
        r"|firm|agency|one|guys)s?"
        r"|ahead of us|against us|where (do )?we stand|undercut|went lower|in the (race|mix|running)"
        r"|how many (others|of|bid|firms|are))\b"
    ),
    "date matters": (
        r"\b(contract|agreement|lease|renew\w*|autorenew|expir\w*|runs? (out|dry)|tied|bound|launch\w*|go(ing"
        r"|es)? live|deadline|sop|series"
        r"|drop[- ]?dead|must be (dry|ready|up)|need to be running|which (week|month)|what (week|month|date|day)"
        r"|fiscal|books|free to move"
        r"|walk (away|w/o|without)|dates?|penalty)\b"
    ),
    "need matters": (
        r"\b(stock|shelf|plan b|alternatives?|switch\w*|trouble|unhappy|struggl\w+|pain(ful)?|depend\w*|backup"
        r"|desperate|holding up|how bad"
        r"|how hard|how long can|line stop\w*|stands? still|couldn'?t|roadmap|pipeline|cooking|gadget|secret\w*"
        r"|prototype|what comes (after|next)"
        r"|next (product|generation|thing)|working on|bringing out|internal\w*|real (value|limit|number|need)"
        r"|in your (own )?(test|trial|recipe))\b"
    ),
    # harmless
    "reported": (
        r"\b(wants to (tell|talk|send|meet|invite)|(has )?asked me to|offered (me|us)|told (him|her|them|you) no"
        r"|declin(e|ed|ing)|see below"
        r"|for the (register|record|file)|refused|forwarded (it|this) to|reported|compliance|just so you know|fyi)\b"
    ),
    "named buyer": (
        r"\b((in|from|at|via|of) (procurement|purchasing|sourcing)|(procurement|purchasing|sourcing)(,| \(|\)|$))"
    ),
    "in charge": (
        r"\b(runs? (this|it|that|the)|in charge|owns? (this|the)|leads? (this|the|on)|handles?|looks? after"
        r"|has the pen|responsible|official)\b"
    ),
    "keeps them in": (
        r"\b((add|adding|added|copying|cc'?ing|include|including|keep|with) (@?\w+ ){1,3}(in|on|from|to) (copy|cc"
        r"|purchasing|procurement|sourcing|the (loop|thread|call|room)))\b"
    ),
    "own accord": r"\b((made|make) up (my|our|their|his|her) minds?|on my own|of my own|myself|personally)\b",
    "please": r"\b(please|pls|plz|kindly)\b",
    "thanks": r"\b(thanks?|thank you|thx|cheers|regards|best wishes|sincerely)\b",
    "greeting": r"^(dear|hi|hello|hey|good (morning|afternoon|day|evening)|morning|bonjour|hallo)\b",
    "attached": r"\b(attached|attachment|enclosed|find (below|attached)|file|pdf|link|https?)\b",
    "order number": (
        r"\b(po|order|invoice|ticket|rfq|ref|contract|lot|batch|item|position|clause|section|page|annex|table|row"
        r"|line|rev|drawing)\.? ?(no\.?|number|#)? ?[a-z]{0,3}-?\d"
    ),
    "order papers": r"(<orderwords>)",
    "their papers": r"(<theirs>)",
    "public": r"(<public>)",
    "refusal": r"(<refusal>)",
    "refer to buyer": (
        r"\b(ask|write to|contact|through|via|talk to|goes to|with|wait for|by|from|only) (\w+ ){0,3}(procurement"
        r"|purchasing|sourcing|buyers?|category manager)\b"
    ),
    "negated": r"\b(not|n'?t|no|never|neither|nor|isn'?t|don'?t|doesn'?t|didn'?t|haven'?t|dont|doesnt|aint)\b",
    "says": (
        r"\b(says?|said|writes?|wrote|written|according to|as per|states?|stated|shows?|mentioned|promised us"
        r"|see page)\b"
    ),
    "delivery": (
        r"\b(deliver(y|ies|ed|s)?|shipments?|shipped|shipping|pallets?|trucks?|drivers?|dock|pick-?up|collect(ed"
        r"|ion)?|courier|customs|eta|awb|parcel|container|loading|lorry)\b"
    ),
    "claim": (
        r"\b(claims?|complaints?|8d|ncr|credit note|defect(s|ive)?|root cause|corrective|scrap(ped)?|rework"
        r"|damaged?|returned)\b"
    ),
    "computer": (
        r"\b(log ?in|tickets?|errors?|bugs?|passwords?|servers?|logs?|updates?|firmware|screenshot|export|upload"
        r"|browser|install\w*|config\w*|command|package|boot|kernel|sudo|driver)\b"
    ),
    "meeting": (
        r"\b(meeting|call|agenda|minutes|visit|workshop|training|session|appointment|calendar|webinar|teams|zoom"
        r"|reschedul\w*)\b"
    ),
    "social": (
        r"\b(cake|birthday|wedding|holidays?|vacation|on leave|coffee|kids?|wife|dog|cat|pizza|football|match"
        r"|party|weather|hotel|parking|badge|visitors?|canteen|photos?|umbrella|congrat\w*|joke|lol|haha|fun"
        r"|christmas party)\b"
    ),
    "travel": r"\b(train|flight|fly|land|airport|taxi|arrive|arriving|leaving|home|office|room|gate|door|key)\b",
    "chatty": r"\b(pls|thx|btw|fyi|tbh|ok|yeah|yep|hey|gonna|wanna|u|ur|w/|imo|rn|ppl)\b",
    "past": r"\b(was|were|had|did|went|got|took|came|made|sent|gave|told|been)\b",
    "would": r"\b(would|could|might|maybe|perhaps|if)\b",
    "for you": r"\b(for (you|your)|to you|with you)\b",
    "formal notice": (
        r"\b(hereby|in accordance|pursuant|with reference to|as requested|as agreed|according|confirm receipt"
        r"|acknowledge)\b"
    ),
    "legal": (
        r"\b(counsel|schedule|amendment|draft|clause|paragraph|party|parties|isda|credit support|confirm(ation)?s?"
        r"|trade|deal \d)\b"
    ),
}

# They tell a remark from a request and a list from a sentence, and nothing to a reader.
SMALL_WORDS: dict[str, str] = {
    "as": r"\bas\b",
    "so": r"\b(so|therefore|hence|that'?s why)\b",
    "then": r"\bthen\b",
    "at": r"\bat\b",
    "by": r"\bby\b",
    "a": r"\ban?\b",
    "and": r"\b(and|&)\b",
    "but": r"\b(but|though|although|however)\b",
    "if": r"\b(if|unless|whether)\b",
    "of the": r"\bof the\b",
    "out": r"\bout\b",
    "up": r"\bup\b",
    "into": r"\binto\b",
    "that": r"\b(that|which)\b",
    "or": r"\bor\b",
    "more": r"\b(more|most|much)\b",
    "here": r"\b(here|with us|over here)\b",
    "just": r"\bjust\b",
    "all": r"\b(all|whole|every|altogether|both)\b",
    "any": r"\b(any|some|something)\b",
    "old": r"\bold\b",
    "same": r"\bsame\b",
    "half": r"\b(half|quarter|third of|one in)\b",
    "about": r"\b(about|regarding|concerning)\b",
    "after": r"\bafter\b",
    "on": r"\bon\b",
    "get": r"\b(gets?|got|getting)\b",
    "put": r"\b(puts?|putting)\b",
    "keep": r"\b(keeps?|kept)\b",
    "has": r"\b(has|have|'ve)\b",
    "be": r"\b(be|are|'re)\b",
    "to my": r"\b(to|on|at|via) my\b",
    "not": r"\b(not|n't)\b",
    "never": r"\b(never|ever)\b",
    "this": r"\b(this|these)\b",
    "while": r"\b(while|when|once|until|till)\b",
    "really": r"\b(really|honestly|simply|exactly|basically|frankly|actually)\b",
    "other": r"\bother\b",
    "per": r"\b(per|each|apiece)\b",
    "thing": r"\b(thing|stuff|things)\b",
}
