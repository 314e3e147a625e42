"""Attempts to keep the designated negotiator out or to go round them."""

from collections.abc import Iterator

from detectors.document import Document
from detectors.finding import Finding, Label
from detectors.rules import ANY_DIRECTION, Rule, Table, find

RULES = (
    Rule(
        name="plain exclusion",
        pattern=r"""
            \b(leave|keep|cut) (the |our |your )?<buyer> (out|off|away)\b
            |\bwithout (telling|involving|informing|copying|asking) (the |our |your )?<buyer>
            |\b(don'?t|do not|never) (tell|copy|involve|inform|cc) .{0,15}<buyer>
        """,
        unless=r"\b(asked|asks|told (him|her|them)|wants? (me|us)|tried|(never|don'?t|not) (leave|keep|cut)|refused)\b",
        at_least=0.7,
        reason="Procurement is to be left out, in plain words.",
    ),
    Rule(
        name="leave them out",
        pattern=r"""
            \b(leave|leaving|keep|keeping|take|taking|drop|cut|cutting|left|skip|skipping|bypass(ing)?|exclude
            |without|avoid|omit|remove|get)\b.{0,12}(<buyer>|<person>).{0,25}\b(out|off|away|outside|aside
            |in the dark)\b|\b(without|w/o|skip(ping)?|bypass(ing)?|behind|around|round|past|before|not through
            |instead of( going through)?|rather than|excluding|minus)
            \ (involving |telling |asking |going through |copying |stopping at |waiting for )?
            (the |your |our |ur |my )?(\w+ )?<buyer>
            |\b(keep|leave|take|stay) (this|it|that|them|us|our \w+|the \w+) ?(thread|mail|offer|talk|discussion
            |conversation)? ?(off|away from|out of|clear of|outside) (the |your |our |ur )?(\w+ )?(<buyer>|radar
            |books|record|crm|system|portal)
        """,
        needs=r"<buyer>|<person>|\b(crm|radar|record|portal)\b",
        unless=r"""
            <negated>|\b(on leave|holiday|paternity|maternity|sick|overflow|before you (send|start|book)|refused
            |told (him|her|them) no|forwarded it to compliance|not buy without)\b
        """,
        reason="The designated negotiator is to be left out.",
    ),
    Rule(
        name="they need not know",
        pattern=r"""
            (<buyer>|<person>|\b(they|he|she|it))('s)?( \w+){0,3} (needn'?t|need not|doesn'?t (have|need) to
            |does not (have|need) to|don'?t (have|need) to|do not need to|shouldn'?t|should not|must not
            |mustn'?t|can'?t|won'?t|will not|isn'?t to|not to|never) (even )?(know|hear|see|find out|be (told
            |informed|aware|involved|bothered|troubled|asked|on|copied|invited|in)|learn|notice|get (wind
            |to know|a copy)|read)\b|\bno need (for|to (tell|inform|involve|copy|ask|bother|trouble
            |loop))\b.{0,25}(<buyer>|<person>)|\b(don'?t|do not|pls don'?t|not|never|rather not|without) (tell
            |telling|mention|inform|involve|copy|cc|ask|asking|invite|trouble|bother|loop in|put|raise|discuss
            |informing|involving|copying)\b.{0,25}(<buyer>|<person>)|(<buyer>|<person>|\b(they|he
            |she))( \w+){0,2} ((can|will|'ll|may|could|'d|only has to|has only to) (simply |just |then |only )?
            (be informed|be told|find out|hear (about|of) it|read (about )?it|see it|learn|know|type it|sign
            |paper it|get to know)|(hears?|reads?|finds? (out|it)|sees? it|learns?|is told)( about it| of it
            | it)?) .{0,30}\b(after|later|when|once|in the (minutes|paper|news)|on (her|his|their) desk|done
            |booked|signed|settled|already|agreed|afterwards|ready|one day)\b|\bwithout (his|her|their|them|him
            |the \w+) (knowing|knowledge|noticing|hearing|in (the room|copy|cc))\b|\b(is not|isn'?t|are not
            |not) aware that (i|we)\b
        """,
        needs=r"<buyer>|<person>|\b(account|customer|client|he|she|they|them|him|her)\b",
        unless=r"""
            \b(cake|surprise|birthday|present for|party|press|customers? (don'?t|won'?t)|patient|can'?t (see
            |know|hear) (you|the screen)|attachment|file|driver|my (wife|husband|kids)|what (he|she|they)|if
            |invoice|tender documents)\b|\bvendors?\b
        """,
        reason="Somebody is to be kept from knowing.",
    ),
    Rule(
        name="private channel",
        pattern=r"""
            \b(whatsapp|signal|telegram|wechat|viber|threema|line app|imessage|private(ly)?|personal|gmail
            |homemail|home (address|mail)|own phone|mobile|dm|text me|burner|off[- ]channel|off slack
            |off (the )?(e-?mail|record)|wife'?s|husband'?s)\b
        """,
        needs=r"""
            \b(price|prices|pricing|offer|quote|rates?|rebate|discount|commercial|conditions|terms|fees?|premium
            |figures?|numbers?|budget|contract|deal|money|invoice me|negotiat\w+|calculation|margin|bid|tender
            |procurement|purchas\w+|sourcing|buyers?|everything|talk|compliance|(records?|reads?|searche?s?
            |logs?|copies|export|indexes|monitors?)( \w+)? (everything|everyone|along|here|channel|this|every
            |it)|too many people|not (here|this (address|channel|mail)|the (office|company|work)|in this
            |from work|to my (work|office))|instead)\b
        """,
        unless=r"""
            \b(driver|truck|forklift|gate|pics|pictures|photos|delivery note|ramp|dock|loading|courier|reachable
            |out of office|emergency|on my mobile (if|when|in case)|privately owned|private label|personal (data
            |protective|trainer|details|information)|gdpr|signal (to|word|processing|strength|level|loss|quality
            |lamp|path|chain)|digital signal|mobile (app|crane|device|unit|phase)|out of hours|password|stuck
            |lost|private (cloud|network|key|equity|sector|placement|company))\b|<refusal>
        """,
        reason="Commercial talk is moved to a private channel.",
    ),
    Rule(
        name="over the head",
        pattern=r"""
            \b(go(ing)?|went|take|taking|took|bring(ing)?|put(ting)?|present(ing)?|pitch(ing)?|send(ing)?
            |show(ing)?|ring(ing)?|call(ing)?|ping(ing)?|see(ing)?|meet(ing)?|met|talk(ing)?|spoke|speak(ing)?
            |approach(ing)?|write|writing|hand(ing)?|address(ing)?|slip(ping)?|ask(ed)?|get(ting)?|reach(ing)?
            |escalat(e|ing)|raise|walk|nod)\b.{0,35}\b(straight|directly|direct|in person|personally|over (his
            |her|their|your|the) head|privately|quietly|himself|herself|myself|first|at the (padel|golf|club)
            |over (lunch|dinner|breakfast|golf))\b.{0,30}<boss>|\b(straight|directly|direct|over (his|her|their
            |your|the) head)\b.{0,20}\b(to|with) (the |your |our |their |ur )?(\w+ )?<boss>
            |<boss>.{0,25}\b(directly|in person|personally|over (lunch|dinner|breakfast|golf|a beer|drinks)
            |privately|himself|herself|on the quiet|at the (golf|club|padel|bbq))\b|\bover (the|your|his|her
            |their) (buyer|negotiator|procurement)?'?s?( head| heads)\b
        """,
        needs=r"""
            <buyer>|<person>|\b(offer|price|proposal|quote|quotation|deal|number|contract|award|terms|figure
            |head|frame|commercial|principle|tender|they|them|her|him|your|quietly|decide|signed|approv\w+|nod
            |he|she)\b
        """,
        unless=r"""
            \b(report(s|ed)? (directly )?to|escalation (matrix|path|contact)|support|ticket|incident
            |with (procurement|purchasing)|and (procurement|purchasing)|copy|cc|boarding|on board|dashboard
            |keyboard|invoice|claim|complaint|minutes|audit committee)\b
        """,
        reason="Somebody's superior is approached past the negotiator.",
    ),
    Rule(
        name="between the two of us",
        pattern=r"""
            \b(just (the )?(two of us|you and (me|i)|between us)|(only )?you and (me|i)( first)?
            |between (the two of us|you and (me|i)|us two|ourselves)|the (two|three) of us|you and i
            |one[- ]on[- ]one|tete|four eyes|just us)\b
        """,
        needs=r"""
            \b(price|prices|offer|quote|rates?|commercial|deal|agree|settle|sort|frame|framework|terms
            |conditions|total|number|figure|volume|principle|negotiat\w+|contract|discount|tier)\b.{0,120}
            |<buyer>
        """,
        unless=r"\b(between you and me,? (the|our|we|it|i)|joke|hope)\b",
        reason="The commercial part is to be settled between two people.",
    ),
    Rule(
        name="outside the room",
        pattern=r"""
            \b(when|while|as long as|since|before|until|now that|once|because) (<person>|<buyer>|he|she|they
            |the \w+)('s|'re| is| are| wakes?| arrives?| gets?| comes?| sees?)?( \w+){0,3} (away|out|not (there
            |here|in|around|looking)|on (holiday|leave|vacation)|n't (there|here|around|in)|off|back|wakes? up
            |arrives?|in the (house|office|room)|empty|asleep|gone|joins?)\b|\b(without|w/o) (<person>|<buyer>
            |her|him|them|the \w+)( \w+){0,3} (in the room|on the (call|line|thread)|in (the )?(copy|cc|loop)
            |there|around|knowing|present|at the table)\b
        """,
        needs=r"""
            \b(price|prices|offer|quote|rates?|commercial|deal|agree|settle|frame|terms|conditions|total|number
            |figure|contract|discount|visit|come|meet|talk|speak|lunch|dinner|sign|award|go|show|better|call
            |buyer|sourcing|purchas\w+|procurement|tender)\b
        """,
        unless=r"""
            \b(machine|line|power|system|server|update|paternity|maternity|wait|stand-?in|deputy|covers?|back on
            |please contact|training|shift|driver|out of (stock|office)|inbox)\b|\?\W*$
        """,
        reason="A talk is put where the negotiator is not.",
    ),
    Rule(
        name="split the order",
        pattern=r"""
            \b(split|cut|break|divide|slice|chop|make|book|put|raise|send|open|write|do|issue
            |place)\b.{0,25}\b(in|into|as|it|up|me|two|three|four|five|several|separate|smaller|small
            |\d)\b.{0,25}\b(orders?|invoices?|pos?|quotes?|parts?|requests?|lots?|requisitions?|offers?|pieces
            |packages|tickets)\b.{0,60}\b(under|below|less than|beneath|limit|threshold|procurement|purchasing
            |sourcing|buyers?|tender|never|no(t|body)|don'?t|doesn'?t|then|without|each)\b|\b(under|below
            |beneath|stay(s|ing)? under|dodge|avoid|get round|slip under) (the|your|our|that|any)? ?(tender
            |purchasing|procurement|approval|signature|buyer'?s?|sourcing) ?(threshold|limit|radar|review)\b
            |\beach (one )?(under|below) (the (limit|threshold)|<amount>)|\b(call|book|label|register|put|raise
            |declare|send|describe) (it|them|this|that|the \w+)( \w+){0,2} (as|a|an|under|over
            |through) .{0,40}\b(so|then|otherwise|and).{0,20}\b(never|doesn'?t|don'?t|won'?t|not|skips?|nobody
            |no need)\b.{0,50}(<buyer>|<person>|\b(crm|tender|desk|limit)\b)
        """,
        needs=r"<buyer>|<amount>|\b(limit|threshold|tender|crm|desk)\b",
        unless=r"\b(pallets?|kg|lift|truck|delivery note|ship(ment)?|packing)\b",
        reason="An order is to be split or renamed to get past procurement.",
    ),
    Rule(
        name="another's account",
        pattern=r"""
            \b(his|her|their|\w+'s|your|dana'?s|technically) (account|customer|client|patch|territory|accounts
            |customers)\b.{0,60}\b(but|without|before|myself|anyway|or not|i'?ll|i'?ve|sleeps|slow|doesn'?t
            |needn'?t|tell|know|find out|quietly|keep it|hear)\b|\b(i'?ll|i'?ve|i|we'?ll|we
            |i'?m)\b.{0,40}\b(pitch|visit|see|ring|call|meet|quote|sign|book(ed)?|lunch|taking|set up|sent|work
            |handle|look after)\b.{0,60}\b(his|her|their|\w+'s) (account|customer|client|patch|buyer|guy|people
            |territory)\b.{0,60}\b(know|tell|find|hear|without|quietly|himself|myself|later|after|away|out)\b
            |\bkeep (it|this|that) (off|out of) (the )?crm\b|\b(off|not in) the crm\b
        """,
        unless=r"""
            \b(together with|with (his|her|their) (ok|agreement|blessing)|handover|hand over|joins|comes along
            |knows (about|and)|asked (him|her)|account number|customer service)\b
        """,
        reason="A colleague's account is worked without telling them.",
    ),
)

TABLE = Table(
    label=Label.SIDESTEP,
    reason="Somebody is kept out or gone round.",
    rules=RULES,
    directions=ANY_DIRECTION,
    # Who reports an approach does not make one.
    never=r"""
        \b(reps?|sales ?(man|guy|woman|person|people)|supplier|vendor|they|he|she|chap|account manager|consultant)
        \ ((just|now|also|has|have|even|had) )*(asked|asks|wants|wanted|offered|offers|suggested|suggests|tried|invited)
        \ (me|us|to)\b
        |\bi (declined|refused|said no|told (him|her|them) (no|to))\b
    """,
    unless=r"""
        \b(cake|surprise|asked me to (keep|leave)|told (him|her|them) no|declined|i (won'?t|will not|refuse)
        |please add|keep (him|her|procurement|purchasing) (in|on) (copy|cc|everything))\b
    """,
)


def sidestep(document: Document) -> Iterator[Finding]:
    """Find attempts to keep procurement or an account's owner out, to go over their head, or to slip under a limit.

    Known false positives: absences and surprises among colleagues; escalations along an agreed path.
    """
    return find(TABLE, document)
