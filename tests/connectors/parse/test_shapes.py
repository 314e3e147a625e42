"""Mails in the shapes that the programs people use give them."""

import pytest

from tests.connectors.parse.writing import HEADER, part, read, with_body

OUTLOOK = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head>
<body lang=DE><div class=WordSection1>
<p class=MsoNormal>Hallo Bob,<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal>zw&ouml;lf Euro.<o:p></o:p></p>
<div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>
<p class=MsoNormal><b>Von:</b> Bob &lt;bob@supplier.example&gt; <br><b>Gesendet:</b> Montag, 2. M&auml;rz 2026 09:00<br>
<b>An:</b> Jane<br><b>Betreff:</b> Angebot<o:p></o:p></p></div></div>
<p class=MsoNormal>Was ist Ihr Budget?<o:p></o:p></p></div></body></html>"""

GMAIL = """\
<div dir="ltr">Twelve euros.<div><br></div><div>Jane</div></div><br><div class="gmail_quote gmail_quote_container">
<div dir="ltr" class="gmail_attr">On Mon, Mar 2, 2026 at 9:00 AM Bob &lt;<a href="mailto:b@x.example">b@x.example</a>
&gt; wrote:<br></div>
<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">
<div>What is your budget?</div></blockquote></div>"""

APPLE = """\
<html><head></head><body style="overflow-wrap: break-word;">Twelve euros.<br><div><br><blockquote type="cite">
<div>On 2. Mar 2026, at 09:00, Bob &lt;b@x.example&gt; wrote:</div><br class="Apple-interchange-newline">
<div>What is your budget?</div></blockquote></div><br></body></html>"""

MOBILE = """\
<html><body><div>Twelve euros.</div><div id="ms-outlook-mobile-signature">Get Outlook for iOS</div>
<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">
<b>From:</b> Bob<br><b>Sent:</b> Monday<br></font></div><div>What is your budget?</div></body></html>"""


@pytest.mark.parametrize(
    ("html", "new", "quoted"),
    [
        (OUTLOOK, "Hallo Bob,\n\nzwölf Euro.", "Von: Bob <bob@supplier.example>"),
        (GMAIL, "Twelve euros.\n\nJane", "On Mon, Mar 2, 2026 at 9:00 AM"),
        (APPLE, "Twelve euros.", "On 2. Mar 2026, at 09:00, Bob"),
        (MOBILE, "Twelve euros.\nGet Outlook for iOS", "From: Bob\nSent: Monday"),
    ],
    ids=["outlook", "gmail", "apple", "mobile"],
)
def test_a_reply_is_told_from_what_it_answers(html, new, quoted):
    message = with_body(html, "text/html; charset=utf-8")
    (span,) = message.quoted
    assert message.text[: span.start].strip() == new
    assert message.text[span.start : span.end].startswith(quoted)
    assert span.end == len(message.text)


def test_a_mail_from_a_list_keeps_its_footer_apart():
    message = read(
        HEADER.replace("Subject: ", "Subject: [parts] ")
        + "List-Id: <parts.ourco.example>\nContent-Type: multipart/mixed; boundary=b\n\n"
        + part("text/plain; charset=iso-8859-1", "Gr=F6=DFe", "Content-Transfer-Encoding: quoted-printable")
        + part("text/plain", "_____\nparts mailing list", "Content-Disposition: inline")
        + "--b--"
    )
    assert (message.subject, message.text) == ("[parts] Housing", "Größe\n\n_____\nparts mailing list")
