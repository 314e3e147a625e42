"""Cues of manner: promising, going round somebody, asking, what is harmless, the small words. See subjects."""

CUES: dict[str, str] = {
    # promising
    "promise": (
        r"\b(promis(e|ed|es)|my word|guarantee[ds]?|count on|rely on|rest assured|vouch|stand (for|by) (it|that)"
        r"|sworn)\b"
    ),
    "consider it": (
        r"\b(consider (it|this|that|them|the|your)|treat (this|it|the|that)|take (this|it) as|call it|shake on"
        r"|as (ordered|agreed|sold|done))\b"
    ),
    "is yours": (
        r"\b((is|are|be|it'?s|will be|all) (yours|urs)|you (get|have|keep|win|got) (the|all|it|another|our|both"
        r"|every|two|three|four)|you'?ll (get|have|be|do))\b"
    ),
    "go ahead": (
        r"\b(go ahead|green light|you can (start|begin|order|cut|go)|(just|please|pls) (start|begin|cut|order"
        r"|build|go)|start (monday|tomorrow|today|now|work)|get started|my (ok|go|okay))\b"
    ),
    "paper later": (
        r"\b(paper(work)?( \w+)? (follows|catch\w*|later|will|comes)|po( \w+)? (follows?|later|will|comes)"
        r"|price later|afterwards|later|sort (it|out|the)|square it|(will|'ll) follow)\b"
    ),
    "agree": (
        r"\b(agreed?|accept(ed)?|fine (by|with) me|is fine|ok(ay)? (by|with|for) me|deal|sure|settled|yes from me"
        r"|i'?m good|it'?s fine)\b"
    ),
    "waive": (
        r"\b(waiv(e|ed)|forget|won'?t (insist|claim|charge|argue)|cross (it|them) out|strike|tear|skip|swallow"
        r"|absorb|no penalty|let it go|eat the)\b"
    ),
    "i sign": (
        r"\b(i'?ll (sign|take|make sure|see to|get|own|push|give|throw|square)|i (sign|take|give|guarantee|promise"
        r"|accept|agree|confirm)|on my (responsibility|word|account|head)|my name)\b"
    ),
    "exclusive": (
        r"\b(exclusiv\w+|nobody (else|but)|no one else|anybody else|anywhere else|not shopping|keep the mandate"
        r"|for (two|three|five|the next) years?|only you)\b"
    ),
    "take all": (
        r"\b(take (the lot|all|everything|it all)|all (of them|the|five|four|three|nine|six|your)"
        r"|everything you have|every (one|site|lining)|whatever)\b"
    ),
    "order words": (
        r"\b(orders?|ordered|volume|business|job|extension|mandate|units|pieces|pcs|tonnes?|sheets|seats|cells?"
        r"|call-?off)\b"
    ),
    "terms": (
        r"\b(terms|deposit|warrant(y|ies)|clause|days|payment|penalt(y|ies)|increase|indexation|prepay\w*"
        r"|retention|years?)\b"
    ),
    "do it": (
        r"\b(cut|produce|ship|send|deliver|build|hire|put|block|reserve|bring|book|write|bill|invoice) (the|it|me"
        r"|them|all|us|every|your|that|in|on|line|press|everything|what)\b"
    ),
    "if you": r"\b(if you|if u|once you|as soon as you|when you|at \d+ (i|you)|do \d+|you have the|then (i|we|you))\b",
    # going round
    "buyer": (
        r"(<buyer>)|\b(achats|sourcing|(no|and|or|in|at) purchase$|(no|and) purchase,|purchase (people|department"
        r"|dept|office|team|desk|lady|guy))\b"
    ),
    "tender desk": r"\b(portal|tender (office|desk|team|box|site)|rfq|crm|register|official channel|company mail)\b",
    "leave out": (
        r"\b(leave|leaving|left|keep|keeping|kept|take|taking|cut|cutting|drop|dropping|skip|skips|skipping"
        r"|bypass\w*|spare|avoid\w*)( \w+){0,4} (out|off|away|outside|from|of)\b"
    ),
    "without them": (
        r"\b(without|w/o|no need for|minus|instead of|rather than|behind|around|past|over) (the |your |our |her"
        r"|him|them|telling|troubling|asking|involving|copying|purchas\w*|procurement|sourcing|going)\b"
    ),
    "need not know": (
        r"\b(needn'?t|need not|(doesn'?t|don'?t|does not|do not|didn'?t) (have|need) to|should(n'?t| not)"
        r"|must(n'?t| not)|not to|no need|rather not|best not|better not|doesn'?t know|no idea|none the wiser"
        r"|is not knowing|unaware|not aware|haven'?t told|hasn'?t been told)\b"
    ),
    "know": (
        r"\b(know|knows|knowing|hear|hears|heard|learns?|notice[sd]?|find(s)? out|found out|discover|sees? it"
        r"|reads? (about|along|it|every)|gets? (told|wind)|informed?|aware)\b"
    ),
    "do not tell": (
        r"\b(don'?t|do not|dont|not|never|without|nothing|nobody) (\w+ )?(tell(ing)?|mention(ing)?|say(ing)?"
        r"|copy(ing)?|cc|invite|inform(ing)?|forward(s)?|raise|show|involve|involving|put|ask(s)?|register)\b"
    ),
    "tell later": (
        r"\b((gets?|be|is) (told|informed)|(when|once|after|until|till) (it'?s|it is|we|they|i|the|there)"
        r"|done deal|finished thing|over and done|when it'?s|afterwards|just gets|can (read|hear|find))\b"
    ),
    "copy": r"\b(copy|copied|copying|cc|bcc|loop|invite|invited|invitation|on the (thread|call|list)|radar)\b",
    "private channel": (
        r"\b(whatsapp|signal|telegram|wechat|viber|threema|proton|gmail|hotmail|line app|sms|text me|dm"
        r"|side channel|burner)\b"
    ),
    "private place": (
        r"\b(private(ly)?|personal(ly)?|home|house|mobile|own (phone|number|mail|address)|wife'?s|hotmail|club"
        r"|outside (the )?(office|plant|work))\b"
    ),
    "hospitality": (
        r"\b(dinner|lunch|breakfast|golf|sauna|pub|boat|box|drinks?|padel|fishing|hunting|tickets?|table for two"
        r"|green|weekend house|lake house|walk)\b"
    ),
    "two of us": (
        r"\b(two of us|you and (i|me)|between us|us two|just us|between ourselves|one to one|principals"
        r"|only (to )?(me|you)|to me (only|alone|direct\w*)|myself)\b"
    ),
    "direct": (
        r"\b(direct(ly)?|straight|in person|over (his|her|their|the|your|luis'?|[a-z]+'?s?) head|head of"
        r"|personally|round (him|her|them))\b"
    ),
    "boss of theirs": (
        r"\b(your|their|our|the|her|his) (\w+ )?(boss|ceo|cfo|coo|md|director|chairman|vp|president|board|owner"
        r"|management|chief)\b"
    ),
    "while away": (
        r"\b((when|while|before|as long as) (\w+ ){1,3}(away|out|back|asleep|wakes|opens|closes|arrives|there"
        r"|knows|is (ill|off|on leave))|is (dark|empty|ill|on leave|on paternity))\b"
    ),
    "split": (
        r"\b(split|separate (orders|invoices|requests|bits|quotes)|(two|three|four) (orders|invoices|quotes|small"
        r"|separate|requests|parts)|in (two|three|four)|each (under|below)|smaller)\b"
    ),
    "call it": (
        r"\b((call|book|log|raise|put|label|register|declare|treat) (it|them|this|that|me|the \w+) (in |down )?(as"
        r"|under|over)|as a[n]? (emergency|repair|service|training|loan|pilot|dentist)|under '|put it under)\b"
    ),
    "block": (
        r"\b(block(s|ed)?|kill(s)?|spoil|interfer\w*|object|drag|slow|stuck|only turn|start(s)? again|re-?open"
        r"|overruled?|too late)\b"
    ),
    "account": r"\b(accounts?|customers?|clients?|patch|territory|rep|contacts?)\b",
    "settle": r"\b(settle|fix|agree|arrange|sort|thrash|close it|shake hands|talk rates|conclude|negotiat\w+)\b",
    "rather": (
        r"\b(i'?d (rather|sooner|prefer)|i would (rather|prefer|suggest|like)|let'?s|lets|better|best|suggest"
        r"|could we|can we|shall we|why don'?t)\b"
    ),
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
    "their money": (
        r"\b(budget\w*|money|spend\w*|spent|pay(s|ing)?|paid|costs?|prices?|priced|rates?|margins?|figures?|ceiling"
        r"|targets?|approved"
        r"|sanctioned|fund\w*|financ\w+|capex|premiums?|charg\w+|bill(s|ing)?|set aside|pencil\w*|pot|envelope"
        r"|outlay|discount|cheap\w*"
        r"|expensive|ballpark|giv(e|ing) (you|\w+) for|shelling|low(er)?|high(er)?|warm|cold|hot|fairy tale|north of"
        r"|all inclusive)\b"
    ),
    "their choice": (
        r"\b(decid\w+|decision\w*|sign(s|ed|ing)?|approv\w+|vot(e|es|ing)|board|committee|boss(es)?|panel|points"
        r"|weigh\w*|scor\w+"
        r"|cho(o|ic|os|se)\w*|picks?|last word|favou?r\w*|steer\w*|convinc\w+|cfo|ceo|coo|management|upstairs"
        r"|criteria|opinions?|nods?"
        r"|settled on|award\w*|getting it|stay with us|clap|breaks? (a|the) tie|who has to|whose)\b"
    ),
    "their rivals": (
        r"\b(who else|others|someone else|anyone else|anybody|rivals?|competit\w+|bidders?|shortlist\w*|up against"
        r"|besides|only ones?"
        r"|incumbent|(other|present|current|second|new|old) (supplier|vendor|provider|offer|bid|quote|mill|foundry"
        r"|firm|agency|one|guys)s?"
        r"|ahead of us|against us|where (do )?we stand|undercut|went lower|in the (race|mix|running)"
        r"|how many (others|of|bid|firms|are))\b"
    ),
    "their calendar": (
        r"\b(contract|agreement|lease|renew\w*|autorenew|expir\w*|runs? (out|dry)|tied|bound|launch\w*|go(ing"
        r"|es)? live|deadline|sop|series"
        r"|drop[- ]?dead|must be (dry|ready|up)|need to be running|which (week|month)|what (week|month|date|day)"
        r"|fiscal|books|free to move"
        r"|walk (away|w/o|without)|dates?|penalty)\b"
    ),
    "their needs": (
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
    # small words: they tell a remark from a request and a list from a sentence
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
