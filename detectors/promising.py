"""Wordings by which somebody agrees to a price, or promises an order, an award or a contract: English and German."""

from detectors.patterns import Gapped, Wording

# Beside an amount, any of these agrees to it.
PROMISES = Gapped(
    r"""
    \b(we|i)( can| will|'ll|'d| hereby| also| therefore)?( gladly| happily)? (accept|agree|confirm|take|order|buy
    |approve|commit|guarantee
    |promise|award|sign|pay|do|go|settle|raise|grant|give|offer|release|live with|stretch to|meet you at)\b
    |\b(agreed|deal|it'?s a deal|go ahead|green light|consider it|you (have|get|got|can have)|(order|contract
    |award|business|job)
    \ is yours|fine (by|with|for) (us|me)|(works|good|grand|perfect|enough) for (us|me)|ok(ay)? (with|by|for) (us|me)
    |done at|shake (hands )?on|yours (for|at)
    |count on|you'?ll get|let'?s (do|say|close|settle|call it|make it|go|shake|meet|split|take|have|order|buy|book)
    |(i'll|we'll|we|i will|we will) (have|take) (it|them|both|all|the)|happy with (that|it|this)|call it|make it
    |settle (at|on)|fix (it|this|that) at
    |please (start|proceed|go ahead|book|treat))\b|(^|[,;:.!] ?)done\b
    |\b(is|are|sounds?|seems?|looks?) (fair( enough)?|fine|ok(ay)?|good|grand|acceptable|agreed|accepted|settled)\b
    |[,;:.!] ?(approved|accepted|confirmed|booked)\b
    |\b(einverstanden|akzeptier\w+|zugesagt|bestätig\w+|beauftrag\w+|wir (bestellen|zahlen|nehmen)|machen wir
    |(ist|sind|geht|gehen) (so )?(für (uns|mich) )?(ok|okay|gut|recht|klar|in ordnung)|passt|passen
    |nehmen wir|gebongt|abgemacht|gekauft|handschlag|sagen wir|(wir|ich) sagen? ja|(ok|okay|recht|gut) für (uns|mich))\b
    """,
    r"\b(offer|quot\w+|price|order|po|bid|proposal|it|that|this)\b.{0,40}« (approved|accepted|confirmed)\b»",
)
_TO_YOU = r"(ihnen|euch|dir)"
_DEAL = r"(order|contract|award|job|business|deal|tender)"
_AUFTRAG = r"(auftrag|zuschlag|vertrag|job|bestellung|los|rahmenvertrag)"
# Whoever says one of these has promised something, with or without an amount.
BINDS = Gapped(
    r"""
    «\b(we|i)('ve| have|'ll| will| hereby| herewith| can)?( now| already| gladly| just)? (confirm(ed)?|place(d)?
    |award(ed)?|sign(ed)?
    |accept(ed)?|approve(d)?|release(d)?)\b».{0,20}\b(orders?|contract|award|offer|deal|agreement|bid|extension|quote
    |proposal|terms|increase|price)\b
    """,
    rf"\b{_DEAL} (is|will be) (as good as )?(yours|in the bag|a done deal|safe with you|going to you|coming to you)\b",
    rf"\b(you|ye)('ve| have|'ll| will|'re| are)? (got|get|have|win|won|getting)( just)? the {_DEAL}\b",
    r"""
    \b(it'?s|it is|that'?s|they'?re|you'?re|you are|it'?s all|consider it) (as good as )?(in the bag|yours|a done deal
    |our (choice|partner|supplier|pick)|sorted between us)\b
    |\b(you|ye)( have|'ve| 've)?( got)? (it|this one|that one) (from me|from us|in the bag|as far as)
    |\bas far as (i'?m|i am|we'?re|we are) concerned,? (you|ye|it|the \w+)('ve| have|'s| is|'re| are)? (got )?(it|yours
    |the one|done|in)\b
    """,
    r"""
    \b(we'?re|we are|we'?ll be|i'?m|we have decided (on|to)|we'?ve decided (on|to))( \w+)?
    \ (going|go|staying|stay|sticking|stick|renewing|renew|signing|sign|continuing) with (you|ye)\b
    |\bwe('ll| will) (be )?(stay(ing)?|stick(ing)?|renew(ing)?|go(ing)?|sign(ing)?|continu(e|ing)) with (you|ye)\b
    |\b(we|i)('ve| have)?( already| just)? (picked|chosen|chose|selected|decided (on|for)) (you|ye)\b
    """,
    r"""
    \b(we|i) (take|have|buy|order) (it |them |this |that )?(from|with|by|at) you\b|\bwe take from you\b
    |\b(training|machines?|units?|pieces|volume|buses|parts|orders?) we (take|buy|order) (from|by|with|at) you\b
    """,
    r"""
    \bnobody else (gets|will get|is getting|has|stands) (a|the|any)? ?(look|chance|order|share|call)\b
    |\bno one else (gets|will get|is getting) (a|the|any)? ?(look|chance|order|share|call)\b
    |\b(won'?t|will not|not going to|no need to) (go out to|run a|hold a|do a|start a|have a|do another|need a)
    \ (tender|rfq|second round|bidding round)\b|\bcall(ed|ing)? off the (tender|rfq|bidding)\b
    """,
    r"""
    «\bsend (me|us|over|it over|across)?( over| across)? ?(the|your|that|a|an) (contract|order form|agreement|papers?
    |paperwork|form|renewal|order)\b».{0,30}\b(i'?ll|i will|we'?ll|we will|to|and)( \w+){0,2} sign
    |«\b(i'?ll|i will|we'?ll|we will)( \w+)? (sign|get (it|that|them) signed|have (it|that|them) signed)\b»
    """,
    r"""
    «\b(you'?ll be getting|you('ll| will) (get|see|have)|you can (count|plan|bank|build|rely) (on|with)|put you down for
    |pencil(l?ed)? you in for|reserve|counts? on us for|commit to|committing to|we'?ll place|we place|we'?ll put
    |we'?ll give you)\b».{0,60}\b(thirds?|half|quarter|share|volume|<n> ?(%|per ?cent|million|mil|mio|m|k|thousand
    |tonnes?|tons?|pieces|pcs|units|pallets|a year|per year)|tonnage|next year|whole range|range|business|orders?)\b
    """,
    r"""
    \b(min(imum|\.)? ?order|moq|increases?|surcharges?|uplift|indexation|extra (cost|charge)s?|additional costs?
    |your (price|rate)|the (price|rate))\b.{0,40}« (is|are) (no problem|fine|okay?|accepted|agreed|acceptable|grand)\b»
    |«\b(we|i)('ll| will| can)? (cover|bear|absorb|carry|swallow|pay) the (extra|additional|difference|surcharge
    |increase|added)\b»
    """,
    r"""
    \b(one|two|three|four|five|six|seven|eight|ten|<n>)[- ](years?|months?) it is\b
    |\b(start|begin|get) (welding|building|production|producing|cutting|milling|casting|printing|tooling|coding
    |on the (tools?|tooling|job))\b
    """,
    r"""
    \b(will|'ll|can|shall)( just| only)? (write it (down|up)|do the (paper\w*|formalities|contract)|put (it|that|this)
    \ (on paper|in writing|to paper)|tidy (it|this|that|things|the \w+) up|tidy up the \w+|sort (out )?the (paper\w*
    |formalities|contract)|draw (it|the contract|the papers) up|handle the (paper\w*|formalities)|paper it)\b
    """,
    r"""
    \b(we|you and i|i)( have|'ve)? (shook|shaken)( hands)? on (it|that|this)\b|\bkeep my (word|handshakes?|promises?)\b
    |\b(gave|given|have|got) (you )?my (word|hand|handshake)\b|\b(pop|open) the (corks?|champagne|bubbly)\b
    |\b(just|only|mere|pure|purely|but) (a )?formality\b|\b(is|are) a formality\b
    |\bfor (the sake of |the )?form('?s sake)?\b
    """,
    r"""
    «\b(we|i)('ll| will)? (definitely|certainly|surely|for sure|in any case) (take|buy|order|need|want)\b»
    |\b(print|make|produce|cut|build|cast|mill|weld|bake|pack|order|reserve)\b.{0,40}«\balready\b»
    |«\b(wave|nod|let) (it|that|this|the \w+) through\b»
    """,
    # German
    r"\b(reine|nur( noch)?|bloß|ist( eine)?) (formsache|formalität)\b|\b(nur )?der form halber\b|\bper handschlag\b",
    r"""
    \b(papiere?|bestellung|bestellnummer|auftrag|vertrag|schriftliche\w*)\b.{0,20}«\b(folgt|folgen
    |kommt (dann )?(nach|noch
    |später)|reiche?n? (ich|wir)( noch)? nach|läuft (noch|dann))»
    |«\bvon (mir|uns) aus (könnt|kannst|können|dürft|darfst|dürfen)\b»
    |\b(könnt ihr|kannst du|können sie|dürft ihr|dürfen sie)\b.{0,30}«\bruhig\b»
    """,
    rf"""
    \b{_AUFTRAG}\b.{{0,20}}«\b(ist {_TO_YOU} (sicher|gewiss)|gehört {_TO_YOU}|geht an (sie|euch|dich))\b»
    |\b(sie|ihr|du) (haben|habt|hast|bekommen|bekommt|bekommst|kriegen|kriegt|kriegst|erhalten|erhaltet)( \w+){{0,3}}
    «\ (den|die|das) {_AUFTRAG}\b»
    |\b{_AUFTRAG}\b.{{0,20}}«\bin der tasche\b»|«\blegen sie\b».{{0,20}}\blos\b
    """,
    r"""
    «\b(fangen|starten|beginnen) sie\b».{0,30}\b(schon|bereits|ruhig|gleich|sofort)\b
    |«\b(fangt|fang|startet|starte|legt|leg|baut?|produziert?|reservier\w*|bestellt?|liefert?|bauen sie|reservieren sie
    |produzieren sie|liefern sie)\b».{0,30}\b(schon|bereits|ruhig|gleich|sofort|los|einfach)\b
    """,
    r"""
    «\bmein wort\b»|«\b(dafür|darauf) (stehe|steh|bürge|gebe|garantiere) ich\b»|«\bverlassen sie sich d(a|)rauf\b»
    |«\bdarauf können sie sich verlassen\b»
    |«\bgrünes licht\b».{0,15}\b(von (mir|uns)|haben sie|hast du|gebe ich|geben wir)\b
    |\b(von (mir|uns)|sie|du) (haben|habt|hast|gibt es|bekommen)\b.{0,15}«\bgrünes licht\b»
    """,
    rf"""
    «\b(ich|wir) sagen? {_TO_YOU}\b».{{0,40}}\bzu\b|«\bfest mit (der|dem|einem|einer) {_AUFTRAG}\b»
    |«\bfest mit (uns|euch|ihnen) (rechnen|planen)\b»
    |«\b(ihr|euer|das|dein) angebot nehmen? (wir|ich)\b».{{0,10}}\ban\b|«\b(wir|ich) nehmen? (ihr|euer|das
    |dein) angebot\b».{{0,20}}
    \ban\b
    |«\bbetrachten sie\b».{{0,30}}\bals (erteilt|bestellt|zugesagt|vereinbart|genehmigt)\b
    """,
    rf"""
    «\b(wir|ich) (verlänger|unterschreib|unterzeichn)e?n?\b».{{0,30}}\b(vertrag|auftrag)\b
    |«\b(hiermit|wir|ich) (bestätig\w+|erteil\w+|vergeb\w+|unterschreib\w+)\b».{{0,30}}\b({_AUFTRAG}|angebot)\b
    """,
    rf"""
    \b(kommt|kommen|geht|gehen|läuft|laufen)( \w+){{0,3}} (von|an|über) (euch|dich)\b|\b(wir|ich) (bleiben?|gehen?
    |machen?
    |nehmen?) ?(es|das|'s)? (mit|bei) {_TO_YOU}\b
    |\b(ihr|sie|du) (seid|sind|bist) (gesetzt|dabei|unsere? (partner|wahl|lieferant)|unser mann)\b
    |\b(haben|hab|habe) (wir |ich )?(uns |mich )?für (sie|euch|dich) entschieden\b|\bfür (sie|euch
    |dich) entschieden haben\b
    |\b(nehmen|bestellen|kaufen|machen) wir (bei|von|mit) {_TO_YOU}\b|\bbekommt? ihr( \w+)? von uns\b
    """,
    r"""
    \b(teuerung|erhöhung|preiserhöhung\w*|aufschlag|mehrpreis)\b.{0,30}«\b((winken|nicken|lassen) wir (durch|ab)
    |geht durch)\b»
    |\b(kosten|mehrkosten|mehrpreis|aufpreis\w*|zuschläge?|preiserhöhung\w*|erhöhung|differenz|teuerung)\b.{0,40}
    «(übernehmen|\b(tragen|zahlen|bezahlen|akzeptieren|schlucken)) (wir|ich)\b»
    |«\b(wir|ich) (übernehmen?|tragen?|zahlen?|akzeptieren?)\b».{0,40}\b(mehrkosten|mehrpreis|aufpreis\w*
    |preiserhöhung\w*|erhöhung|differenz|teuerung)\b
    |«\b(mehrkosten|mehrpreis|aufpreis|preiserhöhung|erhöhung)\b».{0,20}\b(gehen|geht|ist|sind)( schon)?
    \ (in ordnung|klar|ok|okay)\b
    """,
)
# With the name of their firm between, these give it something.
GIVING = (
    r"\b(go|goes|going|come|comes|coming|stay|stays|staying|move|moves|moving|awarded|placed|geht|gehen|kommt|kommen"
    r"|bleibt|bleiben|läuft|laufen)\b.{0,30}\b(to|with|through|an|bei|über|zu) "
)
# What is given so is business, and no visit or parcel.
GIVEN = Wording(r"""
    \b(orders?|contract|award|business|volumes?|job|deal|tender|supply|series|production|tonnage|whole|all of it
    |(from|as of|starting|for) (<month>|next|now|20\d\d|the (year|season)|spring|summer|autumn|winter)
    |auftr[a-z]+|aufträge|bestellung\w*|vertrag|zuschlag|serie|volumen|menge|ab (<month>|januar|februar|märz|mai
    |juni|juli
    |oktober|dezember|20\d\d|nächste\w*)|für (20\d\d|nächstes jahr))\b
""")
# A short answer that takes the amount of what it answers.
TAKES = Wording(r"""
    \b(agreed|deal|go ahead|it'?s a (deal|yes)|that'?s a (deal|yes)|accepted|approved|(works|fine|ok|okay|good|grand)
    (for|by|with) (us|me)|(we|i) (accept|agree|take it|take that|can live with (it|that))|let'?s do (it|that)|done
    |einverstanden|abgemacht|gebongt|geht (so )?(klar|in ordnung)|akzeptier\w*|machen wir( so)?|nehmen wir( so)?
    |passt( so)?( für uns)?|so machen wir( das|'s| es))\b
""")
