"""Money, measures, shares and dates as pattern pieces that rules and cues refer to by name, `<money>`. See patterns.

Numbers may be written out ("seven and a half", "two hundred and fifty", "a quarter million"), grouped by comma, point,
apostrophe or space, and shortened ("40k", "1.2 mil", "7½"); dates as 14 May, 5/17, 15.11., KW 41, wk 22, mid-May, the
27th, June 2027, by Easter, in two weeks, EOM.
"""

_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "(twen|thir|for|fif|six|seven|eigh|nine)ty"
_UNDER_HUNDRED = f"({_ONES}|{_TENS}([ -]({_ONES}))?)"
_SPELLED = f"({_UNDER_HUNDRED}( point ({_ONES}))?|hundred( and {_UNDER_HUNDRED})?|half a|(a )?dozen)"
_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    r"|dec(ember)?)\.?"
)
_DAY = r"(mon(day)?|tue(s(day)?)?|wed(s|nesday)?|thu(rs?(day)?)?|fri(day)?|sat(urday)?|sun(day)?)"
_DIGITS = r"(\d+([., ']\d{3})*([.,]\d+)?[¼½¾]?|[¼½¾])"
_NUMBER = rf"({_DIGITS}|\b{_SPELLED}\b)"
# Half a, a quarter of a, a couple of: a scale has to follow.
_SHARE = r"\b(a|one|three) (quarters?|half|third|couple|few)( of)?( an?)?( hundred)?"
_AND_A_PART = "( (and )?(a (half|quarter)|three quarters))"
_SCALE = "(k|m|mn|mio|mil|mill|millions?|bn|billion|thousand|thsd|grand|hundred|lakh|crore)"
_CURRENCY = (
    "([kMT]?EUR|USD|GBP|CHF|M?NOK|M?SEK|DKK|PLN|CZK|HUF|RON|JPY|CNY|INR|AUD|CAD|euros?|dollars?|bucks|quid"
    "|pounds?|francs?"
    "|kron(er|or|e|a)|øre|cents?|ct|pence|zlotys?|lei|leu|yen|rupees|rs)"
)
_UNIT = (
    "(%|per ?cent|°C?|degrees|deg|K|bar|mbar|[kMG]?Pa|psi|µm|um|microns?|[nµmck]?m|met(re|er)s?|mm2|m2|m²|m3|m³"
    "|[mµ]?l|lit(re|er)s?"
    "|[mµk]?g|gr|grams?|t|tons?|tonnes?|[km]?N|[km]?Nm|k?J|[kMG]?W|[kMG]?Wh|[kmµ]?V|V[DA]C|[mµ]?A|m?Ah|ohms?"
    "|[kMG]?Hz|rpm|dB[Aim]?"
    "|k?lux|klx|lx|lumens?|pp[mb]|[mµn]?s|sec|seconds?|min|minutes?|h|hrs?|hours?|cycles?|openings|flexes|washes"
    "|cuts|racks|nodes"
    "|rps|tps|qps|requests|fps|[MG]bits?(/s)?|[MG]bps|[kMGTP]B|bits?|px|pixels|Vpp|HRC|Shore|mPas|cP|cSt|kcal|cd"
    "|sccm|cfm|Brix|x)"
)
_EDGES = "mid|early|late|end of|end|beginning of|start of|middle of|before|by|until|till|in|on|from|since"
_SEASONS = (
    "christmas|easter|new year|(the )?(summer|autumn|winter|spring|holidays)|black friday|ramadan|diwali|midsummer"
)

PIECES: dict[str, str] = {
    "n": _NUMBER,
    "currency": rf"([€£$¥]|\b{_CURRENCY}\b)",
    # An amount that must be money: with a currency, or shortened the way only money is.
    "money": (
        rf"([€£$¥] ?{_DIGITS}( ?{_SCALE}\b)?|\b{_CURRENCY} ?{_DIGITS}( ?{_SCALE}\b)?"
        rf"|{_NUMBER}{_AND_A_PART}?( ?{_SCALE}\.?){{0,2}}( of a)?(,-)? ?([kMT]?[€£$¥]|{_CURRENCY}\b)"
        rf"|{_NUMBER}{_AND_A_PART}?( hundred)? ?{_SCALE}\b|{_SHARE} {_SCALE}\b|\b(a|an) (million|billion|grand|lakh)\b"
        r"|\b(low|mid|high)( |-)?(four|five|six|seven|eight)[ -]figures?\b)"
    ),
    # An amount that may be money: the sentence has to tell.
    "amount": (
        rf"({_DIGITS}( ?{_SCALE}\b)?|<money>|\b(a|{_NUMBER}) (thousand|million|grand|hundred)|\b{_SPELLED}{_AND_A_PART}"
        rf"|\b(just|slightly|well|a (bit|shade|touch|tad|hair)) (under|over|above|below|shy of|short of) {_SPELLED}\b)"
    ),
    "percent": rf"({_NUMBER} ?(%|per ?cent|pct|points?|pp)|(a|two|three) (third|quarter|half|fifth)s?)",
    "quantity": rf"({_DIGITS}|\b({_ONES}|{_TENS}|half a)) ?-?{_UNIT}(\b|[ ,.;:)]|$)",
    "per": (
        r"(\b(an?|per|each|the|/) ?(pieces?|pcs?|unit|seats?|head|user|slip|set|kg|kilos?|tonne?s?|met(re|er)s?|m2"
        r"|m²|km|hour|day"
        r"|month|year|night|cover|pallet|box|bag|roll|part|thousand|lit(re|er)|drop|word|van|line|sample|annum|case"
        r"|bottle|mile"
        r"|shift)\b|/ ?[a-z]+|apiece|each\b)"
    ),
    "month": _MONTH,
    "weekday": _DAY,
    # A day, week, month or named season that can be put in a calendar.
    "date": (
        rf"(\b\d{{1,2}}(st|nd|rd|th|\.)?( of|-)? ?{_MONTH}([ -](20)?\d\d\b)?"
        rf"|\b{_MONTH} (the )?\d{{1,2}}(st|nd|rd|th)?\b|\b{_MONTH} 20\d\d\b"
        rf"|\b\d{{1,2}}[./]\d{{1,2}}\.?([./]?\d{{2,4}})?|\b\d{{4}}[-/]\d{{2}}[-/]\d{{2}}"
        r"|\b(kw|cw|wk|weeks?|calendar week|w|s) ?\d{1,2}\b|\b[QH][1-4]\b"
        rf"|\b({_EDGES})[ -]{_MONTH}\b|\bthe \d{{1,2}}(st|nd|rd|th)\b"
        rf"|\b(the )?(first|second|third|fourth|last) (week|weekend|half|{_DAY}) (of|in|after) \w+"
        rf"|\b(first|last|mid) of {_MONTH}"
        rf"|\b(by|before|on|until|till|this|next|coming|from|after|over) {_DAY}\b"
        rf"|\b(by|before|until|till|after|at|over) ({_SEASONS}|(month|quarter|year)[ -]?end"
        r"|the end of the (year|month|quarter|week))"
        rf"|\bin (the )?(spring|summer|autumn|fall|winter)|\b(in|within) {_NUMBER} (days|weeks|months)|\bin a fortnight"
        rf"|\b{_SPELLED} (days|weeks|months) from (now|today)|\b(fiscal year|financial year|FY|quarter|month)[ -]end\b"
        r"|\bEO[MQY]\b"
        rf"|\b(end|middle|beginning|start) of (the |this |next )?(year|month|quarter|week|{_MONTH}|fiscal year|summer)"
        r"|\bthe week after next|\b(tomorrow|tonight|(next|this)[ -](week|month|quarter)))"
    ),
}
