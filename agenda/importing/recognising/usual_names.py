"""Names that people have, as Latin letters write them: they tell "Sok Dara" from "Rice Prices". Pure.

A list proves little and knows few: words that are also words of titles ("Long", "Sun", "May") are not in it.
"""

import re

# Family names of Cambodia, which stand first.
_FAMILY = """
    ang bun chab chan chann chao chap chea cheam chek chenda cheng chet chey chhan chhay chhean chheang chheng
    chhim chhin chhit chhoeun chhorn chhoun chhour chhun chhuon chim choeun chom chorn choun chrea chum chun
    chuon chuop dara deth duch duong ean eang eng eung hean heang heng hing hoeun hok hong hor hul hun huot hut
    huy im ith kan kao kea keat keo khan khat khem kheng khieu khiev khim khin khoeun khon khoun khun khuon khut
    khuth khy kim kith koeun kork kosal kouch koum koy kruy kry kuch kun kung kuoch kuy laing lay leang leng lim
    loek loeung lor lorn loun loung luon luong ly lyhour meach meak meas meng mey minh mok monirath mony narin
    neak neang neou nget ngin ngoun nguon nhean nhek nhem nhim nhoun nin noeun norng noun nuon nuth ny oeun oeur
    ouch ouk oum oun ourn pang pech peng penh peou phal phan phat phay pheap phoeun phok phon phorn phou phoung
    pich pisey plong poeun pok pong pou pov prak pres prum puth rath reach rin roeun ros roth rotha sam samnang
    samreth sann sao sar sarin sean seang sek seng sim sith siv soeun soeung soeur sok sokha som sor soth sou
    soum soun sourn sovann srey srun suong suy svay tak tan tang tann tauch tep thach thai thang thav thea
    theang theng thet thoeun thon thong thou thoung thun thy tieng tith toeun tok touch ung uong uy vann vanna
    vannak veng vong vorn vuth yang yean yem yim yin ying yoeun yong yorn youk yun yuth
"""
# Family names of Viet Nam, and given names that stand first in names of other countries.
_GIVEN = """
    adam agnes agus ahmad albert alberto alejandro alex alexander alexandra ali alice alison amanda amelia amy
    ana andrea andreas andrew angela anita ann anna anne annie anong anthony antoine antonio arthur ayu bambang
    barbara beatrice ben benjamin bernard bob bounmy brian budi bui bùi camille carla carlos carmen caroline
    catherine cecilia charles charlotte chris christian christina christine christopher claire clara claudia
    clement daniel daniela david dewi dian diana diego donald dorothy dwi dương edward eko elena elisabeth
    elizabeth ella emily emma eric ernesto esther eva fatima felix fernando florence francesca francesco francis
    francois frank frederic gabriel george gerard giulia gloria hana hannah hans harriet harry heather heidi
    helen helena hendra henri henry hoang hoàng hugo huynh huỳnh hồ ian indra ingrid irene isabel isabelle ivan
    jacob jacques james jan jana jane janet jason javier jean jeff jennifer jenny jeremy jessica jim joan joanna
    joe johan johanna john joko jonas jonathan jorge joseph juan judith julia julian julie juliette kanya karen
    karin karl kate katherine kathrin katie keiko kenji ketut kevin khamla kristin laura laurent lena leo leon
    liam linda lisa liz lorenzo louis louise luca lucas lucia lucy luis lukas luke lê lý made malee marc marcel
    marco marcus margaret maria mariana marie marina mario markus marta martha martin martina mary mathieu
    matthew matthias maya melissa michael michel michelle miguel mike miriam mohamed mohammed monica monique
    muhammad nadia nancy narong natalia natalie nathan nattapong ngo nguyen nguyễn ngô nicholas nick nicolas
    nicole nina noah nora nur olga oliver olivia oscar pablo patricia patrick paul paula pauline pedro peter
    pham philip philippe phạm pierre pimchanok prasert priya putri rachel rafael rahmat raj ratna ravi rebecca
    ricardo richard rina rita robert roberto roger ruth ryan sandra sara sarah sebastian sengdao sergio sharon
    simon siriporn siti sofia somchai somsak sophia sophie sri stefan stephanie stephen steve steven stuart suda
    susan susanne sven sylvia tanya teresa theresa thomas timothy tina tom tony tran trần trịnh ursula valerie
    vanessa vera veronica victor victoria vincent virginia võ vũ walter wayan wendy wichai william xavier yanti
    yasmin yuki yusuf yves yvonne zoe đinh đặng đỗ
"""
_USUAL = frozenset(f"{_FAMILY} {_GIVEN}".split())
_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w’'-]+")


def has_usual_name(text: str) -> bool:
    """Whether a text of two to four words with capitals begins with a name that many people have."""
    words = text.split()
    are_names = 2 <= len(words) <= 4 and all(_WORD.fullmatch(word) or len(word) < 4 for word in words)
    first = words[0].casefold() if words else ""
    return are_names and first in _USUAL and not text.startswith("Hong Kong")
