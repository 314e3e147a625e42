"""Money, measures, shares and dates as pattern pieces that rules refer to by name, `<money>` or `<date>`.

Patterns are google-re2's, matched without regard to case; plain parentheses do not capture. Numbers may be written
out, grouped by comma, point, apostrophe or space, and shortened ("40k", "1.2 mil"); dates as 14 May, 5/17, 15.11.,
KW 41, wk 22, mid-May, the 27th.
"""

_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(thir|four|fif|six|seven|eigh|nine)teen"
_TENS = "(twen|thir|for|fif|six|seven|eigh|nine)ty"
_MONTH = (
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?"
    r"|dec(ember)?)\.?"
)
_DAY = r"(mon(day)?|tue(s(day)?)?|wed(s|nesday)?|thu(rs?(day)?)?|fri(day)?|sat(urday)?|sun(day)?)"
_DIGITS = r"\d+([., ']\d{3})*([.,]\d+)?"
_SCALE = (
    r"(k|m|mn|mio|mil|mill|million|millions|bn|billion|thousand|thsd|grand|hundred|lakh|crore|kEUR|MEUR|MNOK|MSEK|MDKK)"
)
_CURRENCY = (
    "(EUR|USD|GBP|CHF|NOK|SEK|DKK|PLN|CZK|HUF|RON|JPY|CNY|INR|AUD|CAD|euros?|dollars?|bucks|quid|pounds?|francs?|kron(er|or)"
    "|krone|krona|øre|cents?|pence|zlotys?|PLN|lei|leu|yen|kEUR|MEUR|MNOK|MSEK|rupees)"
)
_UNIT = (
    r"(%|percent|per cent|°C?|degrees|deg|K|bar|mbar|kPa|MPa|GPa|Pa|psi|µm|um|microns?|nm|mm|cm|m|metres?|meters?|km|mm2|m2|m²"
    r"|m3|m³|ml|µl|l|litres?|liters?|mg|µg|g|gr|grams?|kg|t|tons?|tonnes?|N|kN|Nm|kNm|mNm|J|kJ|W|kW|MW|kWh|MWh|Wh|V|kV|mV|VDC|VAC|A|mA|µA"
    r"|Ah|mAh|ohms?|Hz|kHz|MHz|GHz|rpm|dB|dBA|dBm|dBi|lux|klx|lumens?|ppm|ppb|ms|µs|ns|s|sec|seconds?|min|minutes?|h|hrs?|hours?"
    r"|cycles?|openings|flexes|washes|cuts|racks|nodes|rps|tps|qps|requests|fps|Mbit|Mbit/s|Gbit|Mbps|Gbps|kB|MB|GB|TB|PB|bits?"
    r"|px|pixels|Vpp|HRC|HV|Shore|mPas|cP|cSt|kcal|lx|cd|sccm|cfm|pH|Brix|x)"
)

NUMBER = rf"({_DIGITS}|\b({_ONES}|{_TENS}([ -]({_ONES}))?|hundred|half a|(a )?dozen)\b)"

PIECES: dict[str, str] = {
    "n": NUMBER,
    "digits": _DIGITS,
    "currency": rf"([€£$¥]|\b{_CURRENCY}\b)",
    # An amount that must be money: with a currency, or shortened the way only money is.
    "money": (
        rf"([€£$¥] ?{_DIGITS}( ?{_SCALE}\b)?|\b{_CURRENCY} ?{_DIGITS}( ?{_SCALE}\b)?"
        rf"|{NUMBER}( (and )?a (half|quarter))?( ?{_SCALE})?( of a)? ?([€£$¥]|{_CURRENCY}\b)"
        rf"|{NUMBER}( and a (half|quarter))? ?{_SCALE}\b)"
    ),
    "amount": rf"({_DIGITS}( ?{_SCALE}\b)?|<money>|\b(half a|a|{NUMBER}) (thousand|million|grand|hundred))",
    "scale": _SCALE,
    "percent": rf"({NUMBER} ?(%|per ?cent|percent|points?|pp)|a (third|quarter|half|fifth))",
    "quantity": rf"({_DIGITS}|\b({_ONES}|{_TENS}|half a)) ?-?({_UNIT})(\b|[ ,.;:)]|$)",
    "per": (
        r"(\b(a|an|per|each|the|/) ?(pieces?|pcs?|unit|seats?|head|user|slip|set|kg|kilos?|tonne?s?|metres?|meters?|m2|m²|km|hour|day|month"
        r"|year|night|cover|pallet|box|bag|roll|part|thousand|litre|liter|drop|word|van|line|sample|annum|case|bottle|mile|shift)\b|/ ?[a-z]+|apiece|each\b)"
    ),
    "month": _MONTH,
    "weekday": _DAY,
    # A day, week, month or named season that can be put in a calendar.
    "date": (
        rf"(\b\d{{1,2}}(st|nd|rd|th)?( of)? {_MONTH}( \d{{4}})?|\b{_MONTH} (the )?\d{{1,2}}(st|nd|rd|th)?\b|\b\d{{1,2}}[./]\d{{1,2}}\.?([./]?\d{{2,4}})?"
        rf"|\b\d{{4}}-\d{{2}}-\d{{2}}|\b(kw|cw|wk|week|weeks|calendar week|w|s) ?\d{{1,2}}\b|\bQ[1-4]\b|\b(mid|early|late|end of|end|beginning of|start of|middle of|before|by|until|till|in|on|from|since)[ -]{_MONTH}\b"
        rf"|\bthe \d{{1,2}}(st|nd|rd|th)\b|\bthe (first|second|third|fourth|last) (week|weekend|{_DAY}) (of|in|after) (\w+)"
        rf"|\b(by|before|on|until|till|this|next|coming|from|after|over) {_DAY}\b|\b(by|before|until|till|after|at|over) (christmas|easter|new year|the summer|summer|autumn|winter|spring|year[ -]?end|the end of the (year|month|quarter|week)|the holidays|black friday|ramadan|diwali|midsummer)"
        rf"|\bin (the )?(spring|summer|autumn|fall|winter)|\bin {NUMBER} (days|weeks|months)|\b(end|middle|beginning|start) of (the |this |next )?(year|month|quarter|week|{_MONTH}|fiscal year|summer)"
        rf"|\b(tomorrow|tonight|next week|next month|this month|this week|this quarter|next quarter|within \w+ (days|weeks|months)))"
    ),
    "deadline": rf"\b(by|before|until|till|no later than|latest|not after|on|for)\b",
}
