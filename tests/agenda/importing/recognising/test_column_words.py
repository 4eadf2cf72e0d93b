"""Headings as agendas print them over their columns."""

import pytest

from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role, column_roles, heading_roles

# One heading a line would be 200 lines: they are parted by semicolons.
SAID = {
    ColumnRole.TIME: (
        "Time;TIME:;Times;Time / ពេលវេលា;ពេលវេលា\nTime;Time (ICT);Date & Time;Date/Time;From – To;"
        "Start – End;Time slot;ម៉ោង;កាលវិភាគ;Heure;Horaires;เวลา;Thời gian;Waktu;Jam;Pukul;⏰ Time;"
        "Tentative time;Timing;ម៉ោង\u200b"
    ),
    ColumnRole.START: ("Start;Start time;From;Begin;ម៉ោងចាប់ផ្តើម;ម៉ោងចាប់ផ្ដើម;Heure de début;Mulai;Bắt đầu"),
    ColumnRole.END: ("End;End time;To;Finish;ម៉ោងបញ្ចប់;Fin;Selesai;Kết thúc;สิ้นสุด"),
    ColumnRole.DURATION: (
        "Duration;Duration (min);Scheduled Duration;"
        "Time (minutes);Minutes;Length;រយៈពេល;រយៈពេល (នាទី);Durée;Durasi;Thời lượng;ระยะเวลา"
    ),
    ColumnRole.DATE: ("Date;Day;ថ្ងៃ;កាលបរិច្ឆេទ;ថ្ងៃ ខែ ឆ្នាំ;Hari/Tanggal;Ngày;วันที่;Jour"),
    ColumnRole.NUMBER: ("No;No.;N°;#;Nr.;S/N;ល.រ;ល.រ.;ល.រ៖;STT;ลำดับ;Session No."),
    ColumnRole.TITLE: (
        "Title;Topic;Topics;Activity;Activities;Agenda;Agenda item;Session title and speaker;"
        "Activity / Facilitator;Session Title;Title of session;Topic/Content;Training topic;Sessions;"
        "សកម្មភាព;ប្រធានបទ;ខ្លឹមសារ / Content;Nội dung;Acara;Kegiatan;Sujet;Activité;หัวข้อ;"
        "Topic/Methodology;Session(s);Activity:"
    ),
    ColumnRole.TITLE_EN: ("Title (English);English;Title_en;Session title (EN);ភាសាអង់គ្លេស;Topic in English"),
    ColumnRole.TITLE_KM: ("Title (Khmer);ខ្មែរ;ភាសាខ្មែរ;Title km;ចំណងជើងជាភាសាខ្មែរ;Activity (KH)"),
    ColumnRole.DESCRIPTION: ("Description;Notes;Abstract;កំណត់សម្គាល់;ផ្សេងៗ;Remarques;Ghi chú;Keterangan"),
    ColumnRole.PEOPLE: (
        "Speaker;Speaker(s);Speakers;Trainer;Resource person;Resource Persons;Lead;Moderator;"
        "Person in charge;PIC;Responsible;Responsible person;Lead facilitator;Name of speaker;"
        "Proposed speakers;Speaker / Organization;Speaker name;Facilitators;Led by;MC;Session chair;"
        "អ្នកសម្របសម្រួល;អ្នកទទួលបន្ទុក;អ្នកទទួលខុសត្រូវ;វាគ្មិន;ឈ្មោះវាគ្មិន;Intervenant(e)s;"
        "Intervenants;Narasumber;Penanggung Jawab;Diễn giả;Người phụ trách;วิทยากร;ผู้รับผิดชอบ;"
        "Presenter/Facilitator;Speaker 1;Speaker 2;Panelist 3;អធិបតីភាព/វាគ្មិន;អ្នកនាំមុខ;Animateur·rice;Intervenant·e·s"
    ),
    ColumnRole.ROOM: ("Room;Venue;Location;ទីកន្លែង;បន្ទប់;Salle;Tempat;Ruangan;Địa điểm;ห้อง"),
    ColumnRole.TRACK: ("Track;Tracks;Stream"),
    ColumnRole.LANGUAGE: ("Language;ភាសា;Langue;Bahasa;English / Khmer"),
    ColumnRole.IGNORED: (
        "Status;E-mail;Phone no.;Contact;Notes for the team;Cost (USD);លេខទូរស័ព្ទ;E-mail intervenant;Zoom link;"
        "អាហារពិសេស;ប្រាក់ឧបត្ថម្ភ;Dị ứng;Makanan khusus;Timestamp;"
        "Do you need a visa?;AV / Sound;Budget ($);Seats;Max. participants;Price (USD);Session code"
    ),
    ColumnRole.OTHER: ("Methodology;Materials;Objectives;Number of participants;សម្ភារៈ;Type;Format"),
}
NOT_SAID = (
    ";Opening;Coffee break;Lunch;Data for all;9:00 – 9:30;Welcome remarks by the host;Registration;"
    "Open data and the budget;Room A;Hall 1;Day 1;March 26;Time to act;Session 1: Maps;"
    "A day of data;From data to action;ពិធីបើក;"
    "Time for questions and answers from the floor, and a word of thanks to all hosts here"
)


@pytest.mark.parametrize("role", SAID)
def test_heading_says_what_its_cells_are(role):
    assert {text: column_role(text) for text in SAID[role].split(";")} == dict.fromkeys(SAID[role].split(";"), role)


def test_other_words_are_no_headings():
    assert {text: column_role(text) for text in NOT_SAID.split(";")} == dict.fromkeys(NOT_SAID.split(";"))


@pytest.mark.parametrize(
    ("row", "roles"),
    [
        ("Time|Topic|Trainer", "time title people"),
        ("Time|Duration|Activity", "time duration title"),
        ("No|Time|Activity", "number time title"),
        ("Time|Theme|Speaker", "time title people"),
        ("Time|Track|Title", "time track title"),
        ("Time|Session|Topic|Resource person", "time other title people"),
        ("Time|Activity|Content", "time title description"),
        ("Time|Description|Responsible", "time title people"),
        ("ល.រ|កាលវិភាគ|សកម្មភាព|អ្នកសម្របសម្រួល", "number time title people"),
        ("Time|Schedule", "time title"),
        ("Time|Title|Speaker|Position|Organisation", "time title people people people"),
        ("Time|Title|Position", "time title other"),
        ("Time|Full name|Title of your session", "time people title"),
        ("Time|Item|Speaker|Person in charge", "time title people ignored"),
        ("Time|Item|Person in charge", "time title people"),
    ],
)
def test_row_of_headings_has_one_title(row, roles):
    assert [str(role) for role in heading_roles(row.split("|"))] == roles.split()


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Notes for organisers", ColumnRole.IGNORED),
        ("Remarks to the speaker", ColumnRole.DESCRIPTION),
        ("Number of speakers", ColumnRole.OTHER),
        ("Time of session", ColumnRole.TIME),
        ("Name of the speaker", ColumnRole.PEOPLE),
        ("Speaker's needs", None),
        ("Person hours", None),
        ("Contact e-mail of speaker", ColumnRole.IGNORED),
    ],
)
def test_first_word_of_a_long_heading_says_what_it_is_about(heading, role):
    assert column_role(heading) == role


def test_theme_is_a_title_where_there_is_no_other():
    assert ColumnRole.TITLE in column_roles("Theme")
