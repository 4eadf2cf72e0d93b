"""Under which terms the programme may be used: the licence of all that ODC publishes."""

from conference.language.translated import Text

NAME = "CC BY 4.0"
CODE = "CC-BY-4.0"  # as spdx.org writes it
URL = "https://creativecommons.org/licenses/by/4.0/"
HOLDER = Text("Open Development Cambodia (ODC)", "អង្គការទិន្នន័យអំពីការអភិវឌ្ឍ (អូឌីស៊ី)")
LINE = Text(
    "Free to use, copy and change under Creative Commons Attribution 4.0 (CC BY 4.0), if you name Open Development "
    "Cambodia (ODC) as the source.",
    "អាចប្រើប្រាស់ ចម្លង និងកែប្រែដោយសេរី ក្រោមអាជ្ញាប័ណ្ណ Creative Commons Attribution 4.0 (CC BY 4.0) "
    "ដោយត្រូវបញ្ជាក់ថា អង្គការទិន្នន័យអំពីការអភិវឌ្ឍ (អូឌីស៊ី) ជាប្រភព។",
)
