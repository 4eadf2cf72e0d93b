"""Lists of sample people as forms and colleagues write them."""

import random

FAMILY = [("គំរូ", "KUMROU"), ("សាក", "SAK"), ("តេស្ត", "TEST"), ("ឧទា", "OUTEA"), ("ភាគ", "PHEAK")]
GIVEN = [
    ("មួយ", "Muoy"),
    ("ពីរ", "Pi"),
    ("បី", "Bei"),
    ("បួន", "Buon"),
    ("ប្រាំ", "Pram"),
    ("ដប់", "Dap"),
    ("រយ", "Roy"),
    ("ពាន់", "Poan"),
]
LAST = [
    ("ក", "Ka"),
    ("ខ", "Kho"),
    ("គ", "Ko"),
    ("ង", "Ngo"),
    ("ច", "Cha"),
    ("ជ", "Cho"),
    ("ត", "Ta"),
    ("ន", "No"),
    ("ម", "Mo"),
]
PROVINCES = [
    "ភ្នំពេញ",
    "រាជធានីភ្នំពេញ",
    "ខេត្តសៀមរាប",
    "បាត់ដំបង",
    "Kampong Cham",
    "Ratanak Kiri",
    "ខេត្តកំពត",
    "Sihanoukville",
]
KHMER = [
    *("ត្រាពេលវេលា", "ឈ្មោះជាភាសាខ្មែរ", "ឈ្មោះជាអក្សរឡាតាំង", "ភេទ", "លេខទូរស័ព្ទ", "អ៊ីមែល", "ស្ថាប័ន/អង្គការ", "វិស័យ"),
    *("ខេត្ត/រាជធានី", "តើអ្នកអញ្ជើញចូលរួមថ្ងៃណា?", "តម្រូវការពិសេស", "អាហារ", "តើអ្នកយល់ព្រមឱ្យប្រើប្រាស់ទិន្នន័យរបស់អ្នកដែរឬទេ?"),
]
ENGLISH = [
    *("Timestamp", "Full name (in Khmer)", "Full name (in Latin letters)", "Gender", "Phone number", "Email address"),
    *("Organization", "Sector", "Province", "Which days will you attend?", "Do you have any access needs?"),
    *("Dietary requirements", "Do you agree that we use your personal data to organise the conference?"),
]
KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


def people(number, seed=1):
    """Rows of a form's sheet, each of another person."""
    chance = random.Random(seed)
    pairs = [(family, given, last) for family in FAMILY for given in GIVEN for last in LAST]
    chance.shuffle(pairs)
    rows = []
    for at, (family, given, last) in enumerate(pairs[:number]):
        phone = f"012{300000 + at:06}"
        phone = [phone, phone[1:], f"+855 {phone[1:3]} {phone[3:6]} {phone[6:]}", phone.translate(KHMER_DIGITS)][
            at % 4
        ]
        rows.append(
            [
                f"2024-02-{at % 28 + 1:02} 10:{at % 60:02}",
                f"{family[0]} {given[0]}{last[0]}",
                f"{family[1]} {given[1]}{last[1]}",
                ["ស្រី", "ប្រុស", "Female"][at % 3],
                phone,
                f"sample{at}@example.org" if at % 2 else "",
                "អង្គការគំរូ",
                ["អង្គការមិនមែនរដ្ឋាភិបាល", "រដ្ឋាភិបាល", "NGO"][at % 3],
                PROVINCES[at % len(PROVINCES)],
                ["ទាំងពីរថ្ងៃ", "ថ្ងៃទី១", "26 March"][at % 3],
                "CANARY-NEED" if at == 3 else "គ្មាន",
                "CANARY-FOOD" if at == 3 else "",
                "យល់ព្រម",
            ]
        )
    return rows


def as_text(*rows):
    return "\n".join("\t".join(row) for row in rows)
