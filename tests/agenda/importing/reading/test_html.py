"""HTML is read as a browser shows it: merged cells, lists, headings, and nothing that is struck out or hidden."""

import pytest

from agenda.importing.reading.document import Paragraph, Table
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.sources import read_file, read_pasted


def rows(html):
    """The one table, as (column, text, columns, rows) of each cell."""
    (table,) = [block for block in read_pasted(html).blocks if isinstance(block, Table)]
    return [[(cell.column, cell.text, cell.columns, cell.rows) for cell in row.cells] for row in table.rows]


def texts(html):
    return [block.text for block in read_file("a.html", html.encode()).blocks]


def test_cells_stand_in_their_columns_below_and_beside_merged_ones():
    found = rows("<table><tr><td rowspan=2>9:00<td>A<td colspan=2>B<tr><td>C<td><td>D<tr><td>10:00</table>")

    assert found == [
        [(0, "9:00", 1, 2), (1, "A", 1, 1), (2, "B", 2, 1)],
        [(1, "C", 1, 1), (3, "D", 1, 1)],
        [(0, "10:00", 1, 1)],
    ]


@pytest.mark.parametrize("html", ["<table><td>a<td>b</table>", "<td>a<td>b", "<tr><td>a</td><td>b</td></tr>"])
def test_piece_of_a_table_is_a_table(html):
    assert rows(html) == [[(0, "a", 1, 1), (1, "b", 1, 1)]]


@pytest.mark.parametrize(
    "before", ["<meta charset='utf-8'><google-sheets-html-origin><style><!--td {}--></style>", "<title>T</title><o:p>"]
)
def test_table_that_the_parser_puts_into_the_head_is_read(before):
    assert rows(f"{before}<table><tr><td>a<td>b</table>") == [[(0, "a", 1, 1), (1, "b", 1, 1)]]


def test_words_between_the_cells_of_a_table_stand_before_it():
    blocks = read_pasted("<table>Day 1<caption>Hall</caption><tr>late<td>9:00</table>").blocks

    assert " ".join(block.text for block in blocks[:-1]) == "Day 1 Hall late"


def test_page_without_a_table_is_headings_items_and_paragraphs():
    found = read_pasted("<h2>Day <b>1</b></h2><ul><li>9:00 A<ul><li><p>B</p><p>more</p></ul><li></ul><p>9:30<br>C")

    assert found.blocks == (
        Paragraph("Day 1", 1, level=2),
        Paragraph("9:00 A", 2, bullet=True),
        Paragraph("B", 3, bullet=True),
        Paragraph("more", 4),
        Paragraph("9:30\nC", 5),
    )


def test_lines_with_times_in_one_paragraph_are_paragraphs():
    assert texts("<p>9 March<br>9:00 A<br>10:00 B<br>by C</p><p>11:00<br>D</p>") == [
        "9 March", "9:00 A", "10:00 B", "by C", "11:00\nD",
    ]  # fmt: skip


def test_spaces_are_as_a_browser_shows_them():
    assert texts("<p>one\n  two&nbsp; <span>three</span>\t<a href=x>four</a></p><pre>a\nb</pre>") == [
        "one two three four", "a\nb",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Open maps <i>NAME, ODC</i></p>", "Open maps\nNAME, ODC"),
        ("<p>Open maps <b>Dr. NAME</b></p>", "Open maps\nDr. NAME"),
        ("<p>Why <b>maps</b>?</p>", "Why maps?"),
        ("<p><b>Open maps</b> <i>NAME</i></p>", "Open maps\nNAME"),
        ("<h2>Open maps <em>NAME</em></h2>", "Open maps\nNAME"),
        (
            "<style>.c1{color:red;font-style:italic}</style><p>Open maps <span class='c0 c1'>NAME</span>",
            "Open maps\nNAME",
        ),
        ("<p>An <i>open</i> map</p>", "An open map"),
        ("<p>Introduction to <b>CKAN</b></p>", "Introduction to CKAN"),
        ("<p>Speaker: <b>NAME</b></p>", "Speaker: NAME"),
        ("<p>open<i>ness</i>!</p>", "openness!"),
        ("<p><i>All of it</i></p>", "All of it"),
        ('<b style="font-weight:normal"><span>Open maps</span><span> of rivers</span></b>', "Open maps of rivers"),
    ],
)
def test_emphasis_at_the_end_of_a_line_is_a_line_of_its_own(html, text):
    assert texts(html) == [text]


@pytest.mark.parametrize(
    ("hidden", "reason"),
    [
        ("<del>9:00</del>", "struck out"),
        ("<s>9:00</s>", "struck out"),
        ("<span style='text-decoration: line-through'>9:<i>00</i></span>", "struck out"),
        ("<span class=c2>9:00</span>", "struck out"),
        ("<span hidden>9:00</span>", "hidden"),
        ("<span style='mso-hide:all'>9:00</span>", "hidden"),
        ("<div style='display:none'>9:00</div>", "hidden"),
        ("<span class=c3>9:00</span>", "hidden"),
    ],
)
def test_what_is_struck_out_or_hidden_is_named_and_not_read(hidden, reason):
    style = (
        "<style>td.x, .c2 {text-decoration:line-through} .c3{display:none} @media print {.c4{display:none}}</style>"
    )
    page = f"{style}<table><tr><td>Title<td class=c4>{hidden} 10:00</table>"

    document = read_pasted(page)

    assert [cell.text for cell in document.blocks[0].rows[0].cells] == ["Title", "10:00"]
    (left,) = document.left_out
    assert (left.where, left.text) == ("row 1", "9:00")
    assert reason in left.reason


def test_hidden_rows_count_and_are_named():
    document = read_pasted("<table><tr><td>a<tr style='display:none'><td>b<td>c<tr><td>d</table>")

    assert [row.number for row in document.blocks[0].rows] == [1, 3]
    assert [(left.where, left.text) for left in document.left_out] == [("row 2", "b c")]


def test_table_that_only_arranges_a_page_is_opened():
    inner = "<h1>Day 1</h1><table><tr><td>9:00<td>A</table>"

    heading, table = read_pasted(f"<table><tr><td><td>{inner}<td></table>").blocks

    assert (heading.text, heading.level, [cell.text for cell in table.rows[0].cells]) == ("Day 1", 1, ["9:00", "A"])


def test_table_in_a_cell_is_lines_of_the_cell():
    inner = "<table><tr><td>9:10<td><p>A<p>B<tr><td>9:20<td>C</table>"

    assert rows(f"<table><tr><td>9:00<td>Talks{inner}</table>")[0][1][1] == "Talks\n9:10 A B\n9:20 C"


def test_tables_are_named_where_there_are_several():
    first, day, second = read_pasted("<table><tr><td>a<td><s>x</s></table><p>Day 2<table><tr><td>b</table>").blocks

    assert (first.part, day.part, second.part) == ("Table 1", "", "Table 2")


def test_dots_and_numbers_that_word_writes_before_an_item_are_no_text():
    marker = "<![if !supportLists]><span style='mso-list:Ignore'>%s<span>&nbsp; </span></span><![endif]>"

    found = read_pasted("".join(f"<p>{marker % text}Open maps</p>" for text in ("·", "1.", "Session 1:")))

    assert [(block.text, block.bullet) for block in found.blocks] == [
        ("Open maps", True), ("Open maps", True), ("Session 1: Open maps", True),
    ]  # fmt: skip


def test_page_that_is_nested_too_deep_is_refused():
    """The parser drops the rest of such a page without a word."""
    with pytest.raises(Unreadable, match="nested too deep"):
        read_pasted("<div>" * 300 + "x" + "</div>" * 300 + "<p>9:00 Opening</p>")


@pytest.mark.parametrize(
    ("tag", "is_read"),
    [
        (f"<img src='data:image/png;base64,{'a/b=' * 5000}'>", True),
        (f"<p>{'word ' * 5000}", True),
        (f"<p title='{'a=b ' * 5000}'>", True),
        (f"<p {' '.join(map(str, range(5000)))}>", False),
        (f"""<p a==" b=">" {" ".join(map(str, range(5000)))}>""", False),
    ],
)
def test_tag_with_thousands_of_attributes_is_refused(tag, is_read):
    """With 150,000 of them the parser ran for ten minutes."""
    page = f"<div>{tag}</p><p>9:00</p></div>"
    if is_read:
        assert read_pasted(page).blocks[-1].text == "9:00"
    else:
        with pytest.raises(Unreadable, match="too large inside"):
            read_pasted(page)


def test_rules_for_paper_hold_not_on_the_screen():
    css = "/* p{display:none} */ @media print{p{display:none}} @import 'x'; .c{display:none} } p.d{display:none"

    assert texts(f"<style>{css}</style><p>9:00<p class=c>x<p class=d>y") == ["9:00", "y"]


def test_list_of_the_sheets_in_a_page_that_libreoffice_saves_is_named():
    document = read_pasted("<p><a href='#table0'>Day 1</a><br></p><h1><em>Day 1</em></h1><table><tr><td>9:00</table>")

    assert [block.text for block in document.blocks[:-1]] == ["Day 1"]
    assert [left.text for left in document.left_out] == ["Day 1"]


def test_pictures_are_said():
    (left,) = read_pasted("<p>9:00 A<img src=x><img src=y></p>").left_out

    assert "words in a picture are not read" in left.reason


def test_single_tags_in_plain_text_make_no_page_of_it():
    (table,) = read_pasted("9:00\tOpen maps <i>NAME</i>\n9:30\tBreak<div></div>").blocks

    assert [row.cells[1].text for row in table.rows] == ["Open maps\nNAME", "Break"]
