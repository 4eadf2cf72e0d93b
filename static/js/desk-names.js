// Names as they are looked for at the desk: the same keys as conference/khmer.py makes, so that what is typed without a
// line finds what the server would find. tests/browser/test_desk_names.py holds the two together.
const deskNames = (() => {
  const COENG = "\u17d2"; // makes the next consonant a subscript
  const BASE = "[\u1780-\u17b3\u25cc]";
  const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad\u17b4\u17b5]/g;
  const SYLLABLE = new RegExp(`${BASE}(?:${COENG}+${BASE}|[\u17b6-\u17d1\u17d3\u17dd]|${COENG}+(?!${BASE}))+`, "g");
  const PART = new RegExp(`${COENG}+${BASE}|[^]`, "g");
  const UPPER_VOWEL = /[\u17b7-\u17ba\u17be\u17bf\u17d0\u17dd]|\u17b6\u17c6/;
  const FOLDED = {
    ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ŧ: "t", œ: "oe", æ: "ae", þ: "th", ŋ: "ng", ß: "ss", ς: "σ",
  };
  const TITLE_KM = /^(?:ឯកឧត្តម|លោកជំទាវ|អ្នកឧកញ៉ា|ឧកញ៉ា|លោកស្រី|អ្នកស្រី|លោក|កញ្ញា|បណ្ឌិត)[ .]+/;
  const TITLE_EN = /^(?:h\.?\s?e\.?|mrs?|ms|miss|dr|prof|ven|oknha)\.?\s+/i;
  // The order of marks in a syllable; a subscript is 2, and subscript RO comes after the others.
  const RANKS = [
    [1, "\u17cc"], [3, "\u17c9\u17ca"], [4, "\u17c1\u17c2\u17c3\u17be\u17bf\u17c0\u17c4\u17c5"],
    [5, "\u17bb\u17bc\u17bd"], [6, "\u17b7\u17b8\u17b9\u17ba"], [7, "\u17b6"], [9, "\u17c7\u17c8"],
  ];
  const MOST_OF_A_PHONE = 4; // digits: more of a telephone is not known here

  const rank = (part) =>
    part[0] === COENG ? (part.at(-1) === "\u179a" ? 2.5 : 2) : (RANKS.find(([, marks]) => marks.includes(part[0])) ?? [8])[0];
  const inOrder = (parts) => parts.sort((one, other) => rank(one) - rank(other));
  const partsOf = (syllable) => syllable.slice(1).match(PART) ?? [];

  function orderSyllable(syllable) {
    const parts = partsOf(syllable).map((part) => (part[0] === COENG && part.length > 1 ? COENG + part.at(-1) : part));
    const ordered = [syllable[0]];
    for (const part of inOrder(parts)) if (part !== ordered.at(-1)) ordered.push(part); // the same mark typed twice
    return ordered.join("").replaceAll("\u17c1\u17b8", "\u17be").replaceAll("\u17c1\u17b6", "\u17c4");
  }

  // Vowel U under an upper vowel looks like a register shifter: one sign stands for all of them.
  function sameShifter(syllable) {
    if (!UPPER_VOWEL.test(syllable)) return syllable;
    const same = syllable.replace(/[\u17c9\u17ca\u17bb]/g, "\u17ca");
    return same[0] + inOrder(partsOf(same)).join("");
  }

  function withoutTitle(typed) {
    // On Khmer keyboards the space bar gives U+200B: where there is no other, it is a space.
    const hasOnlyInvisible = typed.replace(/^[\u200b ]+|[\u200b ]+$/g, "").includes("\u200b") && !/\S\s\S/.test(typed);
    const text = (hasOnlyInvisible ? typed.replaceAll("\u200b", " ") : typed).replace(INVISIBLE, "").normalize("NFC");
    const spaced = text.replace(INVISIBLE, "").replace(/\s+/g, " ").trim();
    const ordered = spaced.replaceAll("\u17a4", "\u17a2\u17b6").replaceAll("\u17a3", "\u17a2").replace(SYLLABLE, orderSyllable);
    return ordered.replace(TITLE_KM, "").replace(TITLE_EN, "");
  }

  const asciiDigits = (text) => text.replace(/[\u17e0-\u17e9]/g, (digit) => digit.charCodeAt(0) - 0x17e0);

  function matchKey(typed) {
    const lower = withoutTitle(typed).normalize("NFKD").toLowerCase().replace(/[øłđðħıŧœæþŋßς]/g, (letter) => FOLDED[letter]);
    const plain = asciiDigits(lower).replace(/[\u0300-\u036f]/g, "");
    const alike = plain.replaceAll(COENG + "\u178a", COENG + "\u178f").replaceAll("\u17b2", "\u17b1");
    const marks = alike.replaceAll("\u17d3", "\u17c6").replaceAll("\u17c8", "\u17c7").replace(SYLLABLE, sameShifter);
    const spelt = marks.replace(/[\u17b6-\u17d3\u17dd]/g, (mark) => `x${mark.charCodeAt(0).toString(16)}`);
    return spelt.replace(/[^\p{L}\p{N}]+/gu, "");
  }

  const matchParts = (typed) => withoutTitle(typed).split(" ").map(matchKey).filter(Boolean);

  // What is looked for: the words of a name in any order, or digits. Of a long telephone number the last digits are known.
  function wanted(typed) {
    const digits = asciiDigits(typed);
    if (!/^[+\d\s().-]+$/.test(digits)) return matchParts(typed);
    const bare = digits.replace(/\D/g, "");
    return bare ? [bare.length > MOST_OF_A_PHONE + 2 ? bare.slice(-MOST_OF_A_PHONE) : bare] : [];
  }

  // Signs such as ៉ ៊ ់, which people leave out or confuse, count for nothing in a search.
  const coarse = (key) => key.replace(/x17(?:c[9abdef]|d[01]|dd)/g, "");

  // 0: every word begins a key. 1: some are spelt a little differently, or stand within a name that is written without spaces. null: not this person.
  function fit(person, parts) {
    let worst = 0;
    for (const part of parts) {
      if (person.keys.some((key) => key.startsWith(part))) continue;
      worst = 1;
      const like = coarse(part) || part;
      if (person.alike.keys.some((key) => key.startsWith(like))) continue;
      if (part.length < 3 || !(person.run.includes(part) || person.alike.run.includes(like))) return null;
    }
    return worst;
  }

  // A person as the server sends it, ready to be looked for.
  function prepared(person) {
    const whole = [person.number, person.km, person.latin].map(matchKey);
    const keys = [...person.find, whole[0]];
    const run = [person.find.join(""), ...whole].join(" ");
    return { ...person, keys, run, alike: { keys: keys.map(coarse), run: coarse(run) } };
  }

  function search(people, typed) {
    const parts = wanted(typed);
    if (!parts.length) return [];
    const fits = [...people].map((person) => [fit(person, parts), person]).filter(([how]) => how !== null);
    return fits.sort(([one], [other]) => one - other).map(([, person]) => person);
  }

  return { matchKey, matchParts, prepared, search };
})();
