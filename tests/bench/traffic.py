"""Made-up mail for measuring: ordinary business sentences, and now and then one that gives something away."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

ORDINARY = (
    "Thank you for the quick reply and for sending the papers along with it.",
    "The pallets arrived this morning and the warehouse has booked them in without remarks.",
    "Please find the signed delivery note attached; the original follows by post.",
    "Could you let us know which carrier you are using, so that the gate can be told?",
    "Our colleagues in the laboratory will look at the sample when they are back from training.",
    "The invoice carries the right order number now, so accounting can go ahead.",
    "We noticed that two boxes had dented corners, the goods inside were fine.",
    "The call is moved by half an hour, the link stays the same as before.",
    "Kindly send the certificate of origin together with the next shipment.",
    "The new packaging is easier to open and there is much less dust around the line.",
    "As agreed the empty drums go back with the same truck.",
    "The labels should show the lot in larger type, as the scanners have trouble with the small one.",
    "Your technician was very helpful and explained the settings to both shifts.",
    "I have copied purchasing, who will come back to you about the framework agreement.",
    "The fair in Hanover was pleasant and your stand was easy to find.",
    "We will be closed on the bridge day and back at our desks the Monday after.",
    "Please use the new address of the goods entrance, the old gate is closed for works.",
    "The data sheet on your website still shows the previous revision, perhaps you can update it.",
    "There was a question about the colour of the lid, it stays the usual grey.",
    "Have a good weekend and greetings to the whole team.",
    "The spare part fits and the machine is running as it should.",
    "The complaint can be closed from our side, the replacement was in order.",
)
GIVEAWAYS = (
    "Between us, our budget for this is 85,000 euros and it has already been approved.",
    "To be honest we have no second source for this part, so we depend on you.",
    "The other bidder, Hartwell Pumps, is at 41 euros a piece, so you know where you stand.",
    "If you can do 38 euros the order is yours, I give you my word.",
    "Please leave procurement out of this and call me on my private number instead.",
)


def mail(number: int, *, words: int = 200, giveaway: bool = False, seed: int = 7) -> bytes:
    """Make the mail of a number: the same one for the same arguments."""
    chance = random.Random(seed * 1_000_003 + number)
    sentences = []
    while sum(len(one.split()) for one in sentences) < words:
        sentences.append(chance.choice(ORDINARY))
    if giveaway:
        sentences.insert(chance.randrange(len(sentences)), chance.choice(GIVEAWAYS))
    paragraphs = [" ".join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)]
    message = EmailMessage()
    message["From"] = f"Worker {number % 40} <worker{number % 40}@ourco.example>"
    message["To"] = f"Seller <seller{number % 60}@supplier{number % 60}.example>"
    message["Subject"] = f"Delivery {number}"
    message["Date"] = format_datetime(datetime(2026, 11, 2, 8, tzinfo=UTC) + timedelta(minutes=number))
    message["Message-ID"] = f"<{number}.{seed}@ourco.example>"
    message.set_content("\n\n".join(paragraphs) + f"\n\nBest regards\nWorker {number % 40}\n")
    return message.as_bytes()


def mails(count: int, *, words: int = 200, every: int = 50) -> Iterator[bytes]:
    """Make `count` mails of about `words` words, one in `every` with a giveaway."""
    for number in range(count):
        yield mail(number, words=words, giveaway=number % every == every // 2)
