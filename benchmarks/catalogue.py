"""Write a folder of pages about programmes that do not exist, as many as wanted.

    python benchmarks/catalogue.py FOLDER [--programmes 2000]

Every institution, town and programme is invented. Names are as alike as real ones: the same
title at many institutions, titles that hold each other ("Physics", "Applied Physics", "Physics
and Society"), towns with several institutions. The same number gives the same bytes; the first
pages of a large catalogue are not those of a small one.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TOWN_HEADS = (
    "Marlen", "Vlier", "Torn", "Elder", "Quist", "Hazel", "Zilver", "Koper", "Sterre", "Wolken",
    "Distel", "Kraan", "Lommer", "Ravel", "Snep",
)  # fmt: skip
TOWN_TAILS = ("dam", "veen", "brugge", "gaarde", "burcht", "zande")
KINDS = (
    ("Universiteit {}", "University of {}"),
    ("Hogeschool {}", "{} University of Applied Sciences"),
    ("Technische Universiteit {}", "{} University of Technology"),
)
SUBJECTS = (
    ("Physics", "Natuurkunde", ("quantum optics", "lasers", "solid state models")),
    ("Chemistry", "Scheikunde", ("catalysis", "spectroscopy", "polymers")),
    ("Biology", "Biologie", ("ecosystems", "genetics", "evolution")),
    ("Mathematics", "Wiskunde", ("topology", "number theory", "optimisation")),
    ("Economics", "Economie", ("game theory", "labour markets", "monetary policy")),
    ("Psychology", "Psychologie", ("perception", "memory", "group behaviour")),
    ("Law", "Rechten", ("contracts", "constitutional courts", "human rights")),
    ("Nursing", "Verpleegkunde", ("wound care", "patient safety", "home care")),
    ("Architecture", "Architectuur", ("timber structures", "housing plans", "drawing")),
    ("Computer Science", "Informatica", ("compilers", "distributed systems", "logic")),
    ("Philosophy", "Wijsbegeerte", ("ethics", "epistemology", "logic")),
    ("History", "Geschiedenis", ("archives", "maritime trade", "oral history")),
    ("Linguistics", "Taalwetenschap", ("phonology", "syntax", "dialects")),
    ("Geography", "Geografie", ("maps", "river deltas", "urban growth")),
    ("Astronomy", "Sterrenkunde", ("telescopes", "exoplanets", "spectra")),
    ("Marketing", "Marketing", ("brands", "consumer surveys", "pricing")),
    ("Accountancy", "Accountancy", ("audits", "annual reports", "tax returns")),
    ("Music", "Muziek", ("harmony", "chamber music", "composition")),
    ("Sociology", "Sociologie", ("migration", "inequality", "social networks")),
    ("Archaeology", "Archeologie", ("excavations", "pottery", "field surveys")),
    ("Pharmacy", "Farmacie", ("drug delivery", "dosage", "toxicology")),
    ("Logistics", "Logistiek", ("warehouses", "routing", "ports")),
    ("Journalism", "Journalistiek", ("interviews", "data stories", "radio")),
    ("Forestry", "Bosbouw", ("tree growth", "soil", "timber yield")),
    ("Robotics", "Robotica", ("grippers", "control loops", "vision")),
    ("Textile Design", "Textielontwerp", ("weaving", "natural dyes", "patterns")),
    ("Puppetry", "Poppenspel", ("marionettes", "shadow play", "stage light")),
    ("Food Technology", "Voedingstechnologie", ("fermentation", "packaging", "shelf life")),
)  # fmt: skip
PATTERNS = (
    ("{}", "{}"), ("Applied {}", "Toegepaste {}"), ("International {}", "Internationale {}"),
    ("Advanced {}", "Gevorderde {}"), ("{} and Society", "{} en samenleving"),
    ("{} and Management", "{} en management"), ("{} for Teachers", "{} voor leraren"),
    ("European {}", "Europese {}"), ("Computational {}", "Computationele {}"),
)  # fmt: skip
MONTHS = (
    ("September", "september"), ("February", "februari"),
    ("September and February", "september en februari"),
)  # fmt: skip
DEADLINES = (("1 May", "1 mei"), ("1 June", "1 juni"), ("15 January", "15 januari"), ("1 April", "1 april"))
FEES = (1080, 2601, 2694, 3400, 4250, 4900, 6800, 9250, 12400, 15900, 18700)
WORK = (
    ("laboratories", "laboratoria"), ("schools", "scholen"), ("ministries", "ministeries"),
    ("small firms", "kleine bedrijven"), ("museums", "musea"), ("hospitals", "ziekenhuizen"),
    ("consultancies", "adviesbureaus"), ("publishers", "uitgeverijen"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Institution:
    """A place of study that does not exist."""

    dutch: str
    english: str
    town: str


@dataclass(frozen=True, slots=True)
class Programme:
    """What a page of the catalogue says, before it is written out."""

    id: str
    title: str
    institution: Institution
    is_dutch: bool
    subject: int
    fee: int | None
    fee_outside: int | None
    taught_in: str
    months: int
    deadline: int
    years: int
    places: int | None
    seed: int


def institutions() -> list[Institution]:
    """Return all institutions, towns with one to three of them."""
    towns = [head + tail for tail in TOWN_TAILS for head in TOWN_HEADS]
    found = []
    for number, town in enumerate(towns):
        for dutch, english in KINDS[: 1 + number % 3]:
            found.append(Institution(dutch.format(town), english.format(town), town))
    return found


def titles() -> list[tuple[int, str, str]]:
    """Return (subject, English title, Dutch title) of every programme that an institution may offer."""
    plain = [
        (number, english.format(subject[0]), _capital(dutch.format(subject[1].lower())))
        for english, dutch in PATTERNS
        for number, subject in enumerate(SUBJECTS)
    ]
    joint = [
        (a, f"{SUBJECTS[a][0]} and {SUBJECTS[b][0]}", f"{SUBJECTS[a][1]} en {SUBJECTS[b][1].lower()}")
        for a in range(len(SUBJECTS))
        for b in (((a * 5 + 3) % len(SUBJECTS)), ((a * 11 + 7) % len(SUBJECTS)))
        if a != b
    ]
    return plain + joint


def programmes(number: int) -> Iterator[Programme]:
    """Yield so many programmes; the same number yields the same ones."""
    places, offers = institutions(), titles()
    chance = random.Random(number)
    each = [[*offers] for _ in places]
    seen: set[str] = set()
    for own in each:
        chance.shuffle(own)
    for count in range(number):
        spot = count % len(places)
        if not each[spot]:
            raise ValueError(f"{number} programmes are more than {count}, all there are names for")
        subject, english, dutch = each[spot].pop()
        place = places[spot]
        is_dutch = chance.random() < 0.4
        title = dutch if is_dutch else english
        while _slug(f"{place.dutch} {title}") in seen:  # some titles are the same in both languages
            title += " II"
        seen.add(_slug(f"{place.dutch} {title}"))
        taught = (
            chance.choice(("nl", "nl", "en", "both")) if is_dutch else chance.choice(("en", "en", "both"))
        )
        fee = None if chance.random() < 0.1 else chance.choice(FEES)
        yield Programme(
            id=_slug(f"{place.dutch} {title}"),
            title=title,
            institution=place,
            is_dutch=is_dutch,
            subject=subject,
            fee=fee,
            fee_outside=fee * 2 if fee and chance.random() < 0.5 else None,
            taught_in=taught,
            months=chance.choice((0, 0, 0, 1, 2)),
            deadline=chance.randrange(len(DEADLINES)),
            years=chance.choice((1, 2, 3, 4)),
            places=chance.choice((None, 30, 60, 120)),
            seed=chance.randrange(1 << 30),
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """How a language says what the pages hold; `side` is its place in the pairs above."""

    code: str
    side: int
    amount: Callable[[int], str]
    taught: Mapping[str, str]
    years: tuple[str, str]
    labels: tuple[str, ...]
    abroad: tuple[str, str]
    diplomas: tuple[str, ...]
    scores: tuple[str, ...]
    letters: tuple[str, str]
    body: str


def page(programme: Programme) -> str:
    """Return the page of a programme: Markdown with front matter, about thirty passages."""
    wording = DUTCH if programme.is_dutch else ENGLISH
    place = programme.institution
    name, other = (place.dutch, place.english) if programme.is_dutch else (place.english, place.dutch)
    front = [
        "---",
        f"title: {programme.title}",
        f"institution: {name}",
        f"aliases: [{other}]",
        f"language: {wording.code}",
        "---",
        "",
        f"# {programme.title}",
        "",
    ]
    return "\n".join(front) + "\n" + _body(programme, wording, name)


def _body(p: Programme, wording: Wording, place: str) -> str:
    chance = random.Random(p.seed)
    english, dutch, details = SUBJECTS[p.subject]
    first, second, third = chance.sample(details, 3)
    one, two, three = (work[wording.side] for work in chance.sample(WORK, 3))
    return wording.body.format(
        facts=_facts(p, wording),
        title=p.title,
        place=place,
        subject=(english, dutch)[wording.side].lower(),
        address=p.id[:24].strip("-"),
        first=first, second=second, third=third, one=one, two=two, three=three,
        thesis=chance.choice((15, 18, 24, 30)),
        weeks=chance.choice((8, 10, 12, 20)),
        abroad=chance.choice(wording.abroad),
        diploma=chance.choice(wording.diplomas),
        score=chance.choice(wording.scores),
        letter=chance.choice(wording.letters),
        employed=chance.randrange(70, 99),
        day=chance.randrange(1, 28),
        closes=chance.choice(("20:00", "22:00", "23:00")),
    )  # fmt: skip


def _facts(p: Programme, wording: Wording) -> str:
    """Return the facts that a programme states, an item each."""
    values = (
        wording.taught[p.taught_in],
        MONTHS[p.months][wording.side],
        p.fee and f"€ {wording.amount(p.fee)}",
        p.fee_outside and f"€ {wording.amount(p.fee_outside)}",
        f"{p.years} {wording.years[p.years > 1]}",
        f"{p.years * 60} EC",
        DEADLINES[p.deadline][wording.side],
        p.institution.town,
        p.places,
    )
    return "\n".join(f"- {k}: {v}" for k, v in zip(wording.labels, values, strict=True) if v)


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


ENGLISH = Wording(
    code="en",
    side=0,
    amount=lambda amount: f"{amount:,}",
    taught={"nl": "Dutch", "en": "English", "both": "English and Dutch"},
    years=("year", "years"),
    labels=(
        "Language of instruction", "Start", "Tuition fee", "Tuition fee (non-EU)", "Duration", "Credits",
        "Application deadline", "Location", "Number of places",
    ),
    abroad=("An internship abroad is possible.", "A coach visits every student twice."),
    diplomas=("mathematics", "English", "a science subject"),
    scores=("6.0", "6.5", "7.0"),
    letters=("required", "not needed"),
    body="""\
## At a glance

{facts}

## About the programme

{title} is about {first} and {second}. Students learn to work with {third} from the first week. \
Lectures explain the theory, and projects in small groups put it into practice. \
At {place} teachers know every student by name.

## Curriculum

The first semester has courses on {first} and on statistics. The second semester has courses on \
{second} and academic writing. Each course ends with a written exam or a project. \
A thesis of {thesis} EC closes the programme.

## Internship

An internship of {weeks} weeks is part of the programme. Students find a place at {one} or {two}. {abroad}

## Admission

Applicants need a diploma with {diploma}. Applicants from abroad show an IELTS score of at least {score}. \
A motivation letter is {letter}.

## After your studies

Graduates work at {one}, {two} and {three}. Some go on to a PhD in {subject}. \
{employed}% of graduates have a job within a year.

## Contact

Write to info@{address}.example. The open day is on {day} March. The library is open until {closes}.
""",
)  # fmt: skip
DUTCH = Wording(
    code="nl",
    side=1,
    amount=_dots,
    taught={"nl": "Nederlands", "en": "Engels", "both": "Engels en Nederlands"},
    years=("jaar", "jaar"),
    labels=(
        "Voertaal", "Start", "Wettelijk collegegeld", "Instellingscollegegeld (niet-EU)", "Duur",
        "Studiepunten", "Uiterste aanmelddatum", "Locatie", "Aantal plaatsen",
    ),
    abroad=("Een stage in het buitenland kan.", "Een begeleider bezoekt elke student."),
    diplomas=("wiskunde", "Engels", "een natuurvak"),
    scores=("6,0", "6,5", "7,0"),
    letters=("verplicht", "niet nodig"),
    body="""\
## In het kort

{facts}

## Over de opleiding

{title} gaat over {first} en {second}. Studenten leren vanaf de eerste week werken met {third}. \
Hoorcolleges leggen de theorie uit, en projecten in kleine groepen brengen haar in praktijk. \
Aan {place} kennen docenten elke student bij naam.

## Studieprogramma

Het eerste semester heeft vakken over {first} en statistiek. Het tweede semester heeft vakken over \
{second} en academisch schrijven. Elk vak eindigt met een schriftelijk tentamen of een project. \
Een scriptie van {thesis} EC sluit de opleiding af.

## Stage

Een stage van {weeks} weken hoort bij de opleiding. Studenten vinden een plek bij {one} of {two}. {abroad}

## Toelating

Wie zich aanmeldt, heeft een diploma met {diploma}. \
Kandidaten uit het buitenland tonen een IELTS-score van {score}. Een motivatiebrief is {letter}.

## Na je studie

Afgestudeerden werken bij {one}, {two} en {three}. \
Sommigen gaan verder met een promotie in de {subject}. \
{employed}% van de afgestudeerden heeft binnen een jaar een baan.

## Contact

Schrijf naar info@{address}.example. De open dag is op {day} maart. De bibliotheek is open tot {closes}.
""",
)  # fmt: skip


def write_catalogue(folder: Path, number: int) -> list[Programme]:
    """Write so many pages into a folder and return what they say."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for programme in programmes(number):
        (folder / f"{programme.id}.md").write_text(page(programme), encoding="utf-8")
        written.append(programme)
    return written


def questions(known: list[Programme], number: int, seed: int = 0) -> list[str]:
    """Return so many questions about a catalogue: full and short names, both languages, none named."""
    chance = random.Random(seed)
    asked = []
    for _ in range(number):
        p = chance.choice(known)
        name = chance.choice((p.institution.dutch, p.institution.english, p.institution.town))
        asked.append(chance.choice(QUESTIONS).format(title=p.title, place=name, town=p.institution.town))
    return asked


QUESTIONS = (
    "What does {title} at {place} cost?",
    "Wat kost {title} aan {place}?",
    "In which language is {title} at {place} taught?",
    "When does {title} in {town} start?",
    "Wanneer begint {title} in {town}?",
    "How long is {title} at {place}?",
    "What is the application deadline for {title} at {place}?",
    "Is there an internship in {title} at {place}?",
    "Is er een stage bij {title} aan {place}?",
    "What can I do after {title} at {place}?",
    "How many places does {title} at {place} have?",
    "{title} {town}: which IELTS score do I need?",
    "What does {title} cost?",
    "what is the fee",
    "Which programmes in {town} are in English?",
    "Which programmes are in English and cost less than EUR 5,000?",
    "Welke opleidingen beginnen in februari?",
    "Can I study {title} in {town}?",
    "Tell me about {title} at {place}",
    "Is there a scholarship for {title} at {place}?",
)


def main() -> None:
    """Write the pages."""
    parser = argparse.ArgumentParser(description="Write pages about invented programmes.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--programmes", type=int, default=2000)
    options = parser.parse_args()
    written = write_catalogue(options.folder, options.programmes)
    print(f"{len(written)} pages in {options.folder}")


if __name__ == "__main__":
    main()
