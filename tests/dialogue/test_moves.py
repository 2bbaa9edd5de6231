"""The moves of a conversation: corrections, several questions, comparisons, descriptions, reasons."""

import re

import pytest

from advisor import Advisor, Reply

LEIDEN, LEUVEN = "leiden-biomedical-sciences", "ku-leuven-biomedical-sciences"


def last(advisor: Advisor, *said: str) -> Reply:
    """Return the reply to the last thing said in a conversation."""
    chat = advisor.start()
    for text in said[:-1]:
        chat.ask(text)
    return chat.ask(said[-1])


@pytest.mark.parametrize(
    "said",
    [
        ("tuition at leuven please", "sorry, I meant Leiden"),
        ("collegegeld in leuven?", "ik bedoel bij leiden"),
        ("What does it cost in both?", "ok tell me only about Leiden"),
    ],
)
def test_a_programme_named_alone_keeps_the_question(advisor: Advisor, said: tuple[str, ...]) -> None:
    """A correction or a narrowing takes the question along, it does not introduce the programme."""
    reply = last(advisor, *said)
    assert (reply.kind, reply.intent) == ("answer", "fees")
    assert {c.document for c in reply.citations} == {LEIDEN}


def test_numbered_questions_are_parts(advisor: Advisor) -> None:
    """A list of questions gets an answer to each, and the words that announce it none."""
    reply = advisor.ask("three things. 1) do i need a bachelor for leiden 2) which tracks exist 3) the fee")
    assert reply.text.count("•") == 3
    assert "bachelordiploma" in reply.text
    assert "Management" in reply.text
    assert "2,601" in reply.text


def test_two_whole_questions_part_at_the_conjunction(advisor: Advisor) -> None:
    """`What is ... and which ...` are two questions, each with its own programme."""
    reply = advisor.ask("who teaches in Leuven and which specialisations does Leiden have?")
    assert {c.document for c in reply.citations} == {LEIDEN, LEUVEN}


def test_what_is_outside_does_not_swallow_the_question_beside_it(advisor: Advisor) -> None:
    """The weather is declined, the fee is told."""
    reply = advisor.ask("What does Leiden cost? And what's the weather like there?")
    assert reply.kind == "answer"
    assert "2,601" in reply.text
    assert reply.text.count("•") == 2


def test_a_specialisation_of_another_programme_is_named_as_such(advisor: Advisor) -> None:
    """A programme is not given the other's specialisation, nor an answer past the question."""
    reply = advisor.ask("What is taught in the Management specialisation of Leuven?")
    assert reply.kind == "no_answer"
    assert "Management" in reply.text
    assert "Leiden" in reply.text
    assert {c.document for c in reply.citations} == {LEIDEN}


def test_silence_says_what_is_near_and_which_page_does_say_it(advisor: Advisor) -> None:
    """The reply to what a page does not state names where to go on, without the other's figure."""
    reply = advisor.ask("what does leuven cost")
    assert reply.kind == "no_answer"
    assert "Universiteit Leiden does say" in reply.text
    assert "2,601" not in reply.text
    assert not reply.citations


@pytest.mark.parametrize(
    "said",
    ["where does leiden score below the national average?", "waar scoort leiden slechter dan gemiddeld?"],
)
def test_rows_are_chosen_by_their_difference(advisor: Advisor, said: str) -> None:
    """Which aspects are below the average: those two, with both columns."""
    reply = advisor.ask(said)
    assert "Sfeer" in reply.text
    assert "Studiefaciliteiten" in reply.text
    assert "Inhoud" not in reply.text
    assert "Aansluiting" not in reply.text
    assert "4.2 / 5" in reply.text
    assert "3.9 / 5" in reply.text


def test_is_that_good_is_answered_with_the_average(advisor: Advisor) -> None:
    """A judgement is not made up: the value is put beside the average of the page."""
    reply = last(advisor, "atmosphere rating in Leiden?", "is that good?")
    assert "4.0 / 5" in reply.text
    assert "4.2 / 5" in reply.text


def test_without_an_average_it_is_said_that_there_is_none(advisor: Advisor) -> None:
    """Where the page gives no average the value stands alone, and that is said."""
    reply = last(advisor, "how long until graduates of Leiden find a job?", "is that better than average?")
    assert "7" in reply.text
    assert "no average" in reply.text


def test_two_ratings_are_set_beside_each_other(advisor: Advisor) -> None:
    """`Higher` between two rows hides neither."""
    reply = advisor.ask("What is scored higher in Leiden: facilities or atmosphere?")
    assert "3.6 / 5" in reply.text
    assert "4.0 / 5" in reply.text


@pytest.mark.parametrize("said", ["tell me about the business one", "what about the one with the museum"])
def test_a_specialisation_is_known_by_what_it_is_about(advisor: Advisor, said: str) -> None:
    """`The business one` is found by what its passages speak of."""
    reply = last(advisor, "which tracks does Leiden have?", said)
    expected = "Management" if "business" in said else "Communication"
    others = {"Management", "Communication", "Education", "Research"} - {expected}
    assert expected in reply.text
    assert not any(f"{other} (" in reply.text for other in others)


def test_which_of_the_specialisations_are_those_that_have_it(advisor: Advisor) -> None:
    """Which one needs Dutch: the one whose passages say so, and no list of all."""
    reply = last(advisor, "which tracks does Leiden have?", "which of them needs dutch?")
    assert "Education" in reply.text
    assert "fluency in Dutch" in reply.text
    assert "Management" not in reply.text


def test_the_other_one_is_the_one_talked_about_before(advisor: Advisor) -> None:
    """Of two specialisations spoken of, the other is the first again."""
    chat = advisor.start()
    chat.ask("tell me about the Education track at Leiden")
    chat.ask("and the Management track?")
    chat.ask("is the other one in English?")
    assert chat.state.specialisations == ((LEIDEN, "Education"),)


def test_asking_for_the_language_is_no_wish_to_be_answered_in_it(advisor: Advisor) -> None:
    """`Is it in English?` asks about the programme; `in English please` asks for the reply."""
    chat = advisor.start()
    chat.ask("vertel over de Education-richting in Leiden")
    assert chat.ask("is it in English?").intent == "language-of-instruction"
    assert chat.ask("in het nederlands graag").language == "nl"


def test_an_exception_stands_beside_the_whole(advisor: Advisor) -> None:
    """`English (100%)` is told with the specialisation that is partly in Dutch."""
    reply = advisor.ask("Is the Leiden master taught in English?")
    assert "Engels (100%)" in reply.text
    assert "partly in Dutch" in reply.text


def test_why_there_was_no_answer(advisor: Advisor) -> None:
    """The pages are all that is known, and that is said when asked."""
    reply = last(advisor, "wat kost leuven?", "waarom weet je dat niet?")
    assert (reply.kind, reply.language) == ("no_answer", "nl")
    assert "KU Leuven" in reply.text


def test_words_of_another_page_alone_are_answered_from_it(advisor: Advisor) -> None:
    """A name that only the other page uses leads there, whatever was talked about."""
    reply = last(advisor, "tell me about Management at Leiden", "wat is lcie?")
    assert reply.kind == "answer"
    assert {c.document for c in reply.citations} == {LEUVEN}


def test_wishes_in_several_sentences_are_one_wish(advisor: Advisor) -> None:
    """What is not wanted is left out, what is liked leads."""
    reply = advisor.ask("Not interested in business at all, nor in teaching. But I do like writing.")
    assert "Communication" in reply.text


def test_the_specialisation_to_skip(advisor: Advisor) -> None:
    """Asked what to skip, the one with what is disliked is named with its passage."""
    reply = advisor.ask(
        "I really don't want to become a researcher. Which Leiden specialisation should I skip?"
    )
    assert "Research" in reply.text
    assert reply.citations


def test_what_was_tried_and_left_takes_no_number(advisor: Advisor) -> None:
    """Marks are numbered in order of use, also where a list of specialisations was not used after all."""
    reply = last(advisor, "compare them", "and that track")
    found = [int(mark) for mark in re.findall(r"\[(\d+)\]", reply.text)]
    assert list(dict.fromkeys(found)) == [c.number for c in reply.citations]


def test_what_is_liked_less_is_left_out(advisor: Advisor) -> None:
    """`Less the bench work` is a dislike, and leads to no laboratory."""
    reply = advisor.ask("I like explaining science to people, less the bench work. Which track in Leiden?")
    assert "points to Research" not in reply.text


def test_no_advice_without_evidence(advisor: Advisor) -> None:
    """Where no passage ties the wishes to a choice, that is said."""
    reply = advisor.ask("welke richting in Leiden past bij iemand die graag danst en van paarden houdt?")
    assert (reply.kind, reply.citations) == ("no_answer", ())


def test_the_lowest_row_of_a_list(advisor: Advisor) -> None:
    """`Like least` keeps the row with the lowest value."""
    reply = advisor.ask("what do students in Leiden like least?")
    assert "3.6 / 5" in reply.text
    assert "4.0 / 5" not in reply.text


def test_the_same_as_another_is_a_comparison_with_what_was_talked_about(advisor: Advisor) -> None:
    """The other side of `the same as in Leuven` is the programme in focus."""
    reply = last(advisor, "tell me about Leiden", "does it cost the same as in Leuven?")
    assert "2,601" in reply.text
    assert "KU Leuven: not stated" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "compare Leiden and Leuven on language and cost",
        "vergelijk de taal en de kosten van Leiden en Leuven",
    ],
)
def test_a_comparison_on_several_points_answers_each(advisor: Advisor, said: str) -> None:
    """Each point of a comparison gets its own lines, with both programmes."""
    reply = advisor.ask(said)
    assert reply.text.count("•") == 2
    assert "100%" in reply.text
    assert {"2,601", "2.601"} & {word.strip("€") for word in re.findall(r"[€\d.,]+", reply.text)}
    assert reply.text.count("KU Leuven") >= 2


def test_a_specialisation_is_known_by_its_name_in_the_other_language(advisor: Advisor) -> None:
    """`Communicatie en management` are two of the page's specialisations, whatever language it is in."""
    chat = advisor.start()
    chat.ask("Ik twijfel tussen communicatie en management in Leiden")
    assert set(chat.state.specialisations) == {(LEIDEN, "Communication"), (LEIDEN, "Management")}


def test_a_greeting_beside_a_question_is_not_looked_for(advisor: Advisor) -> None:
    """`Good afternoon.` is no part of the question."""
    reply = advisor.ask("Good afternoon. What does Leiden cost?")
    assert reply.kind == "answer"
    assert "afternoon" not in reply.text


@pytest.mark.parametrize(
    ("said", "of"),
    [
        ("what's the salary of a professor at Leiden?", "professors"),
        ("What does Medicine cost at Leiden?", "medicine"),
        ("I'm from India, what would I pay at Leiden per year?", "outside the EU"),
        ("how many graduates end up in hospitals after Leiden?", "hospitals"),
    ],
)
def test_a_figure_of_others_is_not_given(advisor: Advisor, said: str, of: str) -> None:
    """A figure asked of somebody or something else than the page gives it of is not stated."""
    reply = advisor.ask(said)
    assert (reply.kind, reply.citations) == ("no_answer", ())
    assert of in reply.text


def test_a_column_that_is_an_average_is_named_as_one(advisor: Advisor) -> None:
    """The average alone says whose it is; set against it, both sides are told."""
    alone = advisor.ask("what is the national average for atmosphere at Leiden?")
    assert "Landelijk gemiddelde 4.2 / 5" in alone.text
    both = advisor.ask("How does the atmosphere in Leiden score against the national average?")
    assert "4.0 / 5" in both.text
    assert "4.2 / 5" in both.text


def test_a_figure_that_was_said_is_no_word_to_go_by(advisor: Advisor) -> None:
    """A wrong total does not fetch the row that holds that figure."""
    reply = advisor.ask("Are there 95 students in total in the Leiden programme?")
    assert "312" in reply.text
    assert "95" not in reply.text


def test_a_value_is_asked_of_the_thing_named(advisor: Advisor) -> None:
    """How long a module lasts is not how long the programme does, whatever words name it."""
    reply = advisor.ask("Het Leiden Leadership Programme duurt toch twee jaar?")
    assert reply.intent == "leadership"
    assert "eenjarig" in reply.text


def test_what_stands_behind_the_one_tells_it_apart_only_as_a_description(advisor: Advisor) -> None:
    """`That one taught in` asks for the language; `the one with the museum` describes."""
    reply = last(
        advisor, "what is the Education specialisation about?", "which language is that one taught in?"
    )
    assert reply.intent == "language-of-instruction"
    assert "Dutch" in reply.text


def test_whole_programmes_are_compared_point_by_point(advisor: Advisor) -> None:
    """Each point has both sides, `not stated` where a page is silent, in no more than 150 words."""
    reply = advisor.ask("How does the Leiden master differ from the Leuven one?")
    assert len(reply.text.split()) <= 150
    points = reply.text.splitlines()[1:]
    assert len(points) >= 3
    assert all("Universiteit Leiden: " in p and "KU Leuven: " in p for p in points)
    assert any("not stated" in p for p in points)
    assert reply.table is not None
    assert len(reply.table.rows) == len(points)


def test_a_subject_of_another_degree_is_no_programme_here(advisor: Advisor) -> None:
    """A bachelor in another subject at a known university is not told about."""
    reply = advisor.ask("Can you tell me about the psychology bachelor in Leiden?")
    assert reply.kind in {"no_answer", "out_of_scope"}


def test_the_reason_is_sought_on_the_page_cited_first(advisor: Advisor) -> None:
    """What two pages said is not mixed: each passage is cut from its own page."""
    chat = advisor.start()
    first = chat.ask("which specialisations do Leiden and Leuven have?")
    assert len({c.document for c in first.citations}) == 2
    reply = chat.ask("why?")
    text = " ".join(reply.text.split())
    quoted = [" ".join(c.quote.split()) for c in reply.citations]
    assert all(q in text for q in quoted)
    assert {c.document for c in reply.citations} == {first.citations[0].document}


def test_a_value_with_words_of_its_own_is_not_that_of_the_thing_talked_about(advisor: Advisor) -> None:
    """How many hours people work is no question about the exchange."""
    reply = last(
        advisor, "can I go on exchange in Leiden?", "how many hours do people work after graduating?"
    )
    assert reply.intent == "working-week"
    assert "37" in reply.text


def test_the_biggest_difference_is_told_point_by_point(advisor: Advisor) -> None:
    """Two programmes named, and no topic: more than an introduction of each."""
    reply = advisor.ask("Ik twijfel tussen Leiden en Leuven. Wat is het grootste verschil?")
    assert reply.table is not None
    assert len(reply.table.rows) >= 3


def test_which_specialisation_is_best_is_asked_of_the_programme_talked_about(advisor: Advisor) -> None:
    """Nothing ranks them, so they are listed, of that programme alone."""
    reply = last(advisor, "What does Leiden cost?", "which track would be best then")
    assert {c.document for c in reply.citations} == {LEIDEN}


@pytest.mark.parametrize(
    ("said", "intent", "holds"),
    [
        (("Tell me about the leadership programme", "who can join?"), "leadership", "gemotiveerde"),
        (("can I go on exchange in Leiden?", "At which universities?"), "exchange", "Eurolife"),
        (
            ("welke afstudeerrichtingen zijn er", "die van Leiden bedoel ik"),
            "specialisations",
            "Management",
        ),
        (("What jobs do Leiden alumni have?", "what's the most common one?"), "professions", "48%"),
        (("How satisfied are students in Leiden?", "which aspect scores best?"), "satisfaction", "4.2 / 5"),
        (
            ("What does the Education specialisation do?", "and what do you do there in the second year?"),
            "specialisations",
            "ICLON",
        ),
        (
            ("is combining with top-level sport possible in Leiden?", "which one supports that"),
            "top-sport",
            "topsport",
        ),
    ],
)
def test_what_goes_on_with_the_talk(advisor: Advisor, said: tuple[str, ...], intent: str, holds: str) -> None:
    """Short questions that name next to nothing are asked of what was talked about."""
    reply = last(advisor, *said)
    assert (reply.kind, reply.intent) == ("answer", intent)
    assert holds in reply.text


def test_what_asks_for_a_kind_of_value_is_not_what_it_is_of(advisor: Advisor) -> None:
    """`Lasts` stands beside another duration on the page, which is not that of the honours programme."""
    reply = last(advisor, "Is er een honoursprogramma in Leiden?", "hoelang duurt dat")
    assert reply.kind == "no_answer"
    assert "maanden" not in reply.text


def test_what_differs_between_programmes_is_no_column(advisor: Advisor) -> None:
    """`Does X cost more than Y` gets the amounts."""
    reply = advisor.ask("does leuven cost more than leiden")
    assert "2,601" in reply.text
    assert "not stated" in reply.text


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        (("wat verdien ik na Leiden?", "dat is toch per maand?"), "welke periode"),
        (("what does Leiden cost?", "is that per year?"), "which period"),
        (("what do graduates of Leiden earn?", "is that gross or net?"), "gross or net"),
    ],
)
def test_what_is_asked_of_the_figure_told_last(advisor: Advisor, said: tuple[str, ...], missing: str) -> None:
    """What the figure does not say of itself is not stated; no other passage stands in."""
    reply = last(advisor, *said)
    assert reply.kind == "no_answer"
    assert missing in reply.text


def test_a_false_premise_about_specialisations_is_corrected(advisor: Advisor) -> None:
    """Whose the specialisation is, is said, when a clause gives it to the other programme."""
    reply = advisor.ask("since leuven has four tracks, which one is about research?")
    assert reply.kind == "no_answer"
    assert "that is one of Universiteit Leiden" in reply.text


def test_a_plain_word_is_no_specialisation_of_another_programme(advisor: Advisor) -> None:
    """`Their research` is about research where the programme talked about has no such specialisation."""
    reply = last(advisor, "how is the teaching in Leuven?", "and their research?")
    assert {c.document for c in reply.citations} == {LEUVEN}


@pytest.mark.parametrize(
    ("said", "intent", "first"),
    [
        ("Wat voor werk kun je doen na Leiden?", "careers", "wide range of careers"),
        ("Tell me about admission to the Leiden master", "admissions", "Voor toelating"),
    ],
)
def test_what_is_named_is_told(advisor: Advisor, said: str, intent: str, first: str) -> None:
    """Not first a figure that shares a word with the question, nor an introduction beside a topic named."""
    reply = advisor.ask(said)
    assert (reply.kind, reply.intent) == ("answer", intent)
    assert first in reply.citations[0].quote


@pytest.mark.parametrize("said", ["hello, can you help me choose?", "kun je me helpen kiezen"])
def test_help_in_choosing_asks_what_is_liked(advisor: Advisor, said: str) -> None:
    """Where nothing was said to go by, the adviser asks, and takes the answer as a wish."""
    chat = advisor.start()
    assert chat.ask(said).kind == "clarify"
    reply = chat.ask("I like writing")
    assert "Communication" in reply.text


@pytest.mark.parametrize(
    "said",
    [
        "Can I do the Leiden master part-time next to my job?",
        "What do Leiden graduates earn after ten years?",
        "Wat verdienen Leidse afgestudeerden na tien jaar?",
    ],
)
def test_what_is_named_and_not_stated_has_no_stand_in(advisor: Advisor, said: str) -> None:
    """Neither a sentence with the other words of the question, nor the figure of another moment."""
    reply = advisor.ask(said)
    assert (reply.kind, reply.citations) == ("no_answer", ())
