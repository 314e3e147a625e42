"""Wordings by which price is given up: business is not lost over it, any offer is met, it plays no part."""

from detectors.rules import Rule

_NOT = r"(won'?t|will not|not going to|shall not|don'?t (want|intend) to|can'?t|cannot|must not|are not|aren'?t|never)"

_PRICE = r"(price|pricing|cost|costs|money|budget)"
_PREIS = r"(preise?|geld|kosten|budget)"
_LITTLE = (
    r"(a|the|two|three|five|ten|<n>)( few| couple| handful)?( of)?( hundred| thousand| more| odd)* ?(cents?|pence"
    r"|pennies|penny"
    r"|euros?|quid|dollars?|pounds?|francs?|grand|thousands?|hundreds?|per ?cent|%|numbers?|figures?|bills?|sums?"
    r"|prices?|discounts?)"
)
_WENIG = (
    r"(paar|einige\w*|ein|zwei|drei|f.nf|<n>) (hundert |tausend )?(cent|euro|franken|rappen|prozent|%|tausender"
    r"|hunderter)"
)
_TALK_OF_PRICE = (
    r"\b(quot\w+|offers?|offered|bids?|prices?|pricing|cheaper|lower|undercut|discount\w*|rates?|figure|numbers?"
    r"|per ?cent"
    r"|cents?|competit\w+|margins?|rabatt\w*|preise?|prozent|g.nstiger|billiger|runter|tief\w*|angebot\w*"
    r"|unterbiet\w+)\b|%"
)
# A condition that makes the whole of it none; "if they ask for less, give it" is a surrender all the same.
_IF = r"|\b(if|when) (you|they|he|she|we|anybody|somebody|people|i)\b|\b(ob|wenn|falls)\b"
_NEVER = (
    r"\b(not|never|stop|refuse\w*|cannot|nobody|no one|without|unless|before (you|we|i|asking|talking)|rather"
    r"|nicht|nie|kein\w*|ohne)\b|n't\b"
)

RULES = (
    Rule(
        name="not lost on price",
        pattern=rf"""
            \b{_NOT}( be)?( going to)? (lose|losing|fail|let \w+ go|walk away
            |let (this|it|that|you|them) (go|fail|slip)|part( ways)?)\b
            .{{0,60}}\b(on|over|because of|due to|for) (the |its |our |a )?(price|pricing|cost|money|rates?)\b
            |\b{_NOT}( \w+){{0,3}} (lose|fail|walk away)\b.{{0,40}}\bover (a (few|couple( of)?|little)|some|two
            |three|five
            |\d+) (per ?cent\b|%|points?\b|euros?\b|cents?\b|dollars?\b|k\b)
            |\bno (deal|business|order|customer|project|contract) (is|will be|gets|should be|must be|goes)
            \ (lost|fail\w*|away)\b.{{0,30}}\b(on|over|because of|for) (the )?(price|cost|money)\b
        """,
        reason="Business is not to be lost over price.",
        unless=rf"\b(price|cost) (list|tag|sheet)\b{_IF}",
        at_least=0.9,
    ),
    Rule(
        name="price no object",
        pattern=r"""
            \b(price|money|cost|costs|budget|the rates?|pricing) (is|are|was|will be|shall be|won'?t be
            |will not be|isn'?t|is not|should not be
            |shouldn'?t be|must not be|need not be|needn'?t be|no longer)\b.{0,15}\b(no|an?|the)( \w+)? (object
            |obstacle|issue|problem|reason|hurdle
            |stumbling block|bottleneck|constraint|limitation|hindrance|impediment|blocker|brake|worry|difficulty
            |show-?stopper|deal ?breaker|barrier|matter|sticking point|concern)\b
            |\b(price|money|cost) (doesn'?t|does not|won'?t|will not|shouldn'?t|needn'?t) (matter|stop us
            |stand (in (the|our|your) way|between us)
            |be (it|what|why)|get in (the|our) way|keep us apart|hold (us|this|it) (up|back))
            |\b(no )?(price|money|cost)( is)? no (object|obstacle)\b|\bnot (about|a question of
            |a matter of) (the )?(price|money)\b
            |\bdon'?t let (the )?(price|money|cost|rates?)\b.{0,40}\b(stop|stand|come|get|hold|keep)
        """,
        reason="Price is said to be no obstacle.",
        unless=rf"\b(only|just|alone|for (you|them))\b.{{0,20}}$|\b(problem|issue|matter|concern) of\b{_IF}",
        at_least=0.9,
    ),
    Rule(
        name="whatever it takes",
        pattern=r"""
            \b(whatever|any) (price|rate|it (costs|takes)|number|figure)\b.{0,60}\b(sign|match|pay|go|do|take|win
            |get|close|accept|meet|agree)
            |\b(match|meet|beat|accept|pay|sign|take|go (to|with)|agree to|close at|win (it|them
            |this) at) (whatever|any) (\w+ )?(price|number|figure
            |rate|it (costs|takes)|they (ask|want|offer|quote)|you (ask|want|need|name))\b
            |\b(don'?t|do not) care (what|how much) (it|this|that|they) (costs?|ask|want|charge)\b
            |\b(give|grant|offer) (them|him|her|you|it) (whatever|any) (discount|price|rebate)\b
            |\b(make|give|quote|offer) (them |him |her )?(the|whatever|any) (prices?|discounts?|rates?) (that )?(you|it)
            \ (have to|must|needs?( to)?|takes?)\b
            |\bat any (price|cost)\b|\bname your (price|figure|number)\b|\bcost what it (may|will)\b
        """,
        reason="Any price is said to be acceptable.",
        unless=_IF.removeprefix("|"),
        at_least=0.9,
    ),
    Rule(
        name="any offer is met",
        pattern=r"""
            \b(whatever|whichever|wherever|whoever) (it is )?(\w+ )?(he|she|they|you|it|(the )?(others?|competition
            |buyer|customer))( \w+)?
            \ (asks?|offers?|quotes?|bids?|demands?|charges?|names?|puts?)\b.{0,40}\b((meet|match|beat|give|pay|take
            |accept
            |sign|do) (it|that|them)|go with it|we('ll| will)? (pay|match|meet|take|sign|go|follow))\b
            |\b(match|beat|undercut|meet) (anybody|anyone|everybody|everyone|whoever|all comers|(any
            |every)( other| lower
            |competing)? (offer|quote|bid|price|competitor))\b
            |\b(come|go|drop|follow|move)( all the way| right)? (down )?(to|with) (wherever|whatever|whoever)\b
            |\bfollow (them|him|her|anybody|anyone|everybody) down\b
            |\bgo (as (low|deep|far down)|down as far) as (it takes|you (have|need|must)|necessary
            |they (want|like|ask|go))\b
            |\b(do|use|offer|give|spend) (whatever|what|anything|all) (you (have to|need( to)?|must|like|want)|it takes
            |is needed|necessary|they want)( do| give)? (on|in|about|with|for) (the )?(price|pricing|money|discounts?
            |rates?)\b
            |\b(take|accept|sign|meet|match) (every|any) (price|discount|figure)\b
            |\b(give|grant|offer) (them|him|her|it to them at) (just )?(the|that|their) (number|price|figure|discount
            |rate|rebate)
            \ (that )?(they|he|she)('re|'s|'ve| are| is| have)?( been)? (after|wants?|needs?|asks?|asking|looking
            |dream\w+|named)\b
            |\b(consider|count|take) (it|ours|us|me)\b.{0,15}\b(below|under|cheaper than) (that|it|them|theirs|him
            |her)\b
            |\b(give|cave|yield|fold|budge) in on (the )?(price|money|rate)
            |\b(price|pricing|money|rate)\b.{0,40}(, |[:;] ?| )(then )?(just )?(give (in|way)|cave( in)?|roll over
            |let them have it)\b
            |\b(free hand|carte blanche|no (floor|lower limit)|all the room)\b.{0,30}\b(price|pricing|discounts?|money
            |rates?)\b
            |\bblank (che(ck|que)|sheet) (for|on|to)\b
        """,
        unless=rf"{_NEVER}|\bno (free hand|carte blanche|blank)\b",
        reason="Whatever is asked or offered is to be met.",
        at_least=0.9,
    ),
    Rule(
        name="no limit to it",
        pattern=r"""
            \b(regardless|irrespective) of (the|their|your|its|what|how|cost|price)\b
            |\bno matter (what|how much|how (low|high|far|dear)) (it|they|he|she|you|that|the \w+)( \w+)?
            \ (costs?|adds?|asks?|charges?|goe?s?|quotes?|wants?|offers?|bids?|is|are)\b
            |\b(bend|drop|cut|lower|stretch|give|sharpen|discount|undercut)\b.{0,40}\bas (far|low|much|deep|often) as
            \ (it|they|he|she|you) (has|have|needs?|takes?|wants?|asks?)\b
            |\b(sharpen|drop|cut|lower|go down|come down|shave)\b.{0,40}\b(till|until) (they|he|she) (stops?|signs?
            |says? yes|agrees?|(is|are) happy)\b
            |\b(could|may|might|can) (be|cost|go up|rise)( by)? (double|twice|three times
            |<n> ?%)( \w+)?.{0,30}\b(still|anyway|nevertheless|all the same)\b
            |\b(price|money|cost|fee)\b.{0,40}\b(never|not) (be )?(the|a) reason\b
            |\b(don'?t|do not|never) (let|lose)( any| a| one| another| this| that)? \w+( go| walk| leave| slip)?
            \ (because of|over|on|for|due to) (the )?(price|pricing|cost|money|rates?|a few)\b
            |\b(so viel|soviel|so weit|so tief)\b.{0,30}\bwie (sie|er|es|ihr|du|die)\b.{0,20}\b(braucht|brauchen
            |will|wollen
            |n.tig|muss|m.ssen|verlang\w+)\b
            |\b(unabh.ngig vom|ungeachtet des|ganz gleich,? (was|wie|zu)) (preis\w*|kosten|rabatt\w*|welche\w*|viel
            |hoch|tief|es)
        """,
        needs=rf"{_TALK_OF_PRICE}|\b(fees?|bill|costs?|money|list|nachl[a.]ss\w*)\b",
        unless=r"\b(cannot|nobody|no one|without|unless|rather|weight|size|colou?r|weather)\b",
        reason="Whatever is asked or offered is to be met.",
        at_least=0.9,
    ),
    Rule(
        name="a lower offer is matched",
        pattern=r"""
            \b(just|always|simply|then|please|go and|of course|gladly) (match|meet|beat|undercut) (it|them|him|her|that
            |theirs)\b
            |\b(authori[sz]ed|free|allowed|welcome|always|ready|happy) (to )?(go|come|come in|sell|price) (under
            |below) (it|them|him|that|any\w*|theirs|whoever)\b
            |\b(go|come|come in|sell|price) (under|below) (it|them|him|that|any\w*|theirs|whoever)\b.{0,20}\b(every time
            |always
            |no sign|without asking|no questions|don'?t ask)
            |\b(match|meet|beat) (it|them|that|theirs),? (no need|don'?t (ask|wait|bother)|without asking|straight away
            |at once)
            |\b(geh|gehen|gehe|geht|zieh|ziehen|zieht)( wir| ihr| da| dann| einfach| ruhig| immer)* (mit|nach)\b
            |\bgeb(t|en|en sie)? (ihm|ihr|ihnen|denen|dem|der)( beim preis)?,?( einfach)? was (er|sie|die) (will|wollen
            |verlang\w+)
        """,
        needs=_TALK_OF_PRICE,
        unless=r"\b(drawing|sample|colou?r|spec\w*|never|cannot|nicht|nie)\b|(\bnot|n't) (match|meet|beat)\b",
        reason="Whatever is asked or offered is to be met.",
        at_least=0.9,
    ),
    Rule(
        name="not over a little money",
        pattern=rf"""
            \b({_NOT}|nobody|no one|no reason to)\b.{{0,20}}\b(fall out|part (ways|company)|break up|split hairs
            |argue|fight
            |quarrel|fail|lose)\b.{{0,30}}\b(over|about|because of) ({_LITTLE}|(the |a |its )?{_PRICE}\b)
            |\b{_NOT}\b.{{0,15}}\blet {_LITTLE}.{{0,30}}\b(come between|stand between|get between|stop (us|this|it)
            |spoil|ruin)\b
            |\b{_LITTLE}( thousand| hundred)? (more or less|either way|here or there|up or down
            |this way or that)\b.{{0,15}}
            \b(doesn'?t|does not|don'?t|won'?t|makes no|is no|is neither|isn'?t|is all)
            |\b(don'?t|do not|never|won'?t|will not|must not|mustn'?t|cannot|can'?t|nobody|no one
            |no customer)\b.{{0,60}}
            \b(walk\w*|lea(ve|ves|ving)|left|goes|gone|los[et]|losing|switch\w*|slip\w*|gets? (in|away))\b.{{0,40}}
            \b(because|since|just for|over)\b.{{0,30}}\b(dearer|cheaper|too expensive|more expensive|too dear
            |undercut)\b
            |\b({_PRICE}|amounts?|bills?|sums?|figures?)( \w+)? (isn'?t|won'?t|will not|is not|doesn'?t|does not
            |never)( really
            | ever)?( going to)? (keeps?|costs?|gives?|bothers?|scares?|frightens?|deters?|puts?|worr(y|ies)|troubles?
            |hurts?)
            \ (us|me|anyone|anybody|the board|our|any of us)\b
            |\b(just|only|simply)?( \w+)? ?name (it|the (price|figure|number|sum)),? and (it'?s (yours|done)|(we
            |i)('ll| will)? \w+)
            |\b(name|tell|give|say)( me| us)?( just| only| simply)? (the|your|a) (price|number|figure
            |sum)\b.{{0,20}}\b(at which
            |where|and) (you'?(d|ll)?|it'?s|i'?(d|ll)?|we'?(d|ll)?) ?(will |would )?(sign|yours|done|pay|take|say yes)
            |\b(don'?t|do not|couldn'?t|could not) (mind|care less|worry|bother) (about )?(what|how much) (it|this|that
            |they|you)
            \ (costs?|charges?|asks?|wants?)
        """,
        unless=_IF.removeprefix("|"),
        reason="Business is not to be lost over price.",
        at_least=0.9,
    ),
    Rule(
        name="all the same what it costs, in German",
        pattern=rf"""
            \b(ob|was|wie ?viel)\b.{{0,60}}\b(kostet?|kosten|verlang\w+|bietet?n?)\b.{{0,40}}\b(gleich|egal|wurs[ch]?t
            |schnuppe|nebensache|nebens.chlich|zweitrangig|keine rolle|nicht so wichtig)\b
            |\begal,? (was|wie ?viel|wie (tief|hoch|weit|teuer|billig)|zu welche[mn] (preis|kurs))\b
            |\bam (geld|preis) (h.ngt|liegt|scheitert|hapert)( es| das| die sache| der \w+)?\b.{{0,30}}\b(nicht|nie)\b
            |\bnenn\w*( sie| ihr| du)?( mir| uns)? (einfach|nur|blo.) (ihre?n?|eure?n?|deine?n?|die|den|eine?n?) (zahl
            |preis|summe|betrag|hausnummer)\b
            |.ber (den preis|das geld) (werden|wollen) wir\b.{{0,20}}\b(nicht|kaum) (streiten|feilschen|entzweien
            |fallen)
            |.ber (den preis|das geld) (werden|wollen) wir\b.{{0,20}}\b(schon )?einig
            |\b(lasse?n?|lassen)( wir| ich)? (uns )?(kein\w*|niemand\w*|nicht\w*).{{0,40}}\b(ziehen|gehen|laufen
            |entgehen|abspringen
            |weg)\b.{{0,30}}(wegen|.ber|um|f.r) .{{0,20}}({_WENIG}|preis\w*|geld)
            |\b(wegen|.ber|um|f.r) .{{0,10}}({_WENIG}|preis\w*|geld)\b.{{0,30}}\b(lasse?n?
            |lassen)( wir| ich)? .{{0,20}}(kein\w*
            |niemand\w*|nicht).{{0,30}}(ziehen|gehen|laufen|entgehen|abspringen|scheitern|platzen)
            |\bfreie hand\b.{{0,20}}\b(preis\w*|rabatt\w*)|\b(preis\w*|rabatt\w*)\b.{{0,20}}\bfreie hand\b
            |\bblankoscheck\b
            |\bjede[nr] (preis|rabatt|nachlass)\b.{{0,20}}\b(mitgehen|geben|gew.hren|bezahlen|zahlen|akzeptieren
            |machen)\b
            |\b(da |hier )?(schaue?n?|achten?|sehen|gucken) wir nicht aufs? (geld|den preis|die kosten)\b
            |\b(macht?|gebt?|nehmt?|machen sie|geben sie) (ihnen |ihm |ihr )?(die|den|jeden|alle|jegliche\w*) (preise?
            |rabatte?|nachl\w+)\b.{{0,20}}\b(m.ss\w*|n.tig|notwendig|brauch\w*|wollt|wollen|verlang\w+)\b
            |\bauf den preis (kommt es|schaue?n?|achten?)\b.{{0,20}}\bnicht\b
        """,
        unless=r"""
            \bnicht (egal|gleich|wurs[ch]?t|schnuppe|zweitrangig|allein)
            |\b(geschenk|pr.sent|abschied|blumen|korb|kuchen|geburtstag|(weihnachts|sommer|abschieds)?feier)\w*\b
            |\b(kein\w*|ohne|niemand) (freie hand|blankoscheck)\b
        """,
        reason="Price is said to be no obstacle.",
        at_least=0.9,
    ),
    Rule(
        name="price comes second",
        pattern=rf"""
            \b{_PRICE} (is|are|was|will (be|come|take|play)|comes?|takes?|plays?)( (not|never|only|really|clearly
            |certainly|entirely
            |a|in)\b)*.{{0,20}}\b(secondary|second\b( (for|to|place|here)|[,.;!\n]|$)|(a )?back ?seat|no role
            |irrelevant|unimportant)
            |\b{_PRICE} (is|are|will|would|does|do|shall|should|must)( \w+){{0,2}} ?(not|n'?t|never)( be| \w+ be)?
            ( really| going to)?( the| a| our)?( \w+)? (deciding|decisive|main|key|important|crucial|factor|criteri\w+
            |what (counts|matters|decides)|point|decide\b|be decisive|issue|question)
            |\b{_PRICE} (isn'?t|aren'?t|won'?t|doesn'?t|don'?t|shouldn'?t)( be| play)?( really)?( the| a| our)?( \w+)?
            \ (deciding|decisive|main|key|important|crucial|factor|criteri\w+|what (counts|matters|decides)|role
            |issue)
            |\b{_PRICE} (is|are) the (last|least)( \w+)? (thing|point|of (our|my))
            |\b(won'?t|will not|not going to|nobody|no one|never|don'?t)\b.{{0,25}} (haggle|quibble|fight|argue
            |bargain)
            \ (over|about|on)\b.{{0,30}}\b({_PRICE}|few|couple|thousands?|euros?|per ?cent|%|<n>)
            |\b(don'?t|do not|need not|needn'?t|no need to) (you )?(worry|think) about (the |our |your )?{_PRICE}\b
            |\bwhatever the (cost|price|bill)s?\b|\b(rather|gladly|happily) pay (more|extra|the difference
            |a (bit|little) more) (than|and|for)
            |\bwe('ll| will| would|'d)? (find|have) the money\b
            |\bthe money is (there|available)\b|\b(don'?t|never|not) lose (time|sleep|a minute) (over|on
            |about) (the )?{_PRICE}\b
            |\b{_NOT} (to )?let .{{0,40}}\b(thousands?|hundred|million|euros?|per ?cent|%|points?|money
            |price)\b.{{0,20}}(stand|come|get)
            \ (between|in (the|our|your) way)
        """,
        reason="Price is said to come second.",
        unless=rf"\bwe (don'?t|do not) worry|\b(parking|lunch|dinner|cake|party)\b{_IF}",
        at_least=0.9,
    ),
    Rule(
        name="price no obstacle, in German",
        pattern=rf"""
            (\b(am|an dem|an|wegen (des|der)|um den)|.ber den) (geld|preis(es)?|kosten)\b.{{0,60}}\b(nicht|nichts
            |kein\w*
            |niemand\w*|nie)\b.{{0,40}}\b(scheitern|scheitert|verlieren|liegen|h.ngen|verloren|hapern)
            |\b(nicht|nichts|kein\w*|niemand\w*)\b.{{0,40}}(\b(am|an dem|an|wegen (des|der))|.ber den) (geld
            |preis(es)?
            |kosten)\b.{{0,20}}(scheitern|scheitert|verlier\w+|liegen|verloren)
            |\bverlier\w+\b.{{0,20}}\bkein\w*\b.{{0,40}}(\b(am|wegen (des|der))|.ber den) (preis(es)?|geld(es)?
            |kosten)\b
            |\b{_PREIS}\b(.{{0,30}}\b(ist|sind|w.re|bleib\w+|steh\w+|spiel\w+|wird|d.rfen|darf|soll\w*|werden))
            \b.{{0,30}}\b(zweitrangig|nebens.chlich|nebensache|zweiter linie|keine rolle|kein\w* (thema|hindernis
            |problem|kriterium|hinderungsgrund|frage)|nicht (entscheidend|wichtig|ausschlaggebend|das (thema
            |entscheidende
            |wichtigste|problem)|der (punkt|entscheidende)|die frage)|egal|unwichtig|nicht im weg\w*)
            |\b{_PREIS} (ist|sind) (uns |mir |hier )?(egal|zweitrangig|nebens.chlich|kein thema)
            |.ber (den|die) (preis|kosten)\b.{{0,15}}\b(m.ssen|brauchen) wir\b.{{0,15}}\bnicht\b.{{0,20}}(reden
            |sprechen|verhandeln|streiten)
            |\bkoste(t)? es,? was es wolle|\b(wir|ich) (zahlen?|nehmen?|akzeptieren?
            |unterschreiben?) (da )?jeden preis
            |\b(zu|um) jede[mn] preis\b.{{0,30}}(abschlie.en|gewinnen|holen|halten|haben|behalten|bekommen)
            |\bauf (ein paar|den letzten|einige|die paar)\b.{{0,20}}(euro|cent|tausend\w*
            |prozent)\b.{{0,15}}\bkommt es
            \b.{{0,15}}\bnicht an
        """,
        reason="Price is said to be no obstacle.",
        unless=r"""
            \bnicht (egal|zweitrangig|nebens.chlich|unwichtig|jeden preis)
            |\b(allein|leider|letztes jahr|damals|wurde\w*|war(en)?)\b|\b(ob|wenn|falls)\b
        """,
        at_least=0.9,
    ),
)
