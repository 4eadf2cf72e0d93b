"""Plain text, Markdown and text with separators, out of the box and out of files."""

import pytest

from agenda.importing.reading.document import Paragraph
from agenda.importing.reading.sources import read_file, read_pasted


def cells(document):
    """The one table, as {number of a row: {column: text}}."""
    (table,) = document.blocks
    return {row.number: {cell.column: cell.text for cell in row.cells} for row in table.rows}


LINES = "9:00 – 9:30 Opening\n• Talk – and more\n\n- One\n– Two\n1) Three"


def test_lines_are_paragraphs_and_keep_their_dashes():
    assert read_pasted(LINES).blocks == (
        Paragraph("9:00 – 9:30 Opening", 1),
        Paragraph("Talk – and more", 2, bullet=True),
        Paragraph("One", 4, bullet=True),
        Paragraph("Two", 5, bullet=True),
        Paragraph("1) Three", 6),
    )
    assert read_file("a.txt", LINES.encode()).blocks == read_pasted(LINES).blocks


def test_answered_mail_is_read_without_its_signs():
    document = read_pasted("> 9:00 Opening\n>> - One\n>\n> 9:30 Break\nBest")

    assert [block.text for block in document.blocks] == ["9:00 Opening", "One", "9:30 Break", "Best"]


def test_table_that_is_set_with_spaces():
    found = cells(
        read_pasted(
            "Time      Title        Room\n9:00      Open maps    Hall\n              of rivers\n9:30      Break"
        )
    )

    assert found == {
        1: {0: "Time", 1: "Title", 2: "Room"},
        2: {0: "9:00", 1: "Open maps", 2: "Hall"},
        3: {1: "of rivers"},
        4: {0: "9:30", 1: "Break"},
    }


def test_table_that_is_set_with_bars():
    found = cells(read_pasted("Day 1 | ថ្ងៃទី១\n9:00 | Open maps | ផែនទី\n9:30 | Break | សម្រាក"))

    assert found[2] == {0: "9:00", 1: "Open maps", 2: "ផែនទី"}


def test_gaps_in_a_text_make_no_table_of_it():
    assert len(read_pasted("Dear all,   hello\n9:00 Opening\n9:30 Talk    (Hall)\n10:00 Break").blocks) == 4


MARKDOWN = """\
# Agenda of **2030** #

| Time | Title |
|------|:-----:|
| 9:00 | Open *maps* of [rivers](https://example.org/a_b) \\| lakes |
| 9:30 | **Talk** _NAME_ |

Day 2
-----

1. 9:00 Opening **Dr. NAME**
- [x] 9:30 snake_case and 5 * 3
> said &amp; done<br>`code`
~~gone~~ ![map](m.png)
"""


@pytest.mark.parametrize("read", [read_pasted, lambda text: read_file("a.md", text.encode())])
def test_markdown(read):
    document = read(MARKDOWN)

    heading, table, *lines = document.blocks
    assert (heading.text, heading.level) == ("Agenda of 2030", 1)
    assert [(row.number, [cell.text for cell in row.cells]) for row in table.rows] == [
        (3, ["Time", "Title"]), (5, ["9:00", "Open maps of rivers | lakes"]), (6, ["9:30", "Talk\nNAME"]),
    ]  # fmt: skip
    assert lines == [
        Paragraph("Day 2", 8, level=2),
        Paragraph("9:00 Opening\nDr. NAME", 11, bullet=True),
        Paragraph("9:30 snake_case and 5 * 3", 12, bullet=True),
        Paragraph("said & done\ncode", 13),
    ]
    assert [(left.where, left.text) for left in document.left_out] == [("row 14", "gone"), ("row 14", "map")]


def test_table_of_html_in_markdown():
    heading, table, last = read_pasted(
        "## Day 1\n\n<table>\n<tr><td rowspan=2>9:00</td>\n<td>A</td></tr>\n</table>\n\nEnd"
    ).blocks

    assert (heading.level, [cell.rows for cell in table.rows[0].cells], last.text) == (2, [2, 1], "End")


@pytest.mark.parametrize(
    "text",
    ["Time | Title\n--- | ---\n9:00 | Open maps", "| Time | Title |\n|---+---|\n| 9:00 | Open maps |",
     "+------+-------+\n| Time | Title |\n+======+=======+\n| 9:00 | Open maps |\n+------+-------+",
     "┌──────┬───────┐\n│ Time │ Title │\n├──────┼───────┤\n│ 9:00 │ Open maps │\n└──────┴───────┘"],
)  # fmt: skip
def test_tables_that_are_drawn_with_bars(text):
    assert [list(row.values()) for row in cells(read_pasted(text)).values()] == [
        ["Time", "Title"],
        ["9:00", "Open maps"],
    ]


RULED = {
    "heading": """\
  Time            Title                Who
  --------------- -------------------- ------
  9:00 -- 9:30    ការបើក               NAME
                  and more
  10:00           Break

After""",
    "no heading": """\
  ------- ------------- ------
  Time    Title         Who
  9:00    ការបើក        NAME
  10:00   Break
  ------- -------------

After""",
    "wrapped": """\
  -----------------------------
  Time    Title         Who
  ------- ------------- -------
  9:00    ការបើក of      NAME
          maps

  10:00   Break
  -----------------------------

After""",
    "boxes": """\
+------+--------+------+
| Time | Title  | Who  |
+======+========+======+
| 9:00 | ការបើក  | NAME |
|      | of     |      |
|      |        | ODC  |
|      | maps   |      |
+------+--------+------+
| 10:00| Break  |      |
+------+--------+------+

After""",
}


@pytest.mark.parametrize("kind", RULED)
def test_tables_whose_columns_are_ruled_with_dashes(kind):
    table, after = read_pasted(RULED[kind]).blocks

    first, *others, last = [[cell.text for cell in row.cells] for row in table.rows]
    assert (first, last, after.text) == (["Time", "Title", "Who"], ["10:00", "Break"], "After")
    assert others[0][1:] == {"wrapped": ["ការបើក of maps", "NAME"], "boxes": ["ការបើក of\nmaps", "NAME\nODC"]}.get(
        kind, ["ការបើក", "NAME"]
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found_although_others_stand_in_the_titles(separator):
    rows = [["Programme of the day"], ["Time", "Title", "Who"], ["9:00", '"Maps, and; rivers | lakes"', "NAME, ODC"],
            ["", '"two\nlines"', ""], ["9:30", "Break", ""]]  # fmt: skip
    rows[2][2] = f'"{rows[2][2]}"'

    found = cells(read_file("a.csv", "\n".join(separator.join(row) for row in rows).encode()))

    assert found == {
        1: {0: "Programme of the day"},
        2: {0: "Time", 1: "Title", 2: "Who"},
        3: {0: "9:00", 1: "Maps, and; rivers | lakes", 2: "NAME, ODC"},
        4: {1: "two\nlines"},
        5: {0: "9:30", 1: "Break"},
    }


def test_separator_that_excel_names_in_the_first_line():
    assert cells(read_file("a.csv", b"sep=;\r\n9:00;a,b,c;d,e,f")) == {1: {0: "9:00", 1: "a,b,c", 2: "d,e,f"}}


def test_text_with_separators_in_the_box():
    assert cells(read_pasted("9:00;Opening;Hall\n9:30;Talk, and more;Hall"))[2] == {
        0: "9:30", 1: "Talk, and more", 2: "Hall",
    }  # fmt: skip
    assert len(read_pasted("9:00 Opening, with tea, and cake\n9:30 Talk\n10:00 Break, tea").blocks) == 3


@pytest.mark.parametrize(
    ("encoding", "text", "guessed"),
    [
        ("utf-8", "ផែនទី", ""), ("utf-8-sig", "ផែនទី", ""), ("utf-16", "ផែនទី", ""), ("utf-16-le", "Maps of rivers", ""),
        ("utf-16-be", "Maps of rivers", ""), ("cp1252", "Séance d’ouverture", "Western European"),
        ("cp874", "พิธีเปิด 9:00", "Thai"),
    ],
)  # fmt: skip
def test_alphabets_of_a_text(encoding, text, guessed):
    document = read_file("a.txt", text.encode(encoding))

    assert [block.text for block in document.blocks] == [text]
    assert [guessed in left.reason for left in document.left_out] == [True] * bool(guessed)


def test_alphabet_that_a_page_names():
    page = '<meta charset="windows-1258"><p>Đ'.encode("cp1258")

    assert read_file("a.html", page).blocks[0].text == "Đ"
    assert read_file("a.html", page.replace(b"windows-1258", b"no-such-name")).left_out != ()


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_khmer_that_a_program_took_for_another_script_is_put_right(wrong):
    line = "9:00 ការបើកសិក្ខាសាលា"
    garbled = "".join(
        bytes([byte]).decode(wrong if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for byte in line.encode()
    )

    document = read_pasted(f"{garbled}\nSéance à 9:00\n")

    assert [block.text for block in document.blocks] == [line, "Séance à 9:00"]
    assert ["garbled" in left.reason for left in document.left_out] == [True]


def test_cell_of_several_paragraphs_as_word_puts_it_on_several_lines():
    text = (
        "8:00-9:00\tRegistration\tTeam\tLobby\n"
        "9:00-10:00\tSession 1\n- method\n\n- numbers\tDr. Sample\tHall\n"
        "10:00-10:15\tBreak\n"
        "10:15-11:00\tPanel\tMs. Sample A\nMr. Sample B\tHall\n"
        "11:00\tEnd\nDay 2\t\t\n"
        "8:00-9:00\tRecap\tTeam\tHall\n"
    )
    (table,) = read_pasted(text).blocks

    assert [(row.number, [cell.text for cell in row.cells]) for row in table.rows] == [
        (1, ["8:00-9:00", "Registration", "Team", "Lobby"]),
        (2, ["9:00-10:00", "Session 1\n- method\n- numbers", "Dr. Sample", "Hall"]),
        (6, ["10:00-10:15", "Break"]),
        (7, ["10:15-11:00", "Panel", "Ms. Sample A\nMr. Sample B", "Hall"]),
        (9, ["11:00", "End"]),
        (10, ["Day 2"]),
        (11, ["8:00-9:00", "Recap", "Team", "Hall"]),
    ]
