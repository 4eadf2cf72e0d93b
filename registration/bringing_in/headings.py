"""Headings of lists of people, in English and Khmer: of forms, of Excel lists, and of other programs' exports."""

import re

from conference.language.khmer import KHMER_LETTER, match_key
from registration.bringing_in.asked import Asked

# The longest that stands in a heading says what the column is. Khmer ones are looked for without spaces.
PHRASES: dict[Asked, str] = {
    Asked.NAME: (
        "name; full name; fullname; names; participant; attendee; attendee name; participant name; guest; "
        "name of guest; speaker; first and last name; name surname; nom et prenom; ឈ្មោះ; ឈ្មោះពេញ; "
        "នាមនិងគោត្តនាម; គោត្តនាមនិងនាម; គោត្តនាមនាម; នាមត្រកូលនិងនាមខ្លួន; ឈ្មោះអ្នកចូលរួម; "
        "គោត្តនាមនិងនាមខ្លួន; ឈ្មោះភ្ញៀវ; នាមគោត្តនាម; អ្នកចូលរួម; nom et prénom; focal person; contact person"
    ),
    Asked.NAME_KM: (
        "name in khmer; khmer name; name khmer; full name in khmer; name km; name kh; full name khmer; "
        "ឈ្មោះជាភាសាខ្មែរ; ឈ្មោះជាអក្សរខ្មែរ; ឈ្មោះខ្មែរ; ឈ្មោះពេញជាភាសាខ្មែរ; ឈ្មោះអក្សរខ្មែរ; ឈ្មោះភាសាខ្មែរ; "
        "គោត្តនាមនិងនាមជាភាសាខ្មែរ; គោត្តនាមនិងនាមជាអក្សរខ្មែរ; ឈ្មោះពេញជាអក្សរខ្មែរ"
    ),
    Asked.NAME_LATIN: (
        "name in latin letters; name in latin; latin name; name in english; english name; name latin; "
        "full name in english; full name english; name english; name en; full name in latin; roman name; "
        "ឈ្មោះជាអក្សរឡាតាំង; ឈ្មោះជាភាសាអង់គ្លេស; ឈ្មោះឡាតាំង; ឈ្មោះអង់គ្លេស; ឈ្មោះជាអក្សរអង់គ្លេស; "
        "ឈ្មោះអក្សរឡាតាំង; ឈ្មោះពេញជាអក្សរឡាតាំង; ឈ្មោះពេញជាភាសាអង់គ្លេស; គោត្តនាមនិងនាមជាអក្សរឡាតាំង; "
        "គោត្តនាមនិងនាមជាភាសាអង់គ្លេស"
    ),
    Asked.FAMILY: (
        "family name; last name; surname; lastname; familyname; attendee family name; គោត្តនាម; នាមត្រកូល; "
        "ត្រកូល; attendee name family name; nom"
    ),
    Asked.GIVEN: (
        "given name; first name; firstname; forename; givenname; given names; attendee given name; នាមខ្លួន; "
        "ឈ្មោះខ្លួន; នាម; attendee name given name; prénom"
    ),
    Asked.PHONE: (
        "phone; telephone; mobile; phone number; tel; cell; mobile number; mobile phone; telephone number; "
        "contact number; whatsapp; hp; handphone; phone no; tel no; contact no; contact phone; ទូរស័ព្ទ; "
        "ទូរសព្ទ; លេខទូរស័ព្ទ; លេខទូរសព្ទ; លេខទូរស័ព្ទទំនាក់ទំនង; លេខទំនាក់ទំនង; ទូរសព្ទដៃ; téléphone"
    ),
    Asked.EMAIL: (
        "email; e mail; email address; e mail address; mail; attendee email; username; អ៊ីមែល; អ៊ីម៉ែល; អុីមែល; "
        "អាសយដ្ឋានអ៊ីមែល; អាសយដ្ឋានអុីមែល; អីុមែល; សារអេឡិចត្រូនិច"
    ),
    Asked.TELEGRAM: ("telegram; telegram name; telegram username; telegram number; តេឡេក្រាម; តេលេក្រាម; ឈ្មោះតេឡេក្រាម"),
    Asked.CONTACT: ("contact; contacts; how to reach; contact details; contact information; ទំនាក់ទំនង; ព័ត៌មានទំនាក់ទំនង"),
    Asked.ORGANISATION: (
        "organisation; organization; institution; company; affiliation; employer; agency; org; "
        "organisation or group; organization name; name of organization; name of organisation; ngo; "
        "name of institution; institution name; organization institution; workplace; ministry; company name; "
        "your organization; your organisation; institution organization; university; school; school university; "
        "university school; where do you work; where do you study; ស្ថាប័ន; អង្គភាព; រៀនឬធ្វើការ; ធ្វើការនៅ; "
        "អង្គការ; ក្រុមហ៊ុន; កន្លែងធ្វើការ; ឈ្មោះស្ថាប័ន; ឈ្មោះអង្គការ; មកពីស្ថាប័ន; ក្រសួងស្ថាប័ន; "
        "អង្គការឬក្រុម; ស្ថាប័នអង្គភាព; អង្គភាពស្ថាប័ន; ស្ថាប័នអង្គការ; អង្គការស្ថាប័ន; ឈ្មោះអង្គភាព; មកពី; "
        "សាលា"
    ),
    Asked.SECTOR: (
        "sector; your sector; type of organization; type of organisation; organization type; sector type; "
        "organisation type; type of institution; stakeholder group; category of organization; វិស័យ; "
        "ប្រភេទស្ថាប័ន; ប្រភេទអង្គភាព; ប្រភេទអង្គការ; វិស័យការងារ"
    ),
    Asked.POSITION: (
        "position; job title; job; occupation; designation; function; your position; position title; "
        "title position; current position; job position; profession; តួនាទី; មុខតំណែង; មុខងារ; មុខរបរ; តំណែង; "
        "តួនាទីការងារ; តួនាទីក្នុងស្ថាប័ន; មុខងារបច្ចុប្បន្ន"
    ),
    Asked.PROVINCE: (
        "province; province city; city province; where do you live; location; capital province; city; "
        "home province; which province; residence; province of residence; address; your province; ខេត្ត; "
        "រាជធានីខេត្ត; ខេត្តរាជធានី; ខេត្តក្រុង; ទីលំនៅ; ខេត្តរស់នៅ; អាសយដ្ឋាន; លំនៅដ្ឋាន; រស់នៅ; ទីកន្លែងរស់នៅ"
    ),
    Asked.PART: (
        "role; takes part as; participate as; participation; type of participant; participant type; "
        "how do you take part; attending as; join as; role at the conference; role in the conference; "
        "attendance type; ticket; ticket type; product; role on the badge; type; joining as; ចូលរួមជា; "
        "ចូលរួមក្នុងនាម; តួនាទីក្នុងសន្និសីទ; ប្រភេទអ្នកចូលរួម; ចូលរួមក្នុងនាមជា; តួនាទីចូលរួម; "
        "តួនាទីក្នុងកម្មវិធី; ចូលរួមដោយ"
    ),
    Asked.DAYS: (
        "days; day; which day; which days; which days do you come; attendance days; date of attendance; "
        "which day s will you attend; days of attendance; attending days; will you attend; will attend; "
        "ថ្ងៃចូលរួម; ចូលរួមថ្ងៃ; ថ្ងៃណា; ថ្ងៃដែលចូលរួម; ចូលរួមនៅថ្ងៃ; ថ្ងៃមកចូលរួម; ថ្ងៃ; អញ្ជើញមកថ្ងៃ"
    ),
    Asked.LANGUAGE: (
        "language; preferred language; language of messages; language of our messages; correspondence language; "
        "ភាសា; ភាសាសម្រាប់ទំនាក់ទំនង; ភាសានៃសារ; ភាសាដែលពេញចិត្ត; ភាសានៃសាររបស់យើង; ភាសាទំនាក់ទំនង"
    ),
    Asked.FOLLOWS: (
        "in which language do you follow; languages to follow; language to follow; which language do you speak; "
        "languages spoken; working language; languages you understand; ភាសាសម្រាប់តាមដាន; តាមដានជាភាសា; "
        "ភាសាដែលលោកអ្នកយល់; ភាសាតាមដាន; តាមដានវគ្គជាភាសា"
    ),
    Asked.GIVEN_ON: (
        "timestamp; start time; completion time; submitted; submitted at; registration date; date submitted; "
        "order date; registered; registered on; last modified time; date of registration; submission date; "
        "ត្រាពេលវេលា; កាលបរិច្ឆេទចុះឈ្មោះ; ពេលវេលា; ថ្ងៃចុះឈ្មោះ; ត្រាម៉ោង; បានចុះឈ្មោះនៅថ្ងៃ"
    ),
    Asked.STATE: (
        "status; state; registration status; order status; registration state; confirmed; confirmation; "
        "ស្ថានភាព; ការបញ្ជាក់"
    ),
    Asked.DATA_USE: (
        "i agree; do you agree; consent; data protection; privacy; use of my data; use of the answers; "
        "personal data; use my data; data consent; consent to use; i consent; store my data; យល់ព្រម; "
        "ការយល់ព្រម; ឯកជនភាព; ទិន្នន័យផ្ទាល់ខ្លួន; ខ្ញុំយល់ព្រម; ប្រើប្រាស់ទិន្នន័យ; ខ្ញុំយល់ព្រមឱ្យប្រើ"
    ),
    Asked.PHOTOS: (
        "photo; photos; photograph; photographs; photography; filmed; photos and film; photographed; pictures; "
        "video; photo consent; may we photograph; may we photograph or film you; រូបថត; ថតរូប; ការថតរូប; "
        "យល់ព្រមថតរូប; ឱ្យថតរូប; ថតរូបឬវីដេអូ; យល់ព្រមឱ្យថតរូប"
    ),
    Asked.LISTED: (
        "list of participants; participant list; show my name in the list of participants; attendee list; "
        "បញ្ជីអ្នកចូលរួម; បញ្ជីឈ្មោះអ្នកចូលរួម; បញ្ជីរាយនាមអ្នកចូលរួម"
    ),
    Asked.LATER: (
        "later events; future events; tell me about later events; news of later events; newsletter; "
        "keep me informed; upcoming events; receive information about future events; mailing list; "
        "កម្មវិធីលើកក្រោយ; ព្រឹត្តិការណ៍ក្រោយ; ព្រឹត្តិការណ៍បន្ទាប់; ព្រឹត្តិការណ៍លើកក្រោយ; "
        "ព័ត៌មានអំពីព្រឹត្តិការណ៍; កម្មវិធីបន្ទាប់"
    ),
    Asked.NEEDS: (
        "access needs; accessibility; special needs; access; accommodation needs; support needed; disability; "
        "what do you need; any special needs; special assistance; accessibility needs; needs; assistance; "
        "special requirements; accessibility requirements; reasonable accommodation; wheelchair; support; "
        "តម្រូវការ; តម្រូវការពិសេស; ការសម្របសម្រួល; តម្រូវការជំនួយ; ពិការភាព; ជំនួយ; តម្រូវការចូលរួម; "
        "ត្រូវការអ្វី; sign language; sign language interpretation; ភាសាសញ្ញា; អ្នកបកប្រែភាសាសញ្ញា"
    ),
    Asked.FOOD: (
        "food; diet; dietary; meal; dietary requirements; dietary restrictions; allergies; allergy; "
        "food preference; dietary needs; meal preference; lunch; food allergies; dietary preference; អាហារ; "
        "vegetarian; vegan; halal; ម្ហូប; របបអាហារ; អាហារបួស; តម្រូវការអាហារ; អាលែកស៊ី; អាហារពិសេស; ការតមអាហារ; តមអាហារ; អាឡែស៊ី"
    ),
    Asked.GENDER: "gender; sex; m f; gender identity; ភេទ; យេនឌ័រ",
    Asked.AGE: "age; age group; age range; how old; your age; age band; អាយុ; ក្រុមអាយុ; វ័យ",
    Asked.ADULT: (
        "18 or over; 18 or older; over 18; are you 18; 18 years; at least 18; adult; ឆ្នាំឡើងទៅ; អាយុគ្រប់; អាយុលើស; ឆ្នាំឡើង"
    ),
    Asked.GROUPS: (
        "group; groups; identity; do you identify; vulnerable group; minority; identify as; community group; "
        "indigenous; lgbt; lgbtqi; person with disability; marginalised group; marginalized group; ក្រុម; "
        "អត្តសញ្ញាណ; ក្រុមងាយរងគ្រោះ; ជនជាតិដើមភាគតិច; ជនមានពិការភាព; ក្រុមគោលដៅ"
    ),
    Asked.NUMBER: ("no; n; nr; number; id; no.; s n; sn; order code; reference number; ល រ; លរ; លេខរៀង; លេខយោង"),
    Asked.IGNORED: (
        "passport; id card; signature; "
        "sign; remarks; remark; comment; comments; note; notes; other; honorific; date of birth; birth; "
        "birthday; bank account; room; hotel; travel; travel support; salutation; prefix; "
        "invoice; price; why do you want to join; "
        "motivation; how did you hear; line id; accommodation; accommodation support; need accommodation; "
        "need support for accommodation; កន្លែងស្នាក់នៅ; ការស្នាក់នៅ; ធ្វើដំណើរ; ជំនួយធ្វើដំណើរ; "
        "ជំនួយលើការធ្វើដំណើរ; ហត្ថលេខា; ផ្សេងៗ; កំណត់សម្គាល់; ថ្ងៃខែឆ្នាំកំណើត; "
        "គោរមងារ; បន្ទប់; ថ្ងៃកំណើត; អត្តសញ្ញាណប័ណ្ណ; សំណួរ; មតិ; "
        "លិខិតឆ្លងដែន"
    ),
}


def plain(text: str) -> str:
    """Latin words with single spaces around; Khmer without spaces."""
    text = re.sub(r"[\W_]+", " ", re.sub("[\u1780-\u17ff]+", " ", text.casefold()))
    return f" {text.strip()} "


def khmer_of(text: str) -> str:
    """All its Khmer, without anything between, as it is compared."""
    return match_key("".join(re.findall("[\u1780-\u17d3\u17dd]+", text)))


_ALL = [(phrase, asked) for asked, phrases in PHRASES.items() for phrase in phrases.split("; ")]
_LATIN = [(plain(phrase), asked) for phrase, asked in _ALL if not KHMER_LETTER.search(phrase)]
_KHMER = [(khmer_of(phrase), asked) for phrase, asked in _ALL if KHMER_LETTER.search(phrase)]
# What may as well be a cell under a heading: only where it is the whole of it.
WHOLE = {plain(word) for word in ("ministry", "university", "school", "ngo", "company", "agency", "speaker", "guest")}
WHOLE |= {plain(word) for word in ("participant", "attendee", "job", "function", "group", "adult", "other", "note")}
# Of another person: neither their name nor their telephone is the participant's, whatever else the heading says.
_OF_ANOTHER = re.compile(
    r"emergency|guardian|next of kin|\bparents?\b|\bsupervisor|"
    r"\b(?:assistant|team leader)(?:'s)? (?:name|phone)|name of (?:the |your )?(?:assistant|team leader)\b|"
    "បន្ទាន់|អាណាព្យាបាល|ឪពុកម្តាយ|ឈ្មោះអ្នកជំនួយ|ឈ្មោះប្រធានក្រុម",
    re.IGNORECASE,
)
_IN_KHMER = re.compile("khmer|ខ្មែរ", re.IGNORECASE)
_IN_LATIN = re.compile("latin|english|roman|ឡាតាំង|អង់គ្លេស", re.IGNORECASE)


# “I do not want to be photographed”: a yes to it is a no. What stands aside, such as “or not” and what we promise,
# asks nothing.
_ASIDE = re.compile(
    r"\([^)]*\)|\bif\b.*|(?:ប្រសិន)?បើ.*|(?:\bor|/)\W*(?:(?:i|you|do)\W+)*(?:not|don['’]?t)\b|"
    r"\b(?:we|odc|will)\s+(?:do\s+|will\s+)?(?:not|never|don['’]?t)\b|(?:ឬ|/)\s*(?:ក៏|ខ្ញុំ|លោក|អ្នក|\s)*មិន",
    re.IGNORECASE | re.DOTALL,
)
_REFUSAL = re.compile(
    r"\b(?:not|don['’]?t|never)\s+(?:want|wish|like|agree|consent|allow|send|receive|contact|e?-?mail|photograph|film|"
    r"take|show|list|include|publish|(?:to\s+)?be\s+(?:photographed|filmed|listed|contacted|included|shown))\b|"
    r"\bno\s+(?:photo|picture|film|video|newsletter|news|e?-?mail)|\bopt(?:ing)?[\s-]?out\b|\bunsubscribe|\brather\s+not\b|"
    r"\b(?:object|refuse|decline)\b|មិន(?:ចង់|ឱ្យ|ឲ្យ|អោយ|អនុញ្ញាត|ព្រម|យល់ព្រម|ទទួល)|កុំ|បដិសេធ",
    re.IGNORECASE,
)


def is_refusal(heading: str) -> bool:
    """Whether a yes under this heading refuses what other headings ask for."""
    return bool(_REFUSAL.search(_ASIDE.sub(" ", heading)))


def asked_by(heading: str, *, is_doubtful: bool = False) -> Asked | None:
    """What a column with this heading holds, as far as the heading tells. `is_doubtful`: perhaps it is no heading."""
    if _OF_ANOTHER.search(heading):
        return Asked.IGNORED
    latin, khmer = plain(heading), khmer_of(heading)
    found = [
        (len(phrase) - 2, asked)
        for phrase, asked in _LATIN
        if phrase in latin and (phrase == latin or not is_doubtful or phrase not in WHOLE)
    ]
    found += [(len(phrase), asked) for phrase, asked in _KHMER if phrase in khmer]
    if not found:
        return None
    asked = max(found, key=lambda one: one[0])[1]
    if {Asked.PHONE, Asked.EMAIL} <= {one for _length, one in found} and asked in (Asked.PHONE, Asked.EMAIL):
        return Asked.CONTACT
    if asked is Asked.NAME and bool(_IN_KHMER.search(heading)) != bool(_IN_LATIN.search(heading)):
        return Asked.NAME_KM if _IN_KHMER.search(heading) else Asked.NAME_LATIN
    return asked
