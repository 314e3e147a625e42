import time

import pytest

from connectors.parse.html import html_to_text


def text_of(html):
    return html_to_text(html)[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br/><br>three", "one\ntwo\n\nthree"),
        ("<div>one<br></div><div><br></div><div>two</div>", "one\n\ntwo"),
        ('<p class="MsoNormal">one</p><p class=MsoNormal>two<o:p></o:p></p>', "one\ntwo"),
        ("<p class=MsoNormal>one</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>two</p>", "one\n\ntwo"),
        ('<p style="margin:0">one</p><p style="margin: 0px">two</p>', "one\ntwo"),
        ("<p>one<p>two<div>three</div>", "one\n\ntwo\n\nthree"),
        ("  much \n\t space&nbsp;&nbsp;here  ", "much space here"),
        ("a<b>b</b>c <i>d</i>", "abc d"),
        ("a<!-- no -->b<!---->c<!-->d", "abcd"),
        ("<![if !mso]>shown<![endif]>", "shown"),
        ("5 < 6 &lt; 7 &amp; &euro;&#8364; &#x20AC; &bogus;", "5 < 6 < 7 & €€ € &bogus;"),
        ("&#0;&#xD800;a", "��a"),
        ("<h1>Title</h1>text<hr>more", "Title\n\ntext\nmore"),
        ("<ul><li>one<li>two<ul><li>deep</ul></ul>after", "- one\n- two\n  - deep\nafter"),
        ("<ol><li><p>one</p></li><li><p>two</p></li></ol>", "- one\n- two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c<td>d</table>after", "a | b\nc | d\nafter"),
        ("<table><tr><th>a</th><td></td><td>b</td></tr></table>", "a | b"),
        ("<table><tr><td><p>a</p></td><td><div>b</div></td></tr></table>", "a | b"),
        ("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc"),
        ("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>", "a | b | c"),
        ('<a href="http://x.example/long">offer</a>', "offer"),
        ('<img src="a.png" alt="logo">text', "text"),
        ("<pre>  a\n   b\n</pre>c", "  a\n   b\nc"),
        ('<div style="white-space: pre-wrap">a\n\n b</div>', "a\n\n b"),
        ("<head><title>no</title><style>p {}</style></head><body>yes</body>", "yes"),
        ("<script>if (a < b) { '</p>' }</script>yes", "yes"),
        ("<style><p>no</style>yes<textarea>no</textarea>", "yes"),
        ("<select><option>no</select><template>no</template><svg><text>no</text></svg>yes", "yes"),
        ('<p title="a > b">yes</p>', "yes"),
        ("<p title='it''s'>yes</p>", "yes"),
        ("<p title=it's>yes</p><p>it's</p>", "yes\n\nit's"),
        ("a <b", "a"),
        ("a <", "a <"),
        ("a </ b>c", "a c"),
        ("</p></td></div>a", "a"),
        ("", ""),
    ],
)
def test_html_becomes_the_text_a_reader_sees(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">no</div>',
        '<div style="DISPLAY: none !important">no</div>',
        '<span style="visibility:hidden">no</span>',
        '<span style="font-size:0">no</span>',
        '<span style="font-size: 1px;">no</span>',
        '<div style="color:#fff"><p><b>no</b></p></div>',
        '<span style="opacity:0">no</span>',
        '<div style="max-height:0;overflow:hidden">no</div>',
        "<div hidden>no</div>",
        '<font color="white">no</font>',
        '<span style="color:#FFF">no</span>',
        '<span style="color: rgb(255, 255, 255)">no</span>',
        '<table bgcolor="#003366"><tr><td><font color="#036">no</font></td></tr></table>',
        '<div style="display:none"><p>no<div>no</div></div>',
        '<span style="dis/* */play:none">no</span>',
        '<span style="opacity:.01">no</span>',
        '<span style="font:0/0 a">no</span>',
        '<span style="font: 0px Arial">no</span>',
        '<span style="color:transparent">no</span>',
        '<span style="color:rgba(0,0,0,0)">no</span>',
        '<span style="color:#fefefe">no</span>',
        '<span style="color:#ff0000;background:red">no</span>',
        '<td style="background:#222"><font color="#2a2a2a">no</font></td>',
        '<span style="position:absolute;left:-9999px">no</span>',
        '<span style="position:absolute; top: -5000px">no</span>',
        '<span style="text-indent:-9999px">no</span>',
        '<span style="position:absolute;clip:rect(0,0,0,0)">no</span>',
        '<span style="clip-path:inset(100%)">no</span>',
        '<span style="transform:scale(0)">no</span>',
        "<style>.x{display:none}</style><span class='a X'>no</span>",
        "<style>/* a */ p.x , #y { color:red; display : none }</style><span id='y'>no</span><p class='x'>no</p>",
        "<STYLE>span{display:none!important}</STYLE><span>no</span>",
        "<!--[if mso]>no<![endif]-->",
    ],
)
def test_hidden_text_is_left_out(hidden):
    assert text_of(f"<div>yes{hidden}yes</div>").split() in (["yesyes"], ["yes", "yes"])


@pytest.mark.parametrize(
    "shown",
    [
        '<span style="font-size:0"><b style="font-size:12px">seen</b></span>',
        '<div style="visibility:hidden"><b style="visibility:visible">seen</b></div>',
        '<td style="background:#000"><font color="white">seen</font></td>',
        '<div bgcolor="navy"><font color="white">seen</font></div>',
        '<div style="background:url(x.png)"><span style="color:white">seen</span></div>',
        '<style>.b{background:#036}</style><div class="b"><span style="color:white">seen</span></div>',
        '<span style="opacity:0.5">seen</span>',
        '<span style="mso-hide:all">seen</span>',  # by one program alone
        '<body bgcolor="black" text="white">seen</body>',
        '<body bgcolor="black"><font class="light">seen</font></body>',
        '<style>.a{background:red}</style><div style="color:#fff"><p class="a">seen</p></div>',
        '<span style="font-size:10px">seen</span>',
        '<div style="overflow:hidden;height:20px">seen</div>',
        '<p style="display:none">no<p>seen',
        '<span style="color:#e0e0e0">seen</span>',
        '<span style="color:rgba(0,0,0,0.8)">seen</span>',
        '<span style="text-indent:-18.0pt">seen</span>',
        '<span style="position:relative;left:-5px">seen</span>',
        '<span style="font:10px Arial">seen</span>',
        '<span style="font:bold 100% Arial">seen</span>',
        '<span style="transform:scale(0.9)">seen</span>',
        '<span style="clip:rect(0,100px,20px,0)">seen</span>',
        """<span style='content:"; display:none; "'>seen</span>""",
        '<div style="background:transparent"><span style="color:black">seen</span></div>',
        "<style>.y{display:none}</style><span class='x'>seen</span>",
        "<style>.y .x{display:none}</style><span class='x'>seen</span>",
        "<style>@media print{.x{display:none}}</style><span class='x'>seen</span>",
        "<style>@media print{.y{color:red}}.y{display:block}</style><span class='x'>seen</span>",
        "<style>@media (width<9em){.x{display:block}}</style><b class=x style='display:none'>seen</b>",
        "<style>.x{display:none}</style><style>.x{display:block}</style><span class='x'>seen</span>",
        "<style>.x{display:none</style><span class='z'>seen</span>",
    ],
)
def test_text_that_only_looks_hidden_is_kept(shown):
    assert text_of(shown) == "seen"


QUOTE = "On Monday Bob wrote:<br>what is your budget?"


@pytest.mark.parametrize(
    ("html", "new", "quoted"),
    [
        ("answer<blockquote>old</blockquote>", "answer", ["old"]),
        ('answer<blockquote type="cite">old<blockquote>older</blockquote></blockquote>', "answer", ["old\nolder"]),
        ("<blockquote>a</blockquote>mine<blockquote>b</blockquote>mine too", "mine mine too", ["a", "b"]),
        (
            f'<div>answer</div><div class="gmail_quote"><div class="gmail_attr">{QUOTE}</div></div>',
            "answer",
            ["On Monday Bob wrote:\nwhat is your budget?"],
        ),
        (
            '<div class="gmail_quote">Bob wrote:<blockquote class="gmail_quote">old</blockquote>mine below</div>',
            "mine below",
            ["Bob wrote:\nold"],
        ),
        (
            '<div>answer</div><div class="moz-cite-prefix">Bob wrote:</div><blockquote type="cite">old</blockquote>',
            "answer",
            ["Bob wrote:", "old"],
        ),
        ('answer<div class="ydp1 yahoo_quoted">old</div>', "answer", ["old"]),
        ('answer<div class="protonmail_quote">old</div>', "answer", ["old"]),
        ('answer<div name="quote">old</div>', "answer", ["old"]),
        ('answer<hr><div id="divRplyFwdMsg"><b>From:</b> Bob</div><div>old</div>', "answer", ["From: Bob\nold"]),
        ('answer<div id="appendonsend"></div><p>From: Bob</p><p>old</p>', "answer", ["From: Bob\n\nold"]),
        ('answer<div class="OutlookMessageHeader">From: Bob</div>old', "answer", ["From: Bob\nold"]),
        (
            "answer<div><div style='border-top:solid #E1E1E1'><p>From: Bob<br>Sent: now</p></div></div><p>old</p>",
            "answer",
            ["From: Bob\nSent: now\n\nold"],
        ),
        (
            "answer<div style='border-top:1px solid'>Von: Bob<br>Gesendet: jetzt<br>An: Jane</div>alt",
            "answer",
            ["Von: Bob\nGesendet: jetzt\nAn: Jane\nalt"],
        ),
        (
            "answer<div style='border:none;border-left:solid blue 1.5pt'>From: Bob<br>To: Jane<br>old</div>mine",
            "answer mine",
            ["From: Bob\nTo: Jane\nold"],
        ),
        ("answer<hr><b>From:</b> Bob<br><b>To:</b> Jane<p>old</p>", "answer", ["From: Bob\nTo: Jane\n\nold"]),
    ],
)
def test_quotations_are_declared(html, new, quoted):
    text, spans = html_to_text(html)
    assert [text[span.start : span.end] for span in spans] == quoted
    rest = text
    for span in reversed(spans):
        rest = rest[: span.start] + rest[span.end :]
    assert rest.split() == new.split()


@pytest.mark.parametrize(
    "html",
    [
        '<blockquote style="margin:0 0 0 40px;border:none;padding:0">indented by the toolbar</blockquote>',
        '<div style="border-top:1px solid #ccc">Tel: 1<br>Fax: 2<br>Mail: 3</div>',
        '<div style="border-left:3px solid red">a point I want to stress</div>',
        "one<hr>two: three<br>four",
        "<hr>",
        '<div class="gmail_default">mine</div>',
        '<div class="gmail_quote"><div>-- Forwarded message --</div>n<blockquote>o</blockquote></div>',
        '<blockquote type="cite"><div>Begin forwarded message:</div><div>From: Bob</div></blockquote>',
        '<blockquote type="cite"><div>Anfang der weitergeleiteten Nachricht:</div></blockquote>',
        "<blockquote> </blockquote>",
    ],
)
def test_what_is_no_quotation_is_not_declared(html):
    assert html_to_text(html)[1] == ()


def test_a_forwarded_message_inside_a_quotation_is_quoted_with_it():
    text, spans = html_to_text("mine<blockquote>Bob wrote:<blockquote>Forwarded message<br>x</blockquote></blockquote>")
    assert [text[span.start : span.end] for span in spans] == ["Bob wrote:\nForwarded message\nx"]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "x",
        "<p>" + "".join(f"<b a={number}>" for number in range(20_000)) + "<p>x" * 20_000,
        "<div " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x",
        "<" * 200_000,
        "<a " * 300_000,
        '<a ="' * 200_000,
        "<blockquote>x" * 30_000,
        '<div style="border-top:solid">From: x<br>' * 20_000,
        "<table><tr><td>x" * 20_000,
        "<!--" * 300_000,
        "&#" + "9" * 300_000 + ";",
        "<title>" * 100_000,
        "</div></table></td>" * 50_000,
        "<hr>From: x<br>To: y<br>" * 20_000,
        '<b style="' + "a:b;" * 100_000 + '">x',
        "<style>" + "a{" * 300_000,
        "<style>" + "}" * 300_000 + "</style>",
        "<style>a{display:" * 60_000,
        "<style>.x{display:none}</style>" * 20_000 + "<p class='x y z'>x" * 10_000,
        "<style>" + "/*" * 300_000 + "</style>x",
    ],
    ids=lambda html: html[:20],
)
def test_hostile_html_takes_no_more_than_its_length(html):
    start = time.perf_counter()
    text, spans = html_to_text(html)
    assert time.perf_counter() - start < 5
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
