"""What months, weekdays, feasts and edges of a period are called.

English and German; months and weekdays in French, Spanish and Italian, too.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

_NAMES = (
    "january jan januar jänner jaenner janvier enero gennaio",
    "february feb februar février fevrier febrero febbraio",
    "march mar märz maerz mars marzo",
    "april apr avril abril aprile",
    "may mai mayo maggio",
    "june jun juni juin junio giugno",
    "july jul juli juillet julio luglio",
    "august aug août aout agosto",
    "september sep sept septembre septiembre settembre",
    "october oct oktober okt octobre octubre ottobre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre decembre diciembre dicembre",
)
MONTHS = {name: month for month, names in enumerate(_NAMES, 1) for name in names.split()}
_DAYS = (
    "monday mon montag lundi lunes",
    "tuesday tue tues dienstag mardi martes",
    "wednesday wed mittwoch mercredi miércoles",
    "thursday thu thurs donnerstag jeudi jueves",
    "friday fri freitag vendredi viernes",
    "saturday sat samstag sonnabend samedi sábado",
    "sunday sun sonntag dimanche domingo",
)
WEEKDAYS = {name: day for day, names in enumerate(_DAYS) for name in names.split()}
# Words of a period's edge, and which days of a month they mean.
EDGES = {
    **dict.fromkeys(("early", "beginning", "start", "anfang", "début", "inizio", "principios", "first days"), (1, 10)),
    **dict.fromkeys(("mid", "middle", "mitte", "mi", "mediados", "metà", "mid of"), (10, 20)),
    **dict.fromkeys(("late", "end", "ende", "fin", "finales", "fine", "close"), (21, 31)),
    **dict.fromkeys(("first day", "ersten tag"), (1, 1)),
    **dict.fromkeys(("last day", "letzten tag", "very end"), (28, 31)),
    "first half": (1, 15),
    "second half": (16, 31),
    "first week": (1, 7),
    "second week": (8, 14),
    "third week": (15, 21),
    "last week": (24, 31),
    "last two weeks": (18, 31),
    "first two weeks": (1, 14),
    "letzte woche": (24, 31),
    "erste woche": (1, 7),
    "erste hälfte": (1, 15),
    "zweite hälfte": (16, 31),
}


_FIRST_DAYS = """
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth
twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
"""
_GERMAN_DAYS = """
erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt sechzehnt
siebzehnt achtzehnt neunzehnt zwanzigst einundzwanzigst zweiundzwanzigst dreiundzwanzigst vierundzwanzigst
fünfundzwanzigst sechsundzwanzigst siebenundzwanzigst achtundzwanzigst neunundzwanzigst dreißigst einunddreißigst
"""
ORDINALS = {name: day for day, name in enumerate(_FIRST_DAYS.split(), 1)}
GERMAN_ORDINALS = {f"{name}e{end}": day for day, name in enumerate(_GERMAN_DAYS.split(), 1) for end in ("", "n", "r")}


def easter(year: int) -> date:
    """Return Easter Sunday."""
    century = year // 100
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    days = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (year % 19 + 11 * moon + 22 * days) // 451
    month, day = divmod(moon + days - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=1 << 6)
def feasts(year: int) -> Mapping[str, tuple[date, date]]:
    """Return the days of what is named without a date, by its words in lower case."""
    sunday = easter(year)

    def after(days: int, until: int | None = None) -> tuple[date, date]:
        return sunday + timedelta(days=days), sunday + timedelta(days=days if until is None else until)

    christmas, summer = (date(year, 12, 24), date(year, 12, 27)), (date(year, 6, 26), date(year, 8, 31))
    return {
        **dict.fromkeys(("easter", "ostern", "pâques", "pascua", "pasqua"), after(-2, 1)),
        **dict.fromkeys(("good friday", "karfreitag"), after(-2)),
        **dict.fromkeys(("easter monday", "ostermontag"), after(1)),
        **dict.fromkeys(("ascension day", "ascension", "himmelfahrt"), after(39)),
        **dict.fromkeys(("whitsun", "pentecost", "pfingsten", "whit monday"), after(49, 50)),
        **dict.fromkeys(("christmas", "xmas", "x-mas", "weihnachten", "noël", "navidad", "natale"), christmas),
        **dict.fromkeys(("new year's eve", "silvester"), (date(year, 12, 31), date(year, 12, 31))),
        **dict.fromkeys(("new year", "neujahr"), (date(year, 1, 1), date(year, 1, 6))),
        **dict.fromkeys(
            ("summer break", "summer holidays", "summer holiday", "sommerpause", "sommerferien", "summer recess"),
            summer,
        ),
        **dict.fromkeys(
            ("end of the first half", "end of h1", "ende des ersten halbjahrs", "ende des ersten halbjahres"),
            (date(year, 6, 15), date(year, 6, 30)),
        ),
        **dict.fromkeys(("half-year end", "halbjahresende"), (date(year, 6, 15), date(year, 6, 30))),
        **dict.fromkeys(
            ("mid-year", "midyear", "middle of the year", "jahresmitte", "mitte des jahres"),
            (date(year, 6, 15), date(year, 7, 15)),
        ),
        **dict.fromkeys(
            ("year end", "year-end", "jahresende", "eoy", "turn of the year", "jahreswechsel", "end of year"),
            (date(year, 12, 15), date(year, 12, 31)),
        ),
    }
