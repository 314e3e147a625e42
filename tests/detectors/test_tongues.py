import pytest

from detectors.tongues import parted, tongue_of

GERMAN = "Wir haben für das Werkzeug noch 40.000 Euro und die Linie ist leider nicht fertig."
ENGLISH = "We still have 40,000 euros for the tool and the line is not ready."
FOREIGN = [
    (GERMAN, "de"),
    ("Nous avons encore un budget de 40 k pour la ligne et le prix est trop élevé pour nous.", "fr"),
    ("El presupuesto que tenemos para la línea es de 40 mil y no podemos pagar más por ella.", "es"),
    ("Il budget che abbiamo per la linea è di 40 mila e non possiamo pagare di più per questo.", "it"),
    ("O orçamento que temos para a linha é de 40 mil e não podemos pagar mais do que isso.", "pt"),
    ("Het budget dat we voor de lijn hebben is 40 duizend en dat is niet genoeg voor een robot.", "nl"),
    ("Vi har en budget på 40 tusen och det är inte mycket, men vi måste börja nu.", "sv"),
    ("Vi har et budget på 40 tusind, og det er ikke meget, hvad kan vi gøre efter påske?", "da"),
    ("Vi har et budsjett på 40 tusen, og det er ikke mye, hva gjør vi etter påske?", "nb"),
    ("Meillä on vielä 40 tuhatta mutta se ei ole paljon kun hinta on nyt noin korkea.", "fi"),
    ("Mamy jeszcze 40 tysięcy na linię, ale nie możemy zapłacić więcej, bo szef się nie zgodzi.", "pl"),
    ("Máme ještě 40 tisíc na linku, ale nemůžeme zaplatit více, protože to není v plánu.", "cs"),
    ("Van még 40 ezer a keretben, de nem tudunk többet fizetni, mert ezt már nem engedi az igazgató.", "hu"),
    ("Mai avem 40 de mii pentru linie, dar nu putem plăti mai mult, pentru că nu este în plan.", "ro"),
    ("Bütçemiz 40 bin, ama bu bizim için çok az ve daha fazla ödeme yok.", "tr"),
    ("Наш бюджет 40 тысяч, больше мы заплатить не можем.", "und-Cyrl"),
    ("Ο προϋπολογισμός μας είναι 40 χιλιάδες.", "el"),
    ("我们的预算是四万欧元。", "und-Hani"),
    ("予算は40万円までです。", "ja"),
    ("우리 예산은 4만 유로입니다.", "ko"),
    ("ميزانيتنا أربعون ألفا ولا يمكننا أن ندفع أكثر.", "und-Arab"),
    ("התקציב שלנו הוא ארבעים אלף.", "he"),
    ("हमारा बजट चालीस हज़ार है।", "und-Deva"),
    ("งบของเราคือสี่หมื่น", "th"),
]
SHORT = [
    ("Haben wir noch 40k Budget?", "de"),
    ("wie viel budget ist noch da", "de"),
    ("On a encore 40k pour ça", "fr"),
    ("quel est votre budget pour ce projet ?", "fr"),
    ("cuánto es el presupuesto para esto?", "es"),
    ("qual è il budget per questo?", "it"),
    ("quanto é o budget para isso?", "pt"),
    ("wat is het budget voor dit project?", "nl"),
    ("jaki jest budżet na ten projekt?", "pl"),
    ("бюджет 40к", "und-Cyrl"),
]
TRANSLITERATED = [
    ("nash byudzhet 40k, bolshe my ne mozhem, eto uzhe mnogo", "ru-Latn"),
    ("hamara budget 40 lakh hai aur isse zyada nahi ho sakta", "hi-Latn"),
    ("to budget mas einai 40k kai den exoume alla", "el-Latn"),
    ("butce 40 bin ama bizim icin cok az, daha yok", "tr"),
]
ASSESSED = [
    ENGLISH,
    "We has approve 40 k for de line, please you keep it under us, is no problem for the boss.",
    "Dear Mr de la Cruz, Ms van der Berg and Herr von der Heide will meet you at the gate at nine.",
    "pls keep einkauf out of this, danke",
    "Our Budget for the Werkzeug is 40k, mit Einkauf nicht abgestimmt",
    "Ben and Meg from Bremen, Hans in Oslo, Mai in Hanoi",
    "no worries, me too",
    "Just FYI, we die cast it on site, so no van needed",
]
OPEN = [
    "Das ist",
    "4711 0815 --- 33",
    "Kim van der Meer",
    "ok",
    "Gdańsk, Łódź, Wrocław",
    "e-mail: a@b.example",
    "",
    "budget 40k",
]


@pytest.mark.parametrize(("text", "language"), FOREIGN + SHORT + TRANSLITERATED)
def test_a_foreign_sentence_is_told(text, language):
    assert tongue_of(text) == (language,)


@pytest.mark.parametrize("text", ASSESSED)
def test_english_with_foreign_words_is_english(text):
    assert tongue_of(text) == ("en",)


@pytest.mark.parametrize("text", OPEN)
def test_what_tells_no_language_is_left_open(text):
    assert tongue_of(text) == ()


MIXED = [
    pytest.param([ENGLISH], [ENGLISH], (), id="English"),
    pytest.param([GERMAN], [], ("de",), id="German"),
    pytest.param([GERMAN, ENGLISH], [ENGLISH], ("de",), id="English below German"),
    pytest.param([ENGLISH, ENGLISH, GERMAN, "Kim"], [ENGLISH, ENGLISH, "Kim"], ("de",), id="German below English"),
    pytest.param(["Kim,", GERMAN, "40 k"], [], ("de",), id="names and numbers go with the rest"),
    pytest.param(["Kim", "40 k"], ["Kim", "40 k"], (), id="nothing told"),
    pytest.param([GERMAN, FOREIGN[1][0]], [], ("fr", "de"), id="two foreign ones, the longer first"),
    pytest.param([FOREIGN[7][0], "Det er et godt budget."], [], ("da",), id="a neighbour language"),
    pytest.param(["Det er et godt budget."], [], ("und-Latn",), id="one of several"),
    pytest.param([], [], (), id="empty"),
]


@pytest.mark.parametrize(("sentences", "kept", "languages"), MIXED)
def test_sentences_to_assess_are_parted_from_the_others(sentences, kept, languages):
    assert parted((one, one) for one in sentences) == (kept, languages)
