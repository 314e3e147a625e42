"""What is counted, weighed and measured, by one word for all that mean the same."""

import re

_SAME = {
    "piece": "piece pieces pc pcs part parts unit units item items ea each apiece stück stueck stk st teil teile teilen"
    " pieza piezas pièce pièces piece pezzo pezzi casting castings bracket brackets component components",
    "kg": "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme",
    "t": "t to ton tons tonne tonnes tonnen tonelada toneladas tonnellata tonnellate mt",
    "kt": "kt kilotonne kilotonnes kilotonnen kiloton kilotons",
    "km": "km kilometre kilometres kilometer kilometers kilometern",
    "hour": "h hr hrs hour hours hourly stunde stunden std",
    "day": "day days daily tag tage tagen manday mandays",
    "month": "month months monthly monatlich monat monate monaten mois mes",
    "year": "year years yearly annum yr yrs jahr jahre jahren an año anno annual annually jährlich p.a",
    "week": "week weeks weekly wöchentlich woche wochen",
    "quarter": "quarter quarters quarterly vierteljährlich quartal quartale",
    "seat": "seat seats user users licence licences license licenses lizenz lizenzen nutzer account accounts"
    " arbeitsplatz arbeitsplätze arbeitsplätzen workplace workplaces anwender",
    "truck": "truck trucks lorry lorries lkw lkws vehicle vehicles fahrzeug fahrzeuge fahrzeugen trailer trailers",
    "pallet": "pallet pallets palette paletten",
    "m": "m metre metres meter meters metern",
    "m2": "m2 m² sqm qm square quadratmeter quadratmetern",
    "m3": "m3 m³ cbm",
    "l": "l litre litres liter liters litern",
    "kwh": "kwh kilowattstunde kilowattstunden",
    "mwh": "mwh megawattstunde megawattstunden",
    "gwh": "gwh gigawattstunde gigawattstunden",
    "person": "people person persons head heads colleagues employees inhabitants visitors readers mitarbeiter personen"
    " leute mann staff workers strong fte ftes kräfte",
    "box": "box boxes carton cartons karton kartons",
    "machine": "machine machines maschine maschinen",
    "site": "site sites plant plants standort standorte standorten werk werke werken location locations sede sedi"
    " sitios",
}  # fmt: skip
# The same in larger and smaller units: how many of the first the others are.
SCALED = {
    "kwh": ("kwh", 1.0),
    "mwh": ("kwh", 1e3),
    "gwh": ("kwh", 1e6),
    "kg": ("kg", 1.0),
    "t": ("kg", 1e3),
    "kt": ("kg", 1e6),
}
# What nobody counts by the piece.
_MEASURED = "kg t kt km hour day month year week quarter m m2 m3 l kwh mwh gwh person"
_OF_NO_PIECES = frozenset(_MEASURED.split())
# Units of time, by which money and counts may be said, too.
TIMES = frozenset({"year", "quarter", "month", "day", "week"})
# How many of them a year has, by which what is needed or paid again and again may be told; days are worked or not.
A_YEAR = {"year": 1, "quarter": 4, "month": 12, "week": 52}
_CLASS = {word: name for name, words in _SAME.items() for word in words.split()}
_CLASS |= {
    f"{size}watt{joint}{hours}": f"{size[0]}wh"
    for size in ("kilo", "mega", "giga")
    for joint in ("", " ", "-")
    for hours in ("hour", "hours")
}
# What is measured, and never money, a share or a count by itself.
_MEASURES = re.compile(
    r"[ -]?(?:[mµnck]?m[²³23]?|metres?|meters?|metern?|inch(?:es)?|ft|feet|° ?[CFK]?|degrees?|grad|bar|mbar|[kMG]?Pa"
    r"|psi"
    r"|k?N|k?Nm|[kMG]?W|[km]?V|m?A|m?Ah"
    r"|[kMG]?Hz|rpm|dB|[kMGT]B|g|grams?|l|litres?|liters?|ml|h\d|HV|HRC|seconds?|sec|s|min|minutes?|minuten"
    r"|volts?"
    r"|watts?|pages?|seiten?|eggs?|cycles|[mµn]?mol|[mµn]g|[mµk]?U|I[UE]|mmHg|kilos?|kilometres?"
    r"|inhabitants|visitors|questions?|x(?! ?\d)"
    r"|(?i:umdrehungen|revolutions?|revs|turns|hübe|U/min|1/min|newton(?:met(?:er|re)s?)?|[kM]?hertz|amperes?|ampere|ohms?|k?joules?|dezibel|decibels?"
    r"|(?:milli|zenti|centi|mikro|micro|nano)met(?:er|re)[ns]?|(?:milli|mikro|micro)?gramm(?:es?)?|(?:milli)?sekunden|pixels?"
    r"|lumens?|zyklen|lastwechsel|schritte|steps|rows|zeilen|lines of code))(?![\w])"
)


def unit_class(word: str) -> str:
    """Return the one word that stands for a unit and all it is called; a word of no known class without its plural."""
    plain = word.strip(". ").lower()
    if plain in _CLASS:
        return _CLASS[plain]
    last = plain.split()[-1] if plain.split() else ""
    return _CLASS.get(last, last[:-1] if len(last) > 3 and last.endswith(("s", "n")) else last)


def is_known(word: str) -> bool:
    """Whether a word is a unit of a known class."""
    return word.lower() in _CLASS


def is_same(one: str, other: str) -> bool:
    """Whether two classes are of the same things, be it in larger or smaller units."""
    return one == other or (one in SCALED and other in SCALED and SCALED[one][0] == SCALED[other][0])


def is_in_pieces(name: str) -> bool:
    """Whether things of a class may be called pieces: cartons, machines, seats."""
    return name not in _OF_NO_PIECES


def is_class(name: str) -> bool:
    """Whether a word stands for a known class of units; any other is just what somebody counts."""
    return name in _SAME


def measured(text: str, place: int) -> str:
    """Return the unit of measurement that stands at a place of a text; empty where none does."""
    match = _MEASURES.match(text, place)
    return match[0].strip(" -") if match else ""
