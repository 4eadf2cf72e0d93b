"""What the heading of a column says that its cells are, in the languages in which agendas come here. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from agenda.importing.recognising.account import ColumnRole
from conference.language.khmer import KHMER_LETTER, order

_MOST_WORDS = 6
_LONGEST = 80  # letters of a heading: a longer text is a sentence

# English, French, German, Spanish, Vietnamese, Indonesian, Khmer, Thai. Parted by "|", compared by `_key`.
_WORDS = {
    ColumnRole.TIME: (
        "time|timing|time slot|timeslot|slot|hour|schedule|timetable|time frame|time schedule|from to|clock|"
        "start end|heure|horaire|créneau|créneau horaire|plage horaire|zeit|uhrzeit|hora|horario|thời gian|giờ|"
        "khung giờ|thời điểm|thời gian biểu|waktu|jam|pukul|waktu pelaksanaan|ម៉ោង|ពេលវេលា|ពេល|វេលា|កាលវិភាគ|"
        "ម៉ោងពេល|កាលបរិច្ឆេទនិងម៉ោង|เวลา|ช่วงเวลา|ເວລາ|时间"
    ),
    ColumnRole.START: (
        "start|start time|starts at|start at|starting|starting time|begin|begins at|beginning|from|time from|"
        "time start|time in|début|heure de début|de|commence à|beginn|von|inicio|hora de inicio|desde|bắt đầu|"
        "giờ bắt đầu|thời gian bắt đầu|từ|mulai|jam mulai|waktu mulai|dari|ម៉ោងចាប់ផ្តើម|ចាប់ផ្តើម|ចាប់ពី|"
        "ចាប់ពីម៉ោង|ពីម៉ោង|ម៉ោងផ្តើម|ពេលចាប់ផ្តើម|เริ่ม|เวลาเริ่ม|เวลาเริ่มต้น|เริ่มต้น"
    ),
    ColumnRole.END: (
        "end|end time|ends at|end at|ending|ending time|finish|finish time|to|until|till|time to|time end|"
        "time out|fin|heure de fin|à|jusqu'à|ende|bis|hora de fin|hasta|kết thúc|giờ kết thúc|thời gian kết thúc|"
        "đến|selesai|jam selesai|waktu selesai|berakhir|akhir|sampai|ម៉ោងបញ្ចប់|បញ្ចប់|ដល់|ដល់ម៉ោង|ពេលបញ្ចប់|"
        "สิ้นสุด|เวลาสิ้นสุด|ถึง"
    ),
    ColumnRole.DURATION: (
        "duration|length|time allotted|time allocation|time allocated|allotted time|allocated time|time needed|"
        "time required|minute|min|durée|dauer|duración|thời lượng|durasi|lama|lama waktu|alokasi waktu|រយៈពេល|"
        "រយះពេល|រយៈពេលនាទី|ថិរវេលា|នាទី|ចំនួននាទី|ระยะเวลา|นาที"
    ),
    ColumnRole.DATE: (
        "date|day|weekday|day date|date day|jour|datum|tag|fecha|día|ngày|ngày tháng|thứ|thứ ngày|tanggal|hari|"
        "hari tanggal|hari dan tanggal|ថ្ងៃ|កាលបរិច្ឆេទ|ថ្ងៃខែ|ថ្ងៃទី|ថ្ងៃខែឆ្នាំ|ថ្ងៃទីខែឆ្នាំ|วันที่|วัน|"
        "วันเดือนปี|ວັນທີ|日期"
    ),
    ColumnRole.NUMBER: (
        "no|nr|n°|nº|№|#|s/n|sn|s/no|sl no|sr no|no of session|item no|item number|session no|session number|"
        "number|num|id|numéro|nummer|número|stt|số|số tt|số thứ tự|tt|nomor|no urut|ល.រ|លរ|ល៛រ|លេខ|លេខរៀង|"
        "លេខរៀងវគ្គ|ลำดับ|ลำดับที่|ที่|ລຳດັບ|序号"
    ),
    ColumnRole.TITLE: (
        "title|topic|activity|session|session title|agenda|agenda item|item|programme|program|what|subject|event|"
        "event title|activity name|presentation|talk|presentation title|talk title|paper title|title of paper|"
        "lesson|module|content|theme|details of programme|description of activity|summary title|agenda topic|segment|"
        "titre|intitulé|séance|sujet|activité|programme de la journée|ordre du jour|point|contenu|thème|atelier|"
        "titel|thema|programm|inhalt|título|tema|actividad|sesión|contenido|nội dung|nội dung chương trình|"
        "nội dung công việc|nội dung hoạt động|chủ đề|hoạt động|chương trình|tiêu đề|tên phiên|phiên|tên bài|"
        "bài trình bày|đề tài|tên báo cáo|tên hoạt động|chuyên đề|acara|kegiatan|topik|judul|materi|sesi|uraian|"
        "uraian kegiatan|uraian acara|susunan acara|mata acara|nama kegiatan|rincian kegiatan|pokok bahasan|"
        "agenda kegiatan|ចំណងជើង|សកម្មភាព|កម្មវិធី|របៀបវារៈ|របៀបវារះ|វគ្គ|ខ្លឹមសារ|ប្រធានបទ|មាតិកា|"
        "ខ្លឹមសារកម្មវិធី|ចំណងជើងវគ្គ|មេរៀន|បទបង្ហាញ|ខ្លឹមសារសកម្មភាព|កម្មវិធីការងារ|หัวข้อ|กิจกรรม|รายการ|"
        "เรื่อง|ชื่อเรื่อง|กำหนดการ|หัวข้อการบรรยาย|หัวเรื่อง|เนื้อหา|ວາລະ|ຫົວຂໍ້|ກິດຈະກຳ|活动|主题"
    ),
    ColumnRole.DESCRIPTION: (
        "description|detail|note|remark|abstract|summary|synopsis|comment|about|session description|"
        "brief description|further detail|explanation|additional information|détail|résumé|remarque|observation|"
        "commentaire|beschreibung|bemerkung|anmerkung|descripción|resumen|notas|mô tả|chi tiết|ghi chú|tóm tắt|"
        "nội dung chi tiết|keterangan|deskripsi|rincian|catatan|ringkasan|ket|ការពណ៌នា|ពណ៌នា|ព័ត៌មានលម្អិត|"
        "កំណត់សម្គាល់|កំណត់ចំណាំ|ផ្សេងៗ|បរិយាយ|ការបរិយាយ|សេចក្តីលម្អិត|សេចក្តីសង្ខេប|ពិពណ៌នា|ការពិពណ៌នា|សម្គាល់|"
        "รายละเอียด|หมายเหตุ|คำอธิบาย|บทคัดย่อ"
    ),
    ColumnRole.PEOPLE: (
        "speaker|presenter|who|by|facilitator|responsible|responsible person|person responsible|student|candidate|"
        "responsible party|responsibility|person in charge|pic|in charge|organisation|organization|institution|"
        "affiliation|moderator|chair|chairperson|session chair|panelist|panellist|trainer|resource person|"
        "resource people|resource persons|lead|leader|led by|lead by|lecturer|instructor|teacher|coordinator|"
        "presented by|facilitated by|moderated by|delivered by|conducted by|host|hosted by|mc|emcee|"
        "master of ceremony|name|name of speaker|focal person|focal point|expert|author|organiser|organizer|"
        "responsible organisation|responsible institution|panel|discussant|keynote|lead person|on stage|full name|"
        "your name|your full name|name surname|first name last name|first and last name|nom complet|nom prénom|"
        "nom et prénom|họ và tên|họ tên|nama lengkap|និស្សិត|បេក្ខជន|អ្នកនិយាយ|អ្នកមានប្រសាសន៍|ឈ្មោះពេញ|នាមត្រកូលនិងនាមខ្លួន|"
        "គោត្តនាមនិងនាម|ชื่อนามสกุล|intervenant|interpreter|"
        "intervenante|intervenant e|orateur|oratrice|conférencier|présentateur|présenté par|animateur|animatrice|"
        "animé par|modérateur|modératrice|responsable|facilitateur|formateur|formatrice|par|qui|"
        "personne ressource|rapporteur|organisme|referent|referentin|sprecher|redner|moderation|vortragende|"
        "ponente|orador|expositor|moderador|facilitador|diễn giả|người trình bày|báo cáo viên|người phụ trách|"
        "phụ trách|chủ trì|chủ tọa|điều phối|người điều phối|người thực hiện|đơn vị|đơn vị thực hiện|"
        "đơn vị phụ trách|giảng viên|thực hiện|điều hành|người điều hành|trình bày|người chủ trì|"
        "người dẫn chương trình|narasumber|pembicara|pemateri|penanggung jawab|penanggungjawab|pj|fasilitator|"
        "pengisi|pengisi acara|pelaksana|petugas|penyaji|instansi|pemandu|pengajar|pelatih|nama|oleh|វាគ្មិន|"
        "អ្នកទទួលខុសត្រូវ|អ្នកធ្វើបទបង្ហាញ|ស្ថាប័ន|អ្នកសម្របសម្រួល|អ្នកទទួលបន្ទុក|អ្នកបង្ហាញ|អ្នកបង្រៀន|"
        "គ្រូបង្គោល|គ្រូ|គ្រូបណ្តុះបណ្តាល|អ្នកដឹកនាំ|អ្នកដឹកនាំវគ្គ|អង្គភាព|អង្គភាពទទួលបន្ទុក|"
        "អង្គភាពទទួលខុសត្រូវ|ស្ថាប័នទទួលខុសត្រូវ|ទទួលខុសត្រូវ|ទទួលខុសត្រូវដោយ|ទទួលបន្ទុក|ទទួលបន្ទុកដោយ|ដោយ|"
        "ដឹកនាំដោយ|បង្ហាញដោយ|បទបង្ហាញដោយ|សម្របសម្រួលដោយ|អ្នកអនុវត្ត|អធិបតី|អធិបតីភាព|គណៈអធិបតី|"
        "អ្នកនាំមុខ|អ្នកចែករំលែក|អ្នកបណ្តុះបណ្តាល|អ្នកបកស្រាយ|អ្នកឧទ្ទេស|អ្នកឧទ្ទេសនាម|វាគ្មិនកិត្តិយស|"
        "អ្នកជំនាញ|អ្នកសម្របសម្រួលការពិភាក្សា|ពិធីករ|អ្នករៀបចំ|ធនធានមនុស្ស|ឈ្មោះ|អង្គការ|ក្រសួងស្ថាប័ន|วิทยากร|"
        "ผู้บรรยาย|ผู้รับผิดชอบ|ผู้ดำเนินรายการ|ผู้นำเสนอ|หน่วยงาน|ผู้ดำเนินการอภิปราย|ผู้พูด|โดย|พิธีกร|"
        "ຜູ້ນຳສະເໜີ|ຜູ້ຮັບຜິດຊອບ|ວິທະຍາກອນ|主讲人|演讲者"
    ),
    ColumnRole.ROOM: (
        "room|venue|place|location|where|hall|meeting room|room name|site|room venue|salle|lieu|endroit|"
        "emplacement|raum|ort|saal|sala|lugar|ubicación|địa điểm|phòng|hội trường|phòng họp|nơi|tempat|ruang|"
        "ruangan|lokasi|tempat pelaksanaan|ទីកន្លែង|បន្ទប់|ទីតាំង|សាល|កន្លែង|បន្ទប់ប្រជុំ|សាលប្រជុំ|ห้อง|สถานที่|"
        "ห้องประชุม|ສະຖານທີ່|ຫ້ອງ|地点|会议室"
    ),
    ColumnRole.TRACK: ("track|stream|strand|parcours|axe|volet|pathway|thread|ផ្នែក|คณะ"),
    ColumnRole.LANGUAGE: ("language|lang|langue|sprache|idioma|ngôn ngữ|bahasa|ភាសា|ភាសាប្រើ|ภาษา|语言"),
    ColumnRole.OTHER: (
        "method|methodology|methods|format|type|session type|kind|material|tool|resource|equipment|status|"
        "objective|output|outcome|expected output|expected outcome|expected result|result|participant|attendee|"
        "audience|target group|number of participants|capacity|link|url|slide|category|level|"
        "position|job title|country|action|follow up|form|group|méthode|"
        "méthodologie|matériel|support|objectif|résultat|participants|phương pháp|mục tiêu|kết quả|tài liệu|"
        "thành phần|người tham dự|hình thức|đối tượng|metode|media|tujuan|peserta|bahan|alat|hasil|jabatan|"
        "វិធីសាស្ត្រ|សម្ភារៈ|សម្ភារ|សម្ភារឧបទ្ទេស|គោលបំណង|លទ្ធផល|អ្នកចូលរួម|ប្រភេទ|ឯកសារ|តួនាទី|ចំនួន|ទម្រង់|"
        "ក្រុម|วิธีการ|วัตถุประสงค์|สื่อ|ผู้เข้าร่วม|ประเภท|รูปแบบ"
    ),
}
# What is meant for the organisers alone, and for no public page.
_REACHED = (
    r"e-?mails?|courriel|phones?|telephones?|mobiles?|cell|tel|whatsapp|telegram|contacts?|téléphone|"
    r"điện thoại|sđt|telepon|hp|អ៊ីមែល|អ៊ីម៉ែល|អ៊ីម៉េល|លេខទូរស័ព្ទ|ទូរស័ព្ទ|ទំនាក់ទំនង|อีเมล|โทรศัพท์|เบอร์โทร"
)
_OF_THEM = (
    r"speakers?|presenters?|trainers?|persons?|people|names?|numbers?|no|nr|address(?:es)?|details?|info(?:rmation)?|of|the|and|number|số|"
    r"intervenante?s?|orateurs?|formateurs?|participante?s?|guests?|moderators?|des?|du|diễn giả|narasumber|pembicara|"
    r"peserta|panitia|វាគ្មិន|គ្រូ"
)
# What organisers note of a person: sensitive, or of the journey.
_PERSONAL = (
    r"gender|sex|age|date of birth|nationality|diet(?:ary)?(?: \w+)?|meal (?:pref(?:erence)?|choice|type)s?|"
    r"allerg\w+|disabilit\w+|"
    r"(?:special|access(?:ibility)?) needs?|passport(?: \w+)?|visa|id (?:card|number|no)|hotel|accommodation|"
    r"flights?(?: \w+)?|(?:arrival|departure) (?:date|time|flight)|fees?|payment|paid|invoice|(?:is )?confirmed|"
    r"special (?:food|meals?|diet|requests?|requirements?)|medical(?: \w+)?|emergency contacts?|t-?shirt(?: size)?|"
    r"bank (?:account|details)|(?:daily )?allowances?|honoraria|"
    r"allergies|besoins (?:particuliers|spécifiques)|nationalité|date de naissance|hébergement|honoraires|"
    r"ăn kiêng|ăn chay|chế độ ăn|dị ứng|quốc tịch|ngày sinh|thù lao|số tài khoản|"
    r"alergi|(?:makanan|kebutuhan) khusus|tanggal lahir|kewarganegaraan|nomor rekening|honor|"
    r"អាហារពិសេស|(?:ការ)?តមអាហារ|តម្រូវការពិសេស|ពិការភាព|(?:លេខ)?អត្តសញ្ញាណប័ណ្ណ|ថ្ងៃខែឆ្នាំកំណើត|សញ្ជាតិ|"
    r"(?:ការ|កន្លែង)ស្នាក់នៅ|(?:ប្រាក់)?ឧបត្ថម្ភ|(?:លេខ)?គណនី(?:ធនាគារ)?|"
    r"อาหารพิเศษ|แพ้อาหาร|สัญชาติ|วันเกิด|ค่าตอบแทน|ที่พัก|เลขบัญชี|"
    r"rsvp|signature|sexe|âge|régime(?: alimentaire)?|passeport|hôtel|vol|giới tính|tuổi|hộ chiếu|khách sạn|"
    r"chuyến bay|jenis kelamin|umur|paspor|penerbangan|tanda tangan|"
    r"ភេទ|អាយុ|របបអាហារ|លិខិតឆ្លងដែន|សណ្ឋាគារ|ជើងហោះហើរ|ហត្ថលេខា|เพศ|อายุ|หนังสือเดินทาง|โรงแรม|ลายเซ็น"
)
_TEAM = r"(?:the |our )?(?:[\w/]+ )?(?:team|staff|crew|admin|organi[sz]ers?|secretariat|internal)"
_PRIVATE = re.compile(
    rf"(?:(?:{_OF_THEM})\W+)*(?:{_REACHED})(?:\W+(?:{_OF_THEM}|{_REACHED}))*|"
    r"(?:costs?|budget|price|fee)\W.{1,12}|status|state|confirm(?:ed|ation)|statut|trạng thái|ស្ថានភាព|สถานะ|"
    rf"(?:notes?|remarks?|comments?|observations?) (?:from|by|of) {_TEAM}|"
    rf"(?:.* )?(?:for|to) {_TEAM}(?: only)?|{_TEAM}['’]?s? (?:notes?|remarks?|comments?|only|use)|"
    rf"(?:(?:{_OF_THEM})\W+)*(?:{_PERSONAL})\W*(?:\([^()]*\))?\W*|"
    r"internal|private|confidential|not (?:for )?public|logistics?|budget|costs?|all[- ]day event|"
    r"(?:per diems?|dsa|honorari(?:um|a)|allowances?)\W*(?:\([^()]*\))?\W*|[\u1780-\u17d3 ]{1,30}ផ្ទៃក្នុង|"
    r"(?:zoom|teams|meet|meeting|webinar|join(?:ing)?)[ -](?:link|url|id)|(?:meeting )?pass(?:word|code)|dial-in|"
    r"coûts?|notes? internes?|chi phí|kinh phí|(?:ghi chú )?nội bộ|biaya|catatan internal|(?:ការ)?ចំណាយ|តម្លៃ|ค่าใช้จ่าย|"
    r"to[- ]?do|to (?:prepare|bring|print|buy)|follow[- ]up|anggaran|ថវិកា|ផ្ទៃក្នុង|งบประมาณ|"
    r"timestamp|time ?stamp|submitted (?:at|on)|submission (?:date|time|id)|horodateur|ត្រាពេលវេលា|"
    # How the room and the stage are prepared.
    r"(?:a ?/? ?v|audio[- ]?visual|sound|lights?|lighting|technical|technology|it|stage|equipment|room)\W*"
    r"(?:(?:and|&|/)\W*(?:a ?/? ?v|sound|video|lights?|lighting|technical|mics?))*\W*"
    r"(?:needs?|requirements?|requests?|set-?ups?|rider|cues?)|"
    r"a ?/? ?v(?:\W+(?:sound|video|lights?))?|audio[- ]?visual|set-?up|cues?|suppliers?|vendors?|"
    r"budget (?:line|code)s?|បច្ចេកទេសសំឡេង|"
    # How many may come, and what it costs. "Code" alone may be a track.
    r"(?:(?:max(?:imum)?\.?|number of|no\.? of|available|total|limit of)\W*)?(?:seats?|pax)(?: left| available)?|"
    r"(?:number of|no\.? of|available) (?:places|spots)|max(?:imum)?\.? (?:participants?|attendees|people|number)|"
    r"(?:max(?:imum)?\.? ?)?capacity|prices?|ticket prices?|ចំនួនកៅអី|តម្លៃសំបុត្រ|"
    r"(?:session|event|booking|ticket|internal|reference) (?:codes?|refs?|references?)|"
    # A question of a form to the person who fills it in.
    r"(?:do|did|will|would|are|have|can|could|may) (?:you|we)\b.*|អ្នកត្រូវការ.*\?",
    re.IGNORECASE,
)
_LONGEST_PRIVATE = 60  # letters
# Who is in charge: who appears, but where another column has the speakers it is who prepares the session.
_IN_CHARGE = (
    "responsible|responsible person|person responsible|responsible party|responsibility|person in charge|pic|"
    "in charge|focal person|focal point|coordinator|owner|responsable|người phụ trách|phụ trách|penanggung jawab|"
    "penanggungjawab|pj|អ្នកទទួលខុសត្រូវ|ទទួលខុសត្រូវ|អ្នកទទួលបន្ទុក|ទទួលបន្ទុក|អ្នករៀបចំ|ผู้รับผิดชอบ"
)
_ON_STAGE = (
    "speaker|presenter|on stage|panelist|panellist|lecturer|keynote|intervenant|orateur|conférencier|diễn giả|"
    "báo cáo viên|narasumber|pembicara|pemateri|វាគ្មិន|អ្នកនិយាយ|អ្នកធ្វើបទបង្ហាញ|អ្នកបង្ហាញ|វាគ្មិនកិត្តិយស|วิทยากร|ผู้บรรยาย"
)

# What a heading says as well, where no other column says it or another says the first more plainly.
_ALSO = {
    ColumnRole.TITLE: (
        "name|description|detail|remark|track|stream|schedule|timetable|កាលវិភាគ|រายละเอียด|รายละเอียด|"
        "keterangan|rincian|mô tả|ការពណ៌នា|បរិយាយ|group"
    ),
    ColumnRole.TRACK: ("theme|thème|tema|group|ក្រុម|chủ đề"),
    ColumnRole.DESCRIPTION: ("content|contents|ខ្លឹមសារ|nội dung|contenu|contenido|uraian|materi|เนื้อหา|inhalt"),
    ColumnRole.OTHER: ("session|program|programme|agenda|item|វគ្គ|កម្មវិធី|phiên|sesi|séance|sesión|module|event"),
    ColumnRole.NUMBER: ("session|item"),
    ColumnRole.DURATION: ("time|thời gian|waktu|ពេលវេលា"),
}
# Words that stand beside those in a heading and change nothing: "Name of the speaker", "Proposed topic".
_BESIDE = (
    "the of name names main proposed tentative scheduled planned estimated key keynote guest invited session "
    "training workshop conference "
    "person persons people list full lead title detailed brief and or in for your my "
    "nom noms du de des la le les l d tên nama và dan para"
)
_PARTS_OF_A_SESSION = frozenset(("talks", "presentations", "papers", "contributions", "lectures", "interventions"))
_PEOPLE = frozenset(("person", "people", "speaker", "trainer"))
_JOINTS = frozenset(("for", "of", "to", "about"))
_COUNTS = frozenset(("number", "no", "num"))
_WEAK = frozenset(("name", "number", "no", "lead", "in", "de", "to", "from", "by"))
_MODIFIERS = frozenset(_BESIDE.split())
# What a second column says of the people in the first: where they come from.
_OF_PEOPLE = (
    "affiliation|organisation|organization|institution|company|position|title position|job title|"
    "position organization|designation|employer|organisme|fonction|institution d'appartenance|đơn vị|cơ quan|chức vụ|"
    "đơn vị công tác|instansi|jabatan|lembaga|ស្ថាប័ន|អង្គភាព|តួនាទី|អង្គការ|ក្រសួងស្ថាប័ន|មុខងារ|หน่วยงาน|ตำแหน่ง|สังกัด"
)
_MARKS = re.compile(r"^[^\w#№°]+|[^\w.°#]+$|(?<=\w)\((?:e?s|e|t?rice)\)s?|(?<=\w)·\w{1,5}(?:·s)?")
_COUNTED = re.compile(r"\s*[0-9០-៩]$")
_PLURAL = re.compile(r"(?<=[a-z]{2})(?<![su])s\b")
_BRACKETS = re.compile(r"[(\[（]([^)\]）]*)[)\]）]")
_PARTS = re.compile(r"\s*[/|,;&+•·\n:៖]+\s*|\s+[-–—]\s+|\s+(?:and|et|und|y|và|dan)\s+|និង|และ", re.IGNORECASE)
_MINUTES = re.compile(r"\s*(?:in\s+)?(?:min(?:ute)?s?|mn|menit|phút|នាទី|นาที|hours?|hrs?)\.?\s*", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?:english|eng|en|anglais|inggris)(?![A-Za-z])|(?:ជា)?(?:ភាសា)?អង់គ្លេស", re.IGNORECASE
)
_KHMER = re.compile(r"(?<![A-Za-z])(?:khmer|khm|kh|km)(?![A-Za-z])|(?:ជា)?(?:ភាសា)?ខ្មែរ", re.IGNORECASE)
# Of a heading that says two things the first of these is taken: the cells begin with it or hold it whole.
_FIRST = (
    ColumnRole.TIME, ColumnRole.START, ColumnRole.END, ColumnRole.DURATION, ColumnRole.TITLE, ColumnRole.PEOPLE,
    ColumnRole.DESCRIPTION, ColumnRole.DATE, ColumnRole.ROOM, ColumnRole.TRACK, ColumnRole.LANGUAGE,
    ColumnRole.NUMBER, ColumnRole.OTHER,
)  # fmt: skip


def _key(text: str) -> str:
    """One key for the ways in which a heading is typed: case, order of Khmer marks, plural, signs around it."""
    text = order(unicodedata.normalize("NFC", text)).replace("\u200b", "").replace("្ដ", "្ត").casefold().strip()
    if text in ("#", "№", "n°", "nº"):
        return text
    text = re.sub(r"\s+", " ", _MARKS.sub("", text).replace("_", " ").replace("-", " ")).strip(" .").replace("’", "'")
    return _singular(text) if re.search("[a-z]", text) else re.sub(r"\s", "", text)


def _singular(text: str) -> str:
    return _PLURAL.sub("", re.sub(r"ies\b", "y", text)) if len(text) > 3 else text


def _by_key(words: dict[ColumnRole, str]) -> dict[str, tuple[ColumnRole, ...]]:
    found: dict[str, tuple[ColumnRole, ...]] = {}
    for role, listed in words.items():
        for word in listed.split("|"):
            found[_key(word)] = (*found.get(_key(word), ()), role)
    return found


_ROLES = {key: roles[:1] for key, roles in _by_key(_WORDS).items()}
for _word, _more in _by_key(_ALSO).items():
    _ROLES[_word] = tuple(dict.fromkeys((*_ROLES.get(_word, ()), *_more)))


# Words of Khmer headings, of which each begins the next: the first says what the column has.
_INSIDE_KHMER = "របស់ នៃ ក្នុង សម្រាប់ និង ការ បង្ហាញ ធ្វើ ចូលរួម អ្នក ពេញ លម្អិត សង្ខេប អនុវត្ត ប្រជុំ"
_KHMER_HEADS = frozenset(key for key in _ROLES if KHMER_LETTER.match(key) and len(key) > 2)
_KHMER_WORDS = _KHMER_HEADS | frozenset(map(_key, _INSIDE_KHMER.split()))

_BESIDE_NAMES, _BEHIND_STAGE, _BEFORE_ALL = (
    frozenset(_key(word) for word in words.split("|")) for words in (_OF_PEOPLE, _IN_CHARGE, _ON_STAGE)
)


def is_of_people(text: str) -> bool:
    """Whether a heading says of people where they come from: "Organisation", "Position"."""
    return all(_key(part) in _BESIDE_NAMES for part in _PARTS.split(_BRACKETS.sub(" ", text)))


def column_role(text: str) -> ColumnRole | None:
    """None where a cell is no heading that is known."""
    roles = column_roles(text)
    return roles[0] if roles else None


@lru_cache(maxsize=2_000)
def column_roles(text: str) -> tuple[ColumnRole, ...]:
    """All that a heading may say, the likeliest first: "Theme" is a track, and a title where there is no other."""
    if not text or len(text) > _LONGEST:
        return ()
    if _is_private(text):
        return (ColumnRole.IGNORED,)
    if whole := _ROLES.get(_key(text)):
        return whole
    bare = _KHMER.sub(" ", _ENGLISH.sub(" ", text))
    english, khmer = bool(_ENGLISH.search(text)), bool(_KHMER.search(text))
    if bare != text and not re.search(r"\w", bare):
        return (ColumnRole.LANGUAGE,) if english and khmer else _in_language((ColumnRole.TITLE,), khmer=khmer)
    roles = _of_parts(bare)
    return _in_language(roles, khmer=khmer) if english != khmer else roles


def _is_private(text: str) -> bool:
    """Also with a unit in brackets behind it: "Budget ($)"."""
    if len(text) > _LONGEST_PRIVATE:
        return False
    plain = text.replace("_", " ")
    return any(_PRIVATE.fullmatch(one.strip(" .:៖#()*?")) for one in (plain, _BRACKETS.sub(" ", plain)))


def _in_language(roles: tuple[ColumnRole, ...], *, khmer: bool) -> tuple[ColumnRole, ...]:
    own = ColumnRole.TITLE_KM if khmer else ColumnRole.TITLE_EN
    return tuple(own if role == ColumnRole.TITLE else role for role in roles)


def _of_parts(text: str) -> tuple[ColumnRole, ...]:
    aside = _BRACKETS.findall(text)
    outside = _BRACKETS.sub(" ", text)
    is_aside = not _key(outside)
    parts = []
    for part in _PARTS.split(" ".join(aside) if is_aside else outside):
        if roles := _part(part):
            parts.append(roles)
        elif not is_aside and _key(part):  # a title, as nearly all texts
            return ()
    if not parts:
        return ()
    firsts = {roles[0] for roles in parts}
    if ColumnRole.TIME in firsts and any(_MINUTES.fullmatch(one) for one in aside):
        return (ColumnRole.DURATION,)
    if {ColumnRole.START, ColumnRole.END} <= firsts or {ColumnRole.DATE, ColumnRole.START} <= firsts:
        return (ColumnRole.TIME,)
    if len(firsts) == 1:
        return parts[0]
    return (next(role for role in _FIRST if role in firsts),)


def _part(text: str) -> tuple[ColumnRole, ...]:
    key = _key(text)
    if key in _ROLES:
        return _ROLES[key]
    if ColumnRole.PEOPLE in _ROLES.get(_COUNTED.sub("", key), ())[:1]:  # "Speaker 2"
        return (ColumnRole.PEOPLE,)
    for name in ("ឈ្មោះ", "ชื่อ"):
        if key.startswith(name) and (roles := _ROLES.get(key.removeprefix(name))):
            return roles
    if roles := _of_khmer_words(key):
        return roles
    words: list[str] = []
    for word in map(_key, filter(None, re.split(r"[\s']+", key))):
        if len(words) == _MOST_WORDS or not (word in _MODIFIERS or word in _ROLES):
            return ()
        words.append(word)
    return _of_words(words) if len(words) > 1 else ()


def _of_khmer_words(key: str) -> tuple[ColumnRole, ...]:
    """Khmer puts the head first and no space between words: «ចំណងជើងបទបង្ហាញ» is a title, «ម៉ោងបង្ហាញ» a time."""
    if not KHMER_LETTER.match(key):
        return ()
    head, rest = _longest_khmer(key, _KHMER_HEADS)
    if not head or not rest:
        return ()
    while rest:
        word, rest = _longest_khmer(rest, _KHMER_WORDS)
        if not word:
            return ()
    return _ROLES[head]


def _longest_khmer(key: str, words: frozenset[str]) -> tuple[str, str]:
    at = next((at for at in range(len(key), 1, -1) if key[:at] in words), 0)
    return key[:at], key[at:]


def _of_words(words: list[str]) -> tuple[ColumnRole, ...]:
    """Of several known words: what stands before "for" or "of" is what the column has, else the last word says it."""
    head = words[: next((at for at, word in enumerate(words) if word in _JOINTS), len(words))]
    if head != words and _COUNTS & set(head):  # "Number of speakers"
        return (ColumnRole.OTHER,)
    before, said = ([word for word in some if word in _ROLES and word not in _WEAK] for some in (head, words))
    roles = _ROLES[(before or said)[-1]] if said else ()
    ends = [one for word in words if (one := _ROLES.get(word, ())[:1]) in ((ColumnRole.START,), (ColumnRole.END,))]
    if ends and roles[:1] == (ColumnRole.TIME,):  # "Event start time"
        return ends[0]
    return () if _PEOPLE & set(words) and roles[:1] == (ColumnRole.TIME,) else roles  # "Person hours"


def heading_roles(cells: Sequence[str]) -> tuple[ColumnRole | None, ...]:
    """What each heading of a row says. There is one title, the one that is named most plainly."""
    found = [column_roles(cell) for cell in cells]
    roles: list[ColumnRole | None] = [one[0] if one else None for one in found]
    titles = [at for at, role in enumerate(roles) if role == ColumnRole.TITLE]
    if not titles and not {ColumnRole.TITLE_EN, ColumnRole.TITLE_KM} & set(roles):
        instead = next((at for at, one in enumerate(found) if ColumnRole.TITLE in one), None)
        if instead is not None:
            roles[instead] = ColumnRole.TITLE
    if ColumnRole.PEOPLE in roles:
        named = roles.index(ColumnRole.PEOPLE)
        for at in range(named + 1, len(cells)):
            if roles[at] in (None, ColumnRole.OTHER) and cells[at] and is_of_people(cells[at]):
                roles[at] = ColumnRole.PEOPLE
        if any(_key(cell) in _BEFORE_ALL for cell in cells):
            for at, cell in enumerate(cells):
                roles[at] = ColumnRole.IGNORED if _key(cell) in _BEHIND_STAGE else roles[at]
    if len(titles) > 1:
        plainest = min(
            titles, key=lambda at: (cells[at].casefold().strip() in _PARTS_OF_A_SESSION, len(found[at]), at)
        )
        for at in titles:
            if at != plainest:
                roles[at] = found[at][1] if len(found[at]) > 1 else ColumnRole.DESCRIPTION
    return tuple(roles)
