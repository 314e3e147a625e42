"""Cues of conduct: promising, and going round somebody. See subjects."""

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
}
