"""How much the site takes in of what people send. Each reader keeps to these limits, and says so beyond one of them.

A small file can ask for much work: it names the width of a cell itself, or how many rows a cell is merged over.
"""

# A table that staff send or paste. The agenda of two days has 130 rows, 3 columns and 400 cells.
ROWS = 2500
COLUMNS = 40
CELLS = 50_000
DEPTH = 20  # tables in tables, or brackets in brackets
SECONDS = 10

# In bytes: a file as it is sent; all that is packed in a file of Word or Excel; the text that stands in the box.
FILE = 2 * 1024 * 1024
UNPACKED = 20 * 1024 * 1024
TEXT = 700_000  # it comes back with every tick; the site takes 800 KB at once
PARTS = 2000  # files that are packed in one
TAGS = 1_000_000  # in all of them: opening and closing ones

PICTURE = 5 * 1024 * 1024
PIXELS = 25_000_000

DOCUMENT = 5 * 1024 * 1024
RECORDING = 5 * 1024 * 1024  # ten minutes of speech, at 64 kbit/s
