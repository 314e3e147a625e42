"""Which sentences are in English, the one language that is assessed, and in which language the others are.

Told by the commonest small words and by the script: crude, cheap, and in doubt for English, so that nothing is left
out by mistake. A language is named (BCP 47) where its words tell it; of a script that many languages share only the
script is named, as in "und-Cyrl".
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVar

_ENGLISH_WORDS = """
    a about after all also am an and any are as at be been before but by can could day did do does done don't for from
    get go good got had has have he her here hi him his how i i'm if in into is it it's its just know let like look
    make me more much my need new no not now of off on one only or other our out over per please see she should since
    so some still sure take than thank thanks that the their them then there these they this those time to today too up
    us very want was we week well were what when where which who will with work would yes yet you your
    """
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
# Words that are English as well tell nothing and are left out; so do those that stand in names.
_PARTICLES = "da de del della den der di dos du el la le los ten ter van von"
_IN_NAMES = frozenset(_PARTICLES.split())
_SMALL_WORDS = {
    "cs": """
        ale ani až bude byl být co další děkuji jak jako je jeho jen již jsem jsme jsou který máme může nebo není
        pak podle pokud potřebujeme pouze pro prosím protože při se si tak také tento už ve vám však za že
    """,
    "da": """
        af at bliver da denne det efter eller en er et fra har havde hvad hvor ikke jeg kan kun kunne med meget
        men mere mig når og også os på skal som tak til vi vil vores være
    """,
    "de": """
        aber als auch auf aus bei bis bitte da damit danke das dass dem den der des dich dir doch du ein eine
        einem einen einer er es für ganz gibt haben hat hier ich ihr ihre im ist ja jetzt kann kein keine können
        mal mehr mich mir mit muss müssen nach nicht nichts noch nur oder schon sehr sein sich sie sind um und uns
        unser unsere vom von vor wann wenn werden wie wieder wir wird wo zu zum zur über
    """,
    "el-Latn": """
        alla apo auto den einai exoume gia kai mas mia mou na oti poly pou sas sou stin ston tha thelo tis tou
    """,
    "es": """
        al ante aquí así aún bien como con cuando cuánto de del desde donde el ella ellos en entre es esta estamos
        este esto está están fue gracias hay hola la las le les lo los mi muy más nos nuestra nuestro para pero
        por pues que qué se ser si sin sobre son su sus también tenemos tengo tiene todo un una usted y ya
    """,
    "fi": """
        ehkä ei eivät että hyvä hän ja joka jos kanssa kiitos koska kuin kun me meidän meillä mitä mutta myös ne
        niin nyt ole olemme olla on ovat se sen siitä tai tämä vain vielä voi voimme
    """,
    "fr": """
        alors au aussi aux avec avez avons bien bonjour ce ces cette chez comme dans de des donc du elle en encore
        est et faut ils je jour la le les leur lui mais merci mes moi même ne nos notre nous ont ou où par pas
        peut plus pour que quel qui sans ses si son sont sur très tu un une vos votre vous ça être
    """,
    "hi-Latn": """
        aap abhi aur bahut bhai bhi chahiye hai hain hamara hamare ho hoga hum ka kar karna ke ki ko koi kya kyun
        lekin matlab mein mera nahi nahin paas raha rahe sab se sirf tak toh wala yaar yeh
    """,
    "hu": """
        az azt csak egy ezt ha hogy kell köszönöm lesz meg mert mint már még nagyon nekünk nem nincs szerint vagy
        vagyunk van volt és
    """,
    "it": """
        abbiamo alla anche ancora che chi ci ciao come con così da dal dei del della delle di dove gli grazie ha
        hai hanno ho il io la le lo loro ma mi molto nel nella noi non nostra nostro ogni per perché più poi può
        quando quello questa questo se sei senza si siamo sono sta su sul tutto un una uno vi voi è
    """,
    "nb": """
        at av bare blir da denne det eller en er et etter fra ha har hva hvis hvor ikke jeg kan kun med meg men
        mer må noe når og også oss på skal som takk til vi vil vår være
    """,
    "nl": """
        aan al als bij dan dat de deze die dit door een en er geen goed graag heb hebben heeft het hier hij hoe ik
        is ja je jij jullie kan kunnen maar meer met mij moet naar niet nog nu of om ons onze ook op over te tot
        uit van veel voor waar wat we wel werd wij wil worden wordt zal ze zijn zo
    """,
    "pl": """
        ale bardzo być będzie co czy dla dziękuję go ich ile jak jako jest już która które lub mamy mnie może na
        nam nas nie od oraz po pod ponieważ potrzebujemy proszę przed przez przy się są tak także tego ten tylko
        tym u w we więc wszystko z za ze że żeby
    """,
    "pt": """
        ainda ao as até bem com como da das de dele do dos e ela ele em entre então era essa esse esta estamos
        este está eu foi isso já mais mas me mesmo meu muito na nas nem no nos nossa nosso não nós o obrigada
        obrigado os ou para pela pelo por porque quando que quem se sem ser seu sua são só também tem temos tenho
        um uma vai você
    """,
    "ro": """
        această acest ai am ar care ce cu că dar de din doar este eu fi foarte la mai mult ne noi nostru nu o pe
        pentru pot sau se sunt un una va vă în și
    """,
    "ru-Latn": """
        bez budet byl chto dlya do eshche esli est eto ili kak kogda mne mozhet mozhno my nado nam nas nash ne net
        no nuzhno ochen ot po poka pozhaluysta seychas spasibo tak tolko tozhe u uzhe vam vas vy ya
    """,
    "sv": """
        att av blir bra de den det dig där efter eller en ett från för ha har hej hur här i inte jag kan kommer
        man med men mer mig mycket måste nu när och också om oss på ska som så tack till under vad var vara vi vid
        vill vår än är
    """,
    "tr": """
        ama bana ben bir biz bizim bu bunu böyle da daha de degil değil diye en gibi göre hem henüz icin ile iyi
        için kadar lütfen mi mı ne olan olarak sadece sana siz sizin sonra teşekkürler var ve veya ya yok zaman
        çok şey
    """,
}
_LANGUAGES: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _SMALL_WORDS.items() if word in words.split())
    for words in _SMALL_WORDS.values()
    for word in words.split()
    if word not in _ENGLISH | _IN_NAMES
}
# A word by itself: neither part of an address nor of "e-mail"; single letters tell little.
_WORD = re.compile(r"(?<![^\s(\"'])[^\W\d_]{2,}(?:'[^\W\d_]+)?(?![^\s,.;:!?)\"'])")
_SCRIPTS = {
    "und-Cyrl": "\u0400-\u052f",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "und-Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff",
    "und-Deva": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f",
    "ja": "\u3040-\u30ff",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3",
    "und-Hani": "\u3400-\u4dbf\u4e00-\u9fff",
}
_LETTER = re.compile(r"[^\W\d_]")
_OF_SCRIPT = {name: re.compile(f"[{ranges}]") for name, ranges in _SCRIPTS.items()}
ENGLISH = ("en",)
_SOME_LATIN = "und-Latn"
# So many small words tell a language in a sentence of any length; fewer in a short one.
_ENOUGH, _FEWEST, _TOO_SHORT, _SHORT = 3, 2, 2, 12
_LEAST_SHARE, _ENGLISH_SHARE = 0.15, 0.2
_LEAST_OF_FOREMOST = 0.5

Item = TypeVar("Item")


def parted(sentences: Iterable[tuple[Item, str]]) -> tuple[list[Item], tuple[str, ...]]:
    """Part sentences, each with its text, into those to assess and the languages of the others, the commonest first.

    What tells no language, a name or a number, goes with what most of the words are in.
    """
    told = [(one, tongue_of(text), text.count(" ") + 1) for one, text in sentences]
    words: Counter[tuple[str, ...]] = Counter()
    for _, tongue, count in told:
        words[tongue] += count
    foreign = [tongue for tongue, _ in words.most_common() if tongue and tongue != ENGLISH]
    if not foreign:
        return [one for one, _, _ in told], ()
    in_doubt = sum(words[tongue] for tongue in foreign) <= words[ENGLISH]
    kept = [one for one, tongue, _ in told if tongue == ENGLISH or (in_doubt and not tongue)]
    # A short sentence may be taken for its neighbour language.
    plenty = [tongue for tongue in foreign if words[tongue] >= _LEAST_OF_FOREMOST * words[foreign[0]]]
    return kept, tuple(dict.fromkeys(_named(tongue, plenty) for tongue in plenty))


def _named(tongue: tuple[str, ...], foreign: Collection[tuple[str, ...]]) -> str:
    """Name a language; of several that would do the one that another sentence told alone."""
    return next((one for one in tongue if (one,) in foreign), _SOME_LATIN)


def tongue_of(sentence: str) -> tuple[str, ...]:
    """Tell the language of a sentence: one, several that would do, or none where too little tells."""
    lowered = sentence.lower()
    words = lowered.split()
    english = len(_ENGLISH.intersection(words))
    if english >= _ENOUGH and english >= _ENGLISH_SHARE * len(words):
        return ENGLISH
    if not sentence.isascii() and (script := _script_of(sentence)):
        return (script,)
    votes = Counter(language for word in set(_WORD.findall(lowered)) for language in _LANGUAGES.get(word, ()))
    most = max(votes.values(), default=0)
    enough = most >= (_FEWEST if _TOO_SHORT < len(words) <= _SHORT else _ENOUGH) and most >= _LEAST_SHARE * len(words)
    if enough and most > english:
        return tuple(sorted(language for language in votes if votes[language] == most))
    return ENGLISH if english else ()


def _script_of(sentence: str) -> str:
    """Name the script of most letters, or the language that alone uses it; empty for Latin."""
    letters = len(_LETTER.findall(sentence))
    return next((name for name, script in _OF_SCRIPT.items() if 2 * len(script.findall(sentence)) > letters), "")
