"""What the travel desk works with, and what it prints."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from openpyxl import load_workbook

from registration import links
from registration.choices import Currency, Expense, Look, Paid, Sharing
from registration.models import AccessLog, HotelBill, HotelRoom, Stay, TravelDecision, TravelExpense
from registration.signing_up import transitions
from registration.travel import support
from tests.pages import links as links_of
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of
from tests.travel_factories import decide, make_budget, make_expense, make_request, make_room

DESK = "/admin/registration/travelrequest/"
FIRST, SECOND = date(2024, 3, 25), date(2024, 3, 26)
PAGES = ["letters/", "to-sign/", "rooms/", "rooms.xlsx"]


@pytest.fixture
def asked(edition):
    return make_request(
        edition,
        nights=[FIRST, SECOND],
        name_on_id="KUMROU Sakalbang Id",
        share_with="GUMROU Friend",
        province="11",
    )


@pytest.fixture
def desk(client, db):
    return member_of("Travel desk", client)


@pytest.fixture
def approver(client, db):
    return member_of("Travel approvers", client)


def page_of(travel_request):
    return f"{DESK}{travel_request.pk}/change/"


def decision_data(**changes):
    data = {"accommodation": "yes", "transport": "yes", "daily": "no", "note": "Take the morning bus."}
    amounts = {"accommodation_amount": "", "transport_amount": "៤០,០០០", "daily_amount": ""}
    return {**data, **amounts, **changes}


def send_decision(client, travel_request, **changes):
    return client.post(f"{DESK}{travel_request.pk}/decision/", decision_data(**changes), follow=True)


def expense_data(*lines):
    data = {"expenses-TOTAL_FORMS": len(lines), "expenses-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        data |= {f"expenses-{number}-{name}": value for name, value in line.items()}
    return data


def test_desk_shows_the_undecided_first_with_names_and_the_look_leaves_a_line(desk, asked, edition):
    done = make_request(edition)
    TravelDecision.objects.create(
        travel_request=done,
        **dict.fromkeys(("accommodation", "transport", "daily"), Paid.YES),
        decided_at="2024-03-01T08:00Z",
    )

    text = read(desk.get(DESK))

    undecided, decided = (text.index(row.registration.spoken_code) for row in (asked, done))
    assert undecided < decided
    assert "not decided" in text[undecided:decided]
    assert "-decided" in text[decided:]
    assert "Mondulkiri" in text
    assert "March 25–26, 2024" in text
    assert "KUMROU Sakalbang" in text
    assert "KUMROU Sakalbang Id" not in text
    look = AccessLog.objects.get()
    assert (look.look, look.subject, look.count) == (Look.VIEW, "travel requests", 2)
    assert look.columns == "registration, name, province, nights, decision, status"


def test_approver_who_sees_no_registrations_reads_no_name_in_the_list_or_on_the_page(approver, asked):
    for page in (DESK, page_of(asked)):
        text = read(approver.get(page))
        assert asked.registration.spoken_code in text
        assert asked.registration.shown_name not in text.replace(asked.name_on_id, "")
    assert "name, " not in AccessLog.objects.get(subject="travel requests").columns


def test_page_of_a_request_names_the_person(desk, asked):
    assert asked.registration.shown_name in read(desk.get(page_of(asked))).replace(asked.name_on_id, "")


def test_part_that_is_not_decided_keeps_a_request_among_the_undecided(desk, asked, edition):
    decide(asked, daily="")

    assert [row.is_decided for row in desk.get(DESK).context["cl"].result_list] == [False]


def test_mistake_far_down_the_page_is_said_on_top(desk, asked):
    response = desk.post(f"{DESK}{asked.pk}/room/", {"room": ""})

    assert "Please correct what is marked below. Nothing was saved." in read(response)


def test_desk_says_what_is_left_or_over(desk, asked, edition):
    make_budget(edition, amount="100000")
    decide(asked, transport_amount="40000")
    assert "Within the budget: KHR 60,000 is left." in read(desk.get(DESK))

    make_expense(asked, paid="140000")

    assert "Over the budget: KHR 40,000 more is committed than there is." in read(desk.get(DESK))


def test_desk_without_a_budget_says_so(desk, asked):
    assert "No travel budget is set." in read(desk.get(DESK))


def test_page_of_a_request_shows_what_was_asked_and_leaves_a_line(desk, asked):
    text = read(desk.get(page_of(asked)))

    assert "GUMROU Friend" in text
    assert "KUMROU Sakalbang Id" in text
    look = AccessLog.objects.get()
    assert (look.look, look.subject) == (Look.VIEW, f"travelrequest {asked}")
    assert "GUMROU" not in look.columns


def test_desk_prepares_but_does_not_decide(desk, asked):
    assert "Save the decision" not in desk.get(page_of(asked)).content.decode()

    assert send_decision(desk, asked).status_code == 403
    assert not TravelDecision.objects.exists()


def test_approver_decides_and_does_not_move_people_or_money(approver, asked):
    text = read(send_decision(approver, asked))

    assert "Saved. The person is told." in text
    decision = TravelDecision.objects.get()
    assert (decision.transport_amount, decision.daily, decision.decided_by.username) == (
        Decimal(40_000),
        Paid.NO,
        "Travel approvers",
    )
    for step in ("room", "expenses"):
        assert approver.post(f"{DESK}{asked.pk}/{step}/").status_code == 403


def test_decision_leaves_no_words_in_the_admin_log(approver, asked):
    send_decision(approver, asked)

    line = LogEntry.objects.get()
    assert (line.object_repr, line.change_message) == (str(asked), "Saved. The person is told.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "not below zero"),
        ("forty", "in digits"),
        ("0.50", "whole riel"),
        ("99999999999999", "12 digits"),
    ],
)
def test_odd_amount_is_explained_and_nothing_typed_is_lost(approver, asked, typed, said):
    response = send_decision(approver, asked, transport_amount=typed)

    assert said in read(response)
    assert f'value="{typed}"' in response.content.decode()
    assert "Take the morning bus." in response.content.decode()
    assert not TravelDecision.objects.exists()


@pytest.mark.parametrize("typed", ["40000", "40,000", "40.000", "៤០ ០០០", "40 000 ៛"])
def test_amount_is_read_as_people_write_it(approver, asked, typed):
    send_decision(approver, asked, transport_amount=typed)

    assert TravelDecision.objects.get().transport_amount == Decimal(40_000)


def test_dollars_have_cents(approver, asked, edition):
    make_budget(edition, currency=Currency.USD)

    send_decision(approver, asked, transport_amount="1,012.50")

    assert TravelDecision.objects.get().transport_amount == Decimal("1012.50")


def test_amount_where_nothing_is_paid_is_refused(approver, asked):
    assert "An amount goes with" in read(send_decision(approver, asked, transport="no"))


def test_desk_puts_a_person_and_their_assistant_to_bed(desk, asked, edition):
    room = make_room(edition, beds=2)
    data = {"room": room.pk, "nights": [FIRST.isoformat()]}
    desk.post(f"{DESK}{asked.pk}/room/", data)

    response = desk.post(
        f"{DESK}{asked.pk}/room/", data | {"is_assistant": "on", "assistant_name": "GUMROU Assistant"}, follow=True
    )

    assert "Sample Hotel, 101 (for the assistant: GUMROU Assistant)" in read(response)
    assert Stay.objects.count() == 2


def test_full_room_is_explained_and_the_choice_kept(desk, asked, edition):
    room = make_room(edition)
    support.put_into_room(make_request(edition), room, [FIRST])

    response = desk.post(f"{DESK}{asked.pk}/room/", {"room": room.pk, "nights": [FIRST.isoformat()]})

    assert "All beds of this room are taken: March 25, 2024." in read(response)
    assert f'<option value="{room.pk}" selected>' in response.content.decode()
    assert not asked.stays.exists()


def test_desk_takes_a_person_out(desk, asked, edition):
    support.put_into_room(asked, make_room(edition), [FIRST, SECOND])

    desk.post(f"{DESK}{asked.pk}/room/", {"room": "", "nights": [FIRST.isoformat()]})

    assert asked.stays.get().night == SECOND


def test_nights_that_were_asked_for_are_ticked(desk, asked):
    form = desk.get(page_of(asked)).context["room_form"]

    assert form["nights"].initial == ["2024-03-25", "2024-03-26"]


def test_unmet_wishes_are_said(desk, edition):
    wish = make_request(edition, step_free_room=True, sharing=Sharing.ALONE)
    room = make_room(edition, beds=2)
    for travel_request in (wish, make_request(edition)):
        support.put_into_room(travel_request, room, [FIRST])

    for page in (page_of(wish), f"{DESK}rooms/"):
        text = read(desk.get(page))
        assert "Asked for a room without steps." in text
        assert "Asked for a room alone." in text


def test_desk_notes_what_was_paid_and_who_did(desk, asked):
    there = {"kind": "there", "planned": "25,000", "paid": "20000", "paid_on": "2024-03-26"}
    daily = {"kind": "daily", "day": "2024-03-26", "planned": "30000"}

    desk.post(f"{DESK}{asked.pk}/expenses/", expense_data(there, daily, {"kind": ""}))

    first, second = TravelExpense.objects.in_order()
    assert (first.kind, first.paid, first.paid_by.username) == (Expense.THERE, Decimal(20_000), "Travel desk")
    assert (second.kind, second.planned, second.paid_by) == (Expense.DAILY, Decimal(30_000), None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"kind": "there"}, "Write the amount that is planned, or the one that was paid."),
        ({"kind": "there", "paid": "20000"}, "Write both the amount that was paid and the day, or neither."),
        ({"kind": "daily", "planned": "20000"}, "Write for which day these daily expenses are."),
        ({"kind": "there", "planned": "0.5"}, "whole riel"),
    ],
)
def test_expense_that_says_too_little_is_explained(desk, asked, line, said):
    response = desk.post(f"{DESK}{asked.pk}/expenses/", expense_data(line))

    assert said in read(response)
    assert not TravelExpense.objects.exists()


def test_daily_expenses_of_one_day_typed_twice_are_refused(desk, asked):
    daily = {"kind": "daily", "day": "2024-03-26", "planned": "30000"}

    response = desk.post(f"{DESK}{asked.pk}/expenses/", expense_data(daily, daily))

    assert "are in the list already" in read(response)
    assert not TravelExpense.objects.exists()


def test_line_is_mended_without_changing_who_paid_and_another_deleted(desk, asked, django_user_model):
    colleague = django_user_model.objects.create_user("colleague")
    paid, wrong = make_expense(asked, paid="20000", paid_by=colleague), make_expense(asked, planned="7000")
    lines = [
        {"id": paid.pk, "kind": "there", "paid": "21000", "paid_on": "2024-03-26"},
        {"id": wrong.pk, "kind": "there", "planned": "7000", "DELETE": "on"},
    ]

    desk.post(f"{DESK}{asked.pk}/expenses/", expense_data(*lines) | {"expenses-INITIAL_FORMS": 2})

    line = TravelExpense.objects.get()
    assert (line.paid, line.paid_by) == (Decimal(21_000), colleague)


def test_steps_are_posted_and_nothing_changes_by_looking(desk, asked):
    for step in ("decision", "room", "expenses"):
        assert desk.get(f"{DESK}{asked.pk}/{step}/").status_code == 405


def test_letter_has_both_languages_the_persons_first(desk, edition):
    make_budget(edition, terms_en="Bring a towel.", terms_km="សូមយកកន្សែងមកជាមួយ។")
    asked = make_request(edition)
    asked.registration.language = "km"
    asked.registration.save()
    decide(asked, transport=Paid.PART, transport_amount="40000", daily=Paid.NO, note="Take the morning bus.")
    support.put_into_room(asked, make_room(edition), [FIRST])

    text = read(desk.get(f"{DESK}{asked.pk}/letter/"))

    for words in ["៤០,០០០ រៀល", "KHR 40,000", "Take the morning bus.", "Bring a towel.", "សូមយកកន្សែងមកជាមួយ។"]:
        assert words in text
    assert "March 25, 2024: Sample Hotel" in text
    assert "receipts" in text
    assert "សូមគោរពជូន គំរូ សាកល្បង" in text
    assert "Dear KUMROU Sakalbang," in text
    assert text.index("៤០,០០០ រៀល") < text.index("KHR 40,000")
    assert AccessLog.objects.get().subject == f"travel letter {asked}"


def test_letter_waits_for_the_whole_decision(desk, asked):
    decide(asked, daily="")

    assert desk.get(f"{DESK}{asked.pk}/letter/").status_code == 404


def test_own_page_tells_what_was_decided_in_the_reader_s_language(client, asked, edition):
    own = links.address_for(asked.registration)
    decide(asked, daily="")
    assert "What ODC pays" not in read(client.get(own, follow=True))

    decide(asked, transport_amount="40000", note="Take the morning bus.")

    text = read(client.get(own, follow=True))
    assert "What ODC pays for your travel" in text
    assert "KHR 40,000" in text
    assert "Take the morning bus." in text


def test_own_page_of_a_participant_who_cancelled_promises_nothing(client, asked):
    decide(asked)
    transitions.cancel(asked.registration)

    assert "What ODC pays" not in read(client.get(links.address_for(asked.registration), follow=True))


def test_list_to_sign_has_name_of_the_id_card_amount_and_total_in_both_languages(desk, asked, edition):
    make_expense(asked, planned="25000")
    make_expense(asked, kind=Expense.BACK, planned="25000", paid="20000")
    decide(make_request(edition), transport_amount="40000")
    transitions.cancel(make_expense(make_request(edition), planned="7000").travel_request.registration)
    make_request(edition)

    response = desk.get(f"{DESK}to-sign/")

    text = read(response)
    for words in ["KUMROU Sakalbang Id", "KHR 45,000", "KHR 40,000", "KHR 85,000", "Signature", "ហត្ថលេខា"]:
        assert words in text
    assert "7,000" not in text
    assert len(response.context["lines"]) == 2
    assert AccessLog.objects.get().count == 2


def test_sheet_of_a_person_has_their_lines_and_totals(desk, asked):
    make_expense(asked, planned="25000", paid="20000")
    make_expense(asked, kind=Expense.DAILY, day=SECOND, planned="30000")

    text = read(desk.get(f"{DESK}{asked.pk}/sheet/"))

    for words in ["KUMROU Sakalbang Id", "Journey there", "ធ្វើដំណើរទៅ", "KHR 55,000", "KHR 20,000", "ហត្ថលេខា"]:
        assert words in text
    assert AccessLog.objects.get().subject == f"expense sheet {asked}"


def test_rooming_list_says_who_has_no_bed(desk, asked, edition):
    support.put_into_room(asked, make_room(edition), [FIRST])
    decide(make_request(edition, nights=[SECOND]), accommodation=Paid.NO)

    nights = desk.get(f"{DESK}rooms/").context["nights"]

    assert [(night.date, night.without) for night in nights if night.without] == [(SECOND, [asked])]


def test_rooming_list_says_who_does_not_come(desk, asked, edition):
    support.put_into_room(asked, make_room(edition), [FIRST])
    transitions.cancel(asked.registration)

    assert "Does not come: take them out." in read(desk.get(f"{DESK}rooms/"))


def test_rooming_list_for_excel_has_text_only_and_leaves_a_line(desk, asked, edition):
    room = make_room(edition, hotel="=HYPERLINK(1)", beds=2, is_step_free=True)
    support.put_into_room(asked, room, [FIRST])
    support.put_into_room(asked, room, [FIRST], is_assistant=True, assistant_name="GUMROU Assistant")

    response = desk.get(f"{DESK}rooms.xlsx")

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.iter_rows()]
    assert rows[1][:5] == ["2024-03-25", "=HYPERLINK(1)", "101", "2", "Yes"]
    assert [row[6] for row in rows[1:]] == ["KUMROU Sakalbang Id", "GUMROU Assistant"]
    line = AccessLog.objects.get()
    assert (line.look, line.subject, line.count) == (Look.EXPORT, "rooms-2024.xlsx", 2)
    assert "name" in line.columns
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("group", ["Registration desk", "Inclusion officers", "Programme editors", "Observers"])
def test_others_meet_nothing_of_the_travel_desk(client, asked, edition, group):
    decide(asked, note="CANARY")
    support.put_into_room(asked, make_room(edition), [FIRST])
    member = member_of(group, client)

    for page in [*PAGES, f"{asked.pk}/letter/", f"{asked.pk}/sheet/", f"{asked.pk}/change/", ""]:
        assert member.get(f"{DESK}{page}").status_code == 403, page
    for step in ("decision", "room", "expenses"):
        assert member.post(f"{DESK}{asked.pk}/{step}/").status_code == 403
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("year", ["1999", "x", "99999"])
@pytest.mark.parametrize("page", PAGES)
def test_edition_that_is_not_there_is_not_found(desk, asked, page, year):
    assert desk.get(f"{DESK}{page}", {"edition": year}).status_code == 404


def test_desk_links_lead_somewhere(desk, asked):
    decide(asked)

    for page in (DESK, page_of(asked)):
        for address in links_of(desk.get(page)):
            if address and "/travelrequest/" in address:
                assert desk.get(address).status_code == 200, address


def test_hotel_bill_keeps_who_paid_it(desk, edition):
    hotel = make_room(edition).hotel
    address = f"/admin/registration/hotel/{hotel.pk}/change/"
    data = {"edition": edition.pk, "name": hotel.name, "phone": ""}
    data |= {f"{prefix}-{name}_FORMS": 0 for prefix in ("rooms", "bills") for name in ("TOTAL", "INITIAL")}
    data |= {"bills-TOTAL_FORMS": 1, "bills-0-amount": "75,000", "bills-0-paid_on": "2024-03-28"}

    desk.post(address, data)

    bill = HotelBill.objects.get()
    assert (bill.amount, bill.paid_by.username) == (Decimal(75_000), "Travel desk")


def test_room_of_a_hotel_is_typed_in_with_its_price(desk, edition):
    hotel = make_room(edition).hotel
    HotelRoom.objects.all().delete()
    data = {"edition": edition.pk, "name": hotel.name, "phone": ""}
    data |= {f"{prefix}-{name}_FORMS": 0 for prefix in ("rooms", "bills") for name in ("TOTAL", "INITIAL")}
    data |= {"rooms-TOTAL_FORMS": 1, "rooms-0-name": "102", "rooms-0-beds": "2", "rooms-0-price": "60,000"}

    desk.post(f"/admin/registration/hotel/{hotel.pk}/change/", data)

    assert (HotelRoom.objects.get().beds, HotelRoom.objects.get().price) == (2, Decimal(60_000))


def test_new_hotel_with_half_a_riel_is_refused(desk, edition):
    data = {"edition": edition.pk, "name": "Sample Hotel", "phone": "012 000 001", "bills-TOTAL_FORMS": 0}
    data |= {"rooms-TOTAL_FORMS": 1, "rooms-INITIAL_FORMS": 0, "bills-INITIAL_FORMS": 0}
    data |= {"rooms-0-name": "102", "rooms-0-beds": "2", "rooms-0-price": "60000.5"}

    text = read(desk.post("/admin/registration/hotel/add/", data))

    assert "whole riel" in text
    assert not HotelRoom.objects.exists()


def test_pages_are_in_khmer_too(desk, asked, edition):
    make_budget(edition)
    decide(asked, transport_amount="40000")
    desk.cookies["language"] = "km"

    assert "ក្នុងកម្រិតថវិកា៖ នៅសល់ ៩៦០,០០០ រៀល។" in read(desk.get(DESK))
    assert "អ្វីដែលបានស្នើសុំ" in read(desk.get(page_of(asked)))


@pytest.mark.parametrize("people", [1, 12])
@pytest.mark.parametrize(
    ("page", "queries"), [("", 15), ("letters/", 10), ("to-sign/", 7), ("rooms/", 7), ("rooms.xlsx", 7)]
)
def test_lists_take_the_same_queries_for_few_and_many(
    staff_client, edition, page, queries, people, django_assert_num_queries
):
    room = make_room(edition, beds=people)
    for _person in range(people):
        asked = make_request(edition, nights=[FIRST, SECOND])
        decide(asked, transport_amount="40000")
        make_expense(asked, planned="20000")
        support.put_into_room(asked, room, [FIRST])
    staff_client.get(f"{DESK}{page}")

    with django_assert_num_queries(queries):
        staff_client.get(f"{DESK}{page}")
