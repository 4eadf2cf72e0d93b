"""Khmer as ministries write it. Digits become Khmer in our own pages (conference.language.khmer); the admin keeps 0-9.

Django's own Khmer reads 03/04/2024 as 4 March; here, as in English, the day comes first.
"""

from conference.formats.en.formats import (  # noqa: F401 -- Django looks them up here
    DATE_INPUT_FORMATS,
    DATETIME_INPUT_FORMATS,
    DECIMAL_SEPARATOR,
    FIRST_DAY_OF_WEEK,
    NUMBER_GROUPING,
    SHORT_DATE_FORMAT,
    SHORT_DATETIME_FORMAT,
    THOUSAND_SEPARATOR,
    TIME_FORMAT,
    TIME_INPUT_FORMATS,
)

DATE_FORMAT = "ថ្ងៃទីj ខែF ឆ្នាំY"
DATETIME_FORMAT = "ថ្ងៃទីj ខែF ឆ្នាំY ម៉ោង G:i"
YEAR_MONTH_FORMAT = "ខែF ឆ្នាំY"
MONTH_DAY_FORMAT = "ថ្ងៃទីj ខែF"
