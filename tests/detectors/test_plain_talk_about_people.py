"""What people say who name neither offer nor price: the same frame as the other wordings about people."""

import pytest

from tests.detectors.test_words_about_people import labels

HITS = {
    "too_early": [
        "We're outgrowing our dishwasher. What have you got that does 200 baskets an hour, and what's the damage?",
        "Your colleague at the fair mentioned a rental model. Is that possible for one year, from August?",
        "Would it be possible to get a loaner for two weeks? The team is curious.",
        "I'd like to introduce your software in our clinic. Who do I talk to about licences?",
        "Wir haben das bei den Kollegen in Kassel gesehen und hätten das gern auch. Wie gehen wir vor?",
        "Unsere Spülmaschine macht es nicht mehr lange. Was würden Sie uns empfehlen?",
        "Habt ihr so was auch in klein, und was muss man dafür rechnen?",
        "Kannst du mir bis Freitag grob sagen, wo ihr preislich liegt?",
        "Schick mir doch mal zwei Stück zum Probieren, wenn es passt nehmen wir 50.",
        "Hello, we plan install new kitchen in Brno, please inform your best price and lead time.",
        "Can we trial it on the third floor before we roll it out to the other wards?",
        "Set us up with an account and I'll get the team on it.",
        "Do you do something like this for 400 beds? Our current one is falling apart.",
        "Which of your ovens would you put in a kitchen of our size?",
        "Please include us in the beta, we would use it from day one.",
        "I am thinking about switching from our present supplier to you next spring.",
        "We need somebody to take over the laundry from October. Is that something for you?",
        "Interested. Send terms.",
        "Könnten Sie uns ab Oktober 40 Essen am Tag mehr liefern, und was müsste man dafür ansetzen?",
        "Our current supplier lets us down every week. Could you make these trolleys for us from March?",
    ],
    "over_the_head": [
        "Karin, I'll be honest with you: your people are about to choose the cheapest and regret it.",
        "I know this is Bo's turf, but you should see this before Thursday.",
        "We have sharpened the offer once more. I wanted you to have it first.",
        "Are you at the industry evening on the 12th? I'd love to hear how you see things on the kitchens.",
        "Wir sind ehrlich gesagt überrascht, wie mit uns umgegangen wird.",
        "Frau Berg, nur damit Sie es wissen: wir könnten noch deutlich runter, wenn es schnell geht.",
        "Darf ich Sie zur Werksbesichtigung nach Kiel einladen, gern mit Begleitung?",
        "Is it true that you are going to leave us after nine years?",
        "Could we align at management level? The working level is going in circles.",
        "May I ask for your honest opinion about us?",
        "As partners for a decade I feel I owe you a heads-up about the meals.",
        "A short one: who takes the final call on this, you or the committee?",
        "Ich hätte da einen Vorschlag, den ich lieber direkt mit Ihnen bespreche.",
        "The driver comes Tuesday with the trolleys. Between us: would 3 percent help you get it through the board?",
        "Congratulations on the award! Could we sit down briefly before you decide on the meals?",
    ],
    "lone_negotiator": [
        "If it's three years you can have the small kitchen as well.",
        "You'd have to come in under eight, otherwise I have to look elsewhere.",
        "Sieben fünfzig und wir haben einen Deal.",
        "Can't do that. But give me the trolleys for nothing and I'll stop arguing about the freight.",
        "We could live with your figure if the indexation goes.",
        "Treffen wir uns bei 8,10?",
        "I'd be ready to give you all three sites, what would that do for me?",
        "That's still 4 percent away from where I need you.",
        "Was wäre denn, wenn wir alle drei Häuser zusammenlegen? Da muss dann aber was rausspringen.",
        "Ich brauche von Ihnen noch ein Zuckerl, sonst bekomme ich das intern nicht durch.",
        "Our board won't swallow another increase. Freeze it for a year and I'll sign.",
        "Last year's numbers plus inflation, that's all I have.",
        "The exclusivity can stay, the notice period has to go down to three months.",
    ],
    "colleagues_account": [
        "Rosa is very busy, so I thought I'd look after you a little. What's on your list for spring?",
        "I've two analysers coming back from a demo, hardly used. Say the word and they're yours.",
        "Sagen Sie mir doch, was Ihnen das andere Labor berechnet, da geht sicher noch was.",
        "We could do a framework for all your practices, I've done the same in Ulm.",
        "Ich hätte da noch zwei Geräte aus einer Vorführung übrig, für Sie zum halben Preis.",
        "Are you happy with what you're paying today?",
        "Would you like to be one of the first to try our home kits?",
        "Next time you order, come to me, I can be more flexible.",
    ],
}
MISSES = {
    "too_early": [
        "I look forward to your talk on Friday.",
        "We are looking into the error you described; our log is attached.",
        "Could you suggest a date for the yearly inspection?",
        "How much is outstanding on our account?",
        "Would you recommend a restaurant near your office?",
        "Do you have the tracking number of the pump that you repaired?",
        "I'm looking for the slides of your talk.",
        "We'll test the fix tonight and let you know.",
        "Die Sendung ist da, wir haben sie getestet, alles gut.",
        "Haben Sie noch den Schlüssel vom Technikraum?",
        "Was ist denn die Adresse für die Rücksendung?",
        "Könnt ihr bitte den Wartungstermin auf Dienstag legen?",
        "Please remove my account from your portal.",
        "We don't need anything at the moment, thank you.",
        "Wir haben derzeit keinen Bedarf an weiteren Geräten.",
        "Our procurement will come back to you; I can't ask for offers.",
        "I enjoyed your article about energy in kitchens.",
        "Which platform does the train to your office leave from?",
        "Could you make the delivery on Tuesday, and would ten o'clock suit you?",
        "Which train would you take from Kiel?",
        "We had to replace the filter, could you note that for the next visit?",
    ],
    "over_the_head": [
        "Happy 50th, Karin! Have a great party.",
        "Your invoice 4471 is attached.",
        "The lorry with the trolleys is stuck at the border, arrival at dock 3 around noon.",
        "Our office will be closed from 23 December.",
        "You receive this message because you subscribed to service notices. Oven firmware 3.2 is out.",
        "Please find the minutes of the safety briefing attached.",
        "Herzlichen Glückwunsch zum Firmenjubiläum!",
        "My daughter has applied at your hospital for an internship, to whom should she write?",
    ],
    "lone_negotiator": [
        "Is the kitchen closed on Ascension Day?",
        "I'm in the lobby, where are you?",
        "The allergen list for week 12 is missing.",
        "Thank you for showing us round, the team was impressed.",
        "Can you send me the name of the new driver?",
        "Wir sind Donnerstag zu sechst, bitte vegetarisch für zwei.",
        "The meals for ward 3 came 40 minutes late again.",
        "If you take the lift on the left you get to the second floor.",
        "Wenn Sie am Empfang klingeln, hole ich Sie ab.",
        "Please take the stairs and I'll meet you on the second floor.",
        "Lassen Sie den Wagen stehen, dann hole ich Sie ab.",
    ],
    "colleagues_account": [
        "The results for sample 881 are in the portal.",
        "Your colleague left her umbrella here.",
        "I'm afraid that isn't mine, please ask Rosa.",
        "We are moving, our new address from 1 June is Hafenstr. 4.",
        "Dr. Novak applied with us and named you as a reference, could we talk for five minutes?",
        "Ihre Rechnung 2281 ist offen, bitte prüfen.",
    ],
}


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in HITS.items() for text in texts])
def test_plain_talk_is_understood(label, text):
    assert label in labels(label, text)


@pytest.mark.parametrize(("label", "text"), [(label, text) for label, texts in MISSES.items() for text in texts])
def test_plain_talk_about_something_else_is_passed_over(label, text):
    assert label not in labels(label, text)
