"""What kind of row a title speaks of, in seven languages; and which titles only sound like one."""

import pytest

from agenda.choices import Kind
from agenda.importing.recognising.kinds import kind_of

TITLES = {
    Kind.QA: "Q&A;Q & A session;Questions and answers;Questions-réponses;Hỏi đáp;Sesi tanya jawab;ถาม-ตอบ;សំណួរ និងចម្លើយ",
    Kind.REGISTRATION: (
        "Registration;Arrival and registration;Participants' registration;Registration of participants;Sign-in;"
        "Registration and coffee;"
        "Inscription des participants;Đăng ký đại biểu;Registrasi peserta;ลงทะเบียน;ចុះឈ្មោះ;ការចុះឈ្មោះ"
    ),
    Kind.CEREMONY: "National anthem;Opening ceremony;Hymne national;Chào cờ;Lagu Indonesia Raya;พิธีเปิด;ភ្លេងជាតិ;ពិធីបើក",
    Kind.MEAL: (
        "Lunch;LUNCH BREAK;Networking lunch;Gala dinner;Breakfast;Solidarity lunch;Déjeuner;Pause déjeuner;Ăn trưa;"
        "Nghỉ trưa;"
        "Makan siang;ISHOMA;รับประทานอาหารกลางวัน;អាហារថ្ងៃត្រង់;សម្រាកអាហារថ្ងៃត្រង់;ពិសាអាហារថ្ងៃត្រង់"
    ),
    Kind.BREAK: (
        "Coffee break;Break;Tea break;Coffee;Tea / coffee;Morning break;Break (15 min);Group photo and coffee break;"
        "Networking break;Pause café;Pause;Giải lao;Tiệc trà;Istirahat;พักรับประทานอาหารว่าง;សម្រាក;សម្រាកអាហារសម្រន់"
    ),
    Kind.REMARK: (
        "Opening remarks;Welcome remarks by the host;Welcome address;Welcome;Welcome and opening;Opening;"
        "Mot de bienvenue;"
        "Phát biểu khai mạc;Sambutan;กล่าวเปิดการประชุม;មតិស្វាគមន៍;សុន្ទរកថាបើក"
    ),
    Kind.CLOSING: (
        "Closing;Closing remarks;Wrap-up and closing;Closing session;Recap and Closing Remark;Closing of the workshop;"
        "Clôture;Bế mạc;Penutupan;ปิดการประชุม;បិទសន្និសីទ"
    ),
    Kind.DISCUSSION: (
        "Group discussion;Group work;Working groups;Travaux de groupes;Thảo luận nhóm;"
        "Diskusi kelompok;แบ่งกลุ่ม;ការពិភាក្សាក្រុម"
    ),
    Kind.BREAKOUT: "Breakout room: maps;Break-out sessions;Breakouts;Break-out groups;Breakout groups: maps",
    Kind.PANEL: "Panel discussion;Policy dialogue;Roundtable;Table ronde;Tọa đàm;Diskusi panel;វេទិកាពិភាក្សា",
    Kind.NETWORKING: "Networking;Welcome reception;Réseautage;បង្កើតទំនាក់ទំនង",
    Kind.RECAP: "Recap of day one;Wrap-up;Tóm tắt ngày 1;สรุปผล;សង្ខេបថ្ងៃទី១",
    Kind.OTHER: "Group photo;Photo de famille;Foto bersama;ថតរូបអនុស្សាវរីយ៍",
    Kind.PRESENTATION: (
        "Open maps;Breakfast briefing;Lunch talk: rivers;Coffee farms on a map;Tea growers and their data;"
        "Registration of births;Closing the data gap;Opening government data;Break the silence;Breaking news;"
        "Breakthroughs in health;Solar panels in schools;Data for reception centres;Opening up budgets;ទិន្នន័យបើកទូលាយ"
    ),
}


@pytest.mark.parametrize("kind", TITLES)
def test_title_speaks_of_its_kind(kind):
    titles = TITLES[kind].split(";")
    assert {title: kind_of("", title) for title in titles} == dict.fromkeys(titles, kind)


def test_long_title_is_looked_at_at_once():
    assert kind_of("", "guests and " * 400) == Kind.PRESENTATION
