"""People as agendas print them. The names are samples."""

import pytest

from agenda.choices import Role
from agenda.importing.recognising.names import (
    in_column,
    is_person,
    people_in,
    role_named,
    take_to_be_confirmed,
    title_and_people,
    with_origins,
)
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.wording import read_wording
from tests.agenda.importing.pasted import ODC, TAF

# A cell of people -> each of them, "role: name (waits)".
CELLS = [
    ("Sample Person, Doctoral Candidate, North Carolina State University", None),
    ("H.E. Sample Minister, Secretary of State, Royal Academy of Samples", None),
    ("Prof. Dr. Sample One", None),
    ("Sample One, MS Data Science, GS Bank", None),
    ("ODC Team", None),
    ("Research and Development Centre", None),
    ("Ministry of Economy and Finance", None),
    ("ឯកឧត្តម ក ខ រដ្ឋលេខាធិការ ក្រសួងប្រៃសណីយ៍ និងទូរគមនាគមន៍", None),
    ("Mr. Sample One and Ms. Sample Two", "Mr. Sample One|Ms. Sample Two"),
    ("Mr. A One, Ms. B Two & Dr. C Three", "Mr. A One|Ms. B Two|Dr. C Three"),
    (
        "H.E. A One, Minister of Data, MPTC; Dr. B Two, Director",
        "H.E. A One, Minister of Data, MPTC|Dr. B Two, Director",
    ),
    ("H.E. Mr. A One, Minister of Data and Ms. B Two", "H.E. Mr. A One, Minister of Data|Ms. B Two"),
    ("Sample One and Sample Two", "Sample One|Sample Two"),
    (
        "Dr. A One\nDirector, Sample Organisation\nMs. B Two\nOfficer",
        "Dr. A One, Director, Sample Organisation|Ms. B Two, Officer",
    ),
    ("1. Mr. A One\n2. Ms. B Two", "Mr. A One|Ms. B Two"),
    ("លោក ក ខ និង លោកស្រី គ ឃ", "លោក ក ខ|លោកស្រី គ ឃ"),
    ("Bpk. Contoh Satu dan Ibu Contoh Dua", "Bpk. Contoh Satu|Ibu Contoh Dua"),
    ("M. Exemple Un et Mme Exemple Deux", "M. Exemple Un|Mme Exemple Deux"),
    ("Ông Mẫu Một; Bà Mẫu Hai", "Ông Mẫu Một|Bà Mẫu Hai"),
    (
        "Moderator: Ms. A One; Panelists: Mr. B Two, Mr. C Three",
        "moderator: Ms. A One|panelist: Mr. B Two|panelist: Mr. C Three",
    ),
    ("Panelists:\n1. Mr. A One, ODC\n2. Ms. B Two", "panelist: Mr. A One, ODC|panelist: Ms. B Two"),
    ("Moderator: Ms. A One; Mr. B Two", "moderator: Ms. A One|Mr. B Two"),
    ("Panelists: Mr. A One, Ms. B Two (TBC)", "panelist: Mr. A One|panelist: Ms. B Two (waits)"),
    ("(Moderator: Ms. A One)", "moderator: Ms. A One"),
    ("Facilitators", None),
    ("Modératrice : Mme Un ; M. Deux", "moderator: Mme Un|M. Deux"),
    ("Speaker TBC", "speaker:  (waits)"),
    ("Panelists: Dr. A One (Sample Fund)\nMs. B Two", "panelist: Dr. A One (Sample Fund)|panelist: Ms. B Two"),
    ("Chair: Dr. A One\nMs. B Two", "moderator: Dr. A One|Ms. B Two"),
    ("Facilitated by Ms. A One", "facilitator: Ms. A One"),
    ("MC: Ms. A One", "moderator: Ms. A One"),
    ("Chair: Hon. A One", "moderator: Hon. A One"),
    ("Ms. A One (Moderator)", "moderator: Ms. A One"),
    ("អ្នកសម្របសម្រួល៖ លោក ក ខ", "facilitator: លោក ក ខ"),
    ("សម្របសម្រួល៖ លោក ក ខ", "facilitator: លោក ក ខ"),
    ("Présidence : Mme Un", "moderator: Mme Un"),
    ("Modération : Anne Un", "moderator: Anne Un"),
    ("Mod: A One", "moderator: A One"),
    ("Interpreters: Ms. A One; Mr. B Two", "interpreter: Ms. A One|interpreter: Mr. B Two"),
    ("Speaker: Ms. A One; Sign language interpreter: Mr. B Two", "speaker: Ms. A One|interpreter: Mr. B Two"),
    ("អ្នកបកប្រែភាសាសញ្ញា៖ លោក ក ខ", "interpreter: លោក ក ខ"),
    ("Cambodia: Ms. A One\nLao PDR: Mr. B Two", "Ms. A One (Cambodia)|Mr. B Two (Lao PDR)"),
    ("Sample Lawyer (TBC)", "Sample Lawyer (waits)"),
    ("ឯកឧត្តម ក ខ [រង់ចាំការបញ្ជាក់]", "ឯកឧត្តម ក ខ (waits)"),
    ("TBC", " (waits)"),
    ("Speaker: TBC", "speaker:  (waits)"),
    ("", ""),
]
TITLES = [
    (
        "Opening remarks, H.E. Sample Minister, Ministry of Samples",
        "Opening remarks",
        "H.E. Sample Minister, Ministry of Samples",
    ),
    ("Opening remarks by H.E. Sample Minister", "Opening remarks", "H.E. Sample Minister"),
    ("Open data – Mr. Sample One", "Open data", "Mr. Sample One"),
    ("Panel (Moderator: Ms. A One)", "Panel", "Moderator: Ms. A One"),
    ("សុន្ទរកថាបើកដោយ ឯកឧត្តម ក ខ", "សុន្ទរកថាបើក", "ឯកឧត្តម ក ខ"),
    ("OPENING REMARKS BY H.E. SAMPLE ONE", "OPENING REMARKS", "H.E. SAMPLE ONE"),
    ("Conversation with Dr. Sample One", "", ""),
    ("Film: Mr. Bean goes to town", "", ""),
    ("Workshop by Sample", "", ""),
    ("Session 1: Maps", "", ""),
]
WAITING = (
    "TBC;[TBC];(tbc);TBD;TBA;To be confirmed;[to be confirmed];រង់ចាំការបញ្ជាក់;រង់ចាំបញ្ជាក់;[រង់ចាំបញ្ជាក់];à confirmer;"
    "chờ xác nhận;menunggu konfirmasi;รอยืนยัน"
)


def shown(person):
    return f"{person.role}: {person.name}" * bool(person.role) or person.name


@pytest.mark.parametrize(("cell", "people"), CELLS)
def test_cell_of_people_is_torn_only_between_them(cell, people):
    found = [shown(one) + " (waits)" * one.is_to_be_confirmed for one in people_in(cell)]

    assert "|".join(found) == (cell if people is None else people)


@pytest.mark.parametrize(("line", "title", "people"), TITLES)
def test_title_ends_where_a_person_surely_begins(line, title, people):
    assert title_and_people(line) == (title or line, people)


@pytest.mark.parametrize("mark", WAITING.split(";"))
def test_mark_of_what_waits_is_known(mark):
    assert take_to_be_confirmed(f"Ms. Sample One {mark}") == ("Ms. Sample One", True)
    assert take_to_be_confirmed(mark) == ("", True)


def test_people_below_a_role_have_it():
    lines = [
        "Open maps",
        "Moderator: Mr. A One",
        "Panellists:",
        "• Ms. B Two, Sample Foundation",
        "• Mr. C Three",
        "ODC",
    ]

    wording = read_wording(lines, Known([ODC]))

    assert [shown(one) for one in wording.people] == [
        "moderator: Mr. A One",
        "panelist: Ms. B Two, Sample Foundation",
        "panelist: Mr. C Three",
        "panelist: ODC",
    ]


def test_line_below_the_title_that_names_a_person_stays_whole():
    wording = read_wording(
        ["Opening", "- Welcome by Ms. Sample One, Coordinator", "Prof. Sample Two, Dean, Sample University"], Known()
    )

    assert wording.description == ["- Welcome by Ms. Sample One, Coordinator"]
    assert [one.name for one in wording.people] == [
        "Ms. Sample One, Coordinator",
        "Prof. Sample Two, Dean, Sample University",
    ]


def test_column_with_a_role_in_its_heading_gives_it():
    lines = in_column(["Ms. A One"], ["Mr. B Two; Ms. C Three", "Panelist: D Four"], "Moderator / អ្នកសម្របសម្រួល")

    assert lines == ["Ms. A One", "Moderator: Mr. B Two", "Moderator: Ms. C Three", "Panelist: D Four"]
    assert in_column([], ["Ms. A One"], "Trainer") == ["Ms. A One"]
    assert in_column([], ["Speakers: Dr. A One", "Ms. B Two"], "Chair") == ["Speakers: Dr. A One", "Ms. B Two"]
    assert in_column([], ["Ms. A One"], "Chair/Speakers") == ["Ms. A One"]


@pytest.mark.parametrize(
    ("people", "origins", "said"),
    [
        (["A One"], ["Sample Fund"], ["A One, Sample Fund"]),
        (["A One", "B Two"], ["Fund", "Bank"], ["A One, Fund", "B Two, Bank"]),
        (["A One"], ["Dean", "Sample University"], ["A One, Dean, Sample University"]),
        (["A One", "B Two"], ["Fund"], ["A One, Fund", "B Two, Fund"]),
        (["A One", "B Two"], ["Fund", "Bank", "Club"], ["A One", "B Two", "Fund", "Bank", "Club"]),
        (["A One, B Two"], ["Fund"], ["A One, Fund", "B Two, Fund"]),
        (["A One, B Two"], ["Fund / Bank"], ["A One, Fund", "B Two, Bank"]),
        (["A One, Director"], ["Fund"], ["A One, Director, Fund"]),
    ],
)
def test_column_of_organisations_goes_to_the_people(people, origins, said):
    assert with_origins(people, origins) == said


@pytest.mark.parametrize(
    ("line", "title"),
    [("Open maps, by Dr. A One", "Open maps"), ("Open maps –\nSample One", "Open maps")],
)
def test_sign_that_led_to_the_person_does_not_stay_in_the_title(line, title):
    assert read_wording(line.split("\n"), Known()).title == title


def test_line_that_names_the_room_is_the_room():
    wording = read_wording(["Open maps", "Room: Library"], Known())

    assert (wording.room, wording.description) == ("Library", [])


@pytest.mark.parametrize("line", ["Ms. A One", "Sample Person, Director, ODC", "លោក ក ខ", "H.E. Sample One (MPTC)"])
def test_line_that_names_a_person(line):
    assert is_person(line)


@pytest.mark.parametrize(
    "line",
    [
        "Dr. One will speak about maps",
        "Sample Words, ODC",
        "The study, director says, is new",
        "Open Data, Director",
        "Field Visit, student groups",
    ],
)
def test_line_that_says_more(line):
    assert not is_person(line)


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("Trainer", Role.SPEAKER),
        ("Interpreter", Role.INTERPRETER),
        ("Moderators:", Role.MODERATOR),
        ("អ្នកសម្របសម្រួល", Role.FACILITATOR),
        ("Room", ""),
    ],
)
def test_heading_of_a_column_names_a_role(word, role):
    assert role_named(word) == role


def test_organisations_of_a_cell_are_known():
    found = Known([ODC, TAF]).people("Moderator: Ms. A One, ODC\nThe Asia Foundation [TBC]")

    assert [(one.name, one.organisation, one.role, one.is_to_be_confirmed) for one in found] == [
        ("Ms. A One, ODC", "odc", Role.MODERATOR, False),
        ("The Asia Foundation", "taf", "", True),
    ]


@pytest.mark.parametrize(
    "title",
    [
        "Automated security testing for Software Developers who want to sleep.",
        "What the Ministry of Samples Can Do For You?",
        "From Paper to Data at North Carolina State University",
    ],
)
def test_title_is_not_cut_at_a_capital(title):
    assert read_wording([title], Known()).title == title


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [("Session 1: Maps", "Session 1", "Maps"), ("Panel discussion: what next?", "", "Panel discussion: what next?")],
)
def test_label_of_a_column_of_titles_is_one_that_counts(text, label, title):
    wording = read_wording([text], Known(), whole=True)

    assert (wording.label, wording.title) == (label, title)


def test_title_of_a_column_of_titles_is_not_cut_beside_a_column_of_people():
    title = "From Paper to Data This is how we did it in our province, by Ms. Sample One."

    wording = read_wording([title, "Ms. Sample Two"], Known(), whole=True, has_people=True)

    assert (wording.title, [one.name for one in wording.people]) == (title, ["Ms. Sample Two"])
