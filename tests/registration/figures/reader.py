"""A reader with an exact solver, who tries to work out what the figures do not show.

The reader knows the code, and so the range of every number; that a person is in one row only, or in which rows a
person may be at once; and that one column lies within another. A reader of the page knows the range of each total,
staff who see the rows know it exactly. What each hidden number may then be is an integer program.
"""

import random
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_diag, coo_array, csr_array

from registration.choices import AgeBand, Gender, Group, Province, Sector
from registration.figures.columns import STEP, Column, lower_end
from registration.figures.gather import Counts
from registration.figures.measures import ABOUT_PEOPLE, COMING, Measure
from registration.figures.snapshots import due_columns

R, C, A = COMING
WITHIN = {(R, R), (C, C), (A, A), (C, R), (A, R), (A, C)}  # the first counts some of the people of the second
SMALL = range(1, 5)


# --- people ---


def population(seed, size=None):
    """People as they might be: (answers to each question, measures). Each seed has its own shares."""
    chance = random.Random(seed)
    is_confirmed, has_come, silent = chance.uniform(0.5, 1), chance.uniform(0.5, 1), chance.uniform(0, 0.3)
    provinces, sectors = list(Province.values), list(Sector.values)
    chance.shuffle(provinces)
    chance.shuffle(sectors)
    steep = chance.uniform(0.5, 1.5)
    people = []
    for _person in range(size or chance.randint(12, 150)):
        groups = {group for group in ("indigenous", "disability", "lgbtqi", "shethinks") if chance.random() < 0.08}
        alone = chance.choices([Group.NONE, Group.NOT_SAID, ""], [70, 8, 100 * silent])
        answers = {
            "gender": chance.choices([*Gender.values, ""], [50, 42, 2, 1, 3, 50 * silent]),
            "age": chance.choices([*AgeBand.values, ""], [35, 50, 8, 3, 50 * silent]),
            "groups": groups or alone,
            "province": chance.choices(provinces, [1 / place**steep for place in range(1, len(provinces) + 1)]),
            "sector": chance.choices(sectors, [1 / place for place in range(1, len(sectors) + 1)]),
        }
        confirmed = chance.random() < is_confirmed
        attended = confirmed and chance.random() < has_come
        people.append((answers, {R} | ({C} if confirmed else set()) | ({A} if attended else set())))
    return people


def count(people):
    counts = Counts(Counter(), Counter())
    for answers, measures in people:
        counts.people.update(measures)
        for code, given in answers.items():
            counts.by_answer.update((code, measure, answer) for measure in measures for answer in given)
    return counts


# --- what is known ---


@dataclass(eq=False)
class Seen:
    """One column: the people it counts, and what of it is shown, or None."""

    measure: Measure
    look: int
    people: int
    true: dict
    shown: Column | None
    place: dict = field(default_factory=dict)  # answer -> number of the unknown


def looks_of(question, counts_of_looks):
    """Every column that was ever shown in a series of looks, and those that the last look hides."""
    known, columns = {}, []
    for look, counts in enumerate(counts_of_looks):
        due = due_columns([question], counts, known)
        known |= due
        taken = {measure: column for (_code, measure), column in due.items() if column.is_new}
        columns += [seen(question, measure, look, counts, column) for measure, column in taken.items()]
    hidden = set(COMING) - {column.measure for column in columns}
    return columns + [seen(question, measure, look, counts, None) for measure in sorted(hidden)]


def seen(question, measure, look, counts, column):
    return Seen(measure, look, counts.people[measure], counts.column(question.code, measure), column)


class Unknowns:
    """The unknown numbers of one table, and all that ties them."""

    def __init__(self, question, columns, *, knows_totals):
        self.columns, self.knows_totals = columns, knows_totals
        self.answers = [answer for answer, _words in question.answers] + [""]
        self.shared = [answer for answer in self.answers if answer in question.shared]
        self.alone = [answer for answer in self.answers if answer not in question.shared]
        self.true, self.low, self.high, self.ties, self.names = [], [], [], [], set()
        for column in columns:
            self._add(column)
        self.pairs = []  # the first lies within the second, and so within all those within which that one lies
        for inner in columns:
            for measure in (outer for of, outer in sorted(WITHIN) if of == inner.measure):
                later = [one for one in columns if one.measure == measure and one.look >= inner.look and one != inner]
                self.pairs += [(inner, outer) for outer in sorted(later, key=lambda outer: outer.look)[:1]]
        for inner, outer in self.pairs:
            for answer in [*self.answers, "people", *(["of shared"] if self.shared else [])]:
                self._tie({inner.place[answer]: 1, outer.place[answer]: -1}, -np.inf, 0)
            for answer in self.shared:  # those of the shared answers who are not in this one
                terms = {inner.place["of shared"]: 1, inner.place[answer]: -1}
                terms |= {outer.place["of shared"]: -1, outer.place[answer]: 1}
                self._tie(terms, -np.inf, 0)

    def _unknown(self, column, name, true, low, high):
        column.place[name] = len(self.true)
        self.true.append(true)
        self.low.append(low)
        self.high.append(high)
        assert low <= true <= high

    def _tie(self, terms, low, high):
        self.ties.append((terms, low, high))

    def _add(self, column):
        low = lower_end(column.people)
        exactly = self.knows_totals or column.people == 0
        self._unknown(
            column,
            "people",
            column.people,
            column.people if exactly else low,
            column.people if exactly else low + STEP - 1,
        )
        most = low + STEP - 1
        for answer in self.answers:
            lowest = column.shown.lowest.get(answer) if column.shown else None
            low, high = (0, most) if lowest is None else (lowest, lowest + STEP - 1)
            self._unknown(column, answer, column.true.get(answer, 0), low, min(high, most))
        place = column.place
        rows = {place[answer]: 1 for answer in self.alone}
        if self.shared:
            alone = sum(column.true.get(answer, 0) for answer in self.alone)
            self._unknown(column, "of shared", column.people - alone, 0, most)
            rows[place["of shared"]] = 1
            for answer in self.shared:
                self._tie({place[answer]: 1, place["of shared"]: -1}, -np.inf, 0)
            self._tie({place["of shared"]: 1} | {place[answer]: -1 for answer in self.shared}, -np.inf, 0)
        self._tie(rows | {place["people"]: -1}, 0, 0)

    def targets(self, pairs):
        """Numbers that stand for fewer than five: of a row, of all who are not in it, of the difference of columns."""
        for column in self.columns:
            if self.knows_totals and not column.shown and column.people < STEP:
                continue  # the total alone says so much
            for answer in self.answers:
                number = column.true.get(answer, 0)
                name = f"{answer or 'silent'}, {column.measure}, look {column.look}"
                if number in SMALL:
                    yield answer, name, {column.place[answer]: 1}
                if column.people - number in SMALL:
                    yield answer, f"not {name}", {column.place["people"]: 1, column.place[answer]: -1}
        for inner, outer in pairs:
            for answer in self.answers:
                if outer.true.get(answer, 0) - inner.true.get(answer, 0) in SMALL:
                    name = f"{answer or 'silent'}, {outer.measure} {outer.look} without {inner.measure} {inner.look}"
                    yield answer, name, {outer.place[answer]: 1, inner.place[answer]: -1}

    def pinned(self, known_to_be_open=()):
        """The targets that may have two values at most: name -> lowest, highest."""
        pairs = self.pairs
        if self.knows_totals:
            # Staff may know by name the one person in whom two columns differ: a column that is hidden adds nothing.
            pairs = [pair for pair in pairs if pair[0].shown and pair[1].shown]
        targets, answers = [], set()
        for answer, name, terms in self.targets(pairs):
            self.names.add(name)
            if name in known_to_be_open:
                continue
            answers.add(answer)
            weights = np.zeros(len(self.true))
            weights[list(terms)] = list(terms.values())
            targets.append((name, weights))
        cells = [(number, *term) for number, (terms, *_limits) in enumerate(self.ties) for term in terms.items()]
        rows, places, factors = zip(*cells, strict=True)
        # Thin, for speed: of a full matrix, numpy would make the product in threads that wait by working.
        matrix = csr_array((factors, (rows, places)), (len(self.ties), len(self.true)))
        least = np.array([low for _terms, low, _high in self.ties])
        most = np.array([high for _terms, _low, high in self.ties])
        if targets:  # where tables near by show that a number is open, the solver need not say so
            weights_of_all = csr_array(np.array([weights for _name, weights in targets]))
            values = (weights_of_all @ self._near_tables(answers, matrix, least, most).T).T
            is_open = np.ptp(values, axis=0) >= 2
            targets = [target for target, known in zip(targets, is_open, strict=True) if not known]
        return self._solve(targets, matrix, least, most) if targets else {}

    def _near_tables(self, answers, matrix, least, most):
        """Tables that differ from the true one by a person or two, and look the same."""
        changes = [{}]
        for column in self.columns:
            outer = [pair[1] for pair in self.pairs if pair[0] is column]
            inner = [pair[0] for pair in self.pairs if pair[1] is column]
            for columns in ([column], [column, *outer], [column, *inner]):
                over = {answer: [one.true.get(answer, 0) % STEP for one in columns] for answer in self.alone}
                donors = sorted(self.alone, key=lambda answer, over=over: -min(over[answer]))[:2]
                takers = sorted(self.alone, key=lambda answer, over=over: max(over[answer]))[:2]
                for answer in answers:
                    for step in (-2, -1, 1, 2):
                        # More or fewer people in all, or instead of people in another row.
                        others = [{"people": step}, *({row: -step} for row in ["", *(donors if step > 0 else takers)])]
                        if answer in self.shared:
                            others = [{}, *({"of shared": step} | other for other in others)]
                        for other in others:
                            if answer not in other:
                                change = other | {answer: step}
                                changes.append({one.place[row]: by for row, by in change.items() for one in columns})
        rows = [number for number, change in enumerate(changes) for _place in change]
        places = [place for change in changes for place in change]
        by = [step for change in changes for step in change.values()]
        tables = coo_array((by, (rows, places)), (len(changes), len(self.true))).toarray() + self.true
        tables = tables[(tables >= self.low).all(1) & (tables <= self.high).all(1)]
        ties = (matrix @ tables.T).T
        return tables[(ties >= least).all(1) & (ties <= most).all(1)]

    def _solve(self, targets, matrix, least, most):
        """All targets at once, downwards and upwards: each in a copy of the table of its own."""
        copies = 2 * len(targets)
        wanted = np.concatenate([part for _name, weights in targets for part in (weights, -weights)])
        solution = milp(
            wanted,
            constraints=LinearConstraint(
                block_diag([matrix] * copies, "csc"), np.tile(least, copies), np.tile(most, copies)
            ),
            bounds=Bounds(np.tile(self.low, copies), np.tile(self.high, copies)),
            integrality=np.ones(len(wanted)),
        )
        assert solution.success, solution.message
        tables = solution.x.reshape(copies, -1).round()
        found = {}
        for number, (name, weights) in enumerate(targets):
            low, high = int(tables[2 * number] @ weights), int(tables[2 * number + 1] @ weights)
            if high - low < 2:
                found[name] = (low, high)
        return found


# --- what the reader finds ---


def what_is_pinned(*looks, questions=ABOUT_PEOPLE):
    """Of a series of looks at the figures (each the people of that moment): all that a reader works out."""
    counts = [count(people) for people in looks]
    found = {}
    for question in questions:
        columns = looks_of(question, counts)
        is_open = set()
        if question.is_sensitive:  # else staff see the rows
            of_staff = Unknowns(question, columns, knows_totals=True)
            found |= {("staff", question.code, name): limits for name, limits in of_staff.pinned().items()}
            # What is open to those who know the totals is open to those who know only their ranges.
            is_open = {name for name in of_staff.names if ("staff", question.code, name) not in found}
        of_all = Unknowns(question, columns, knows_totals=False)
        found |= {("all", question.code, name): limits for name, limits in of_all.pinned(is_open).items()}
    return found


def series(seed, size=None):
    """How a population comes together: one person more, or one step further, from look to look."""
    chance = random.Random(seed)
    people = population(seed, size)
    steps = []
    for number, (_answers, measures) in enumerate(people):
        registered = chance.random()
        moments = {R: registered, C: registered + chance.random() / 2, A: 2 + chance.random()}
        steps += [(moments[measure], number, measure) for measure in measures]
    now, looks = {}, []
    for _moment, number, measure in sorted(steps):
        now.setdefault(number, (people[number][0], set()))[1].add(measure)
        looks.append([(answers, set(measures)) for answers, measures in now.values()])
    return looks


def hostile_population(seed):
    """Rows just above and below a step, columns that differ by one person: where ranges tell most."""
    chance = random.Random(seed)
    people = []
    rows = {question.code: [answer for answer, _words in question.answers][:9] for question in ABOUT_PEOPLE}
    for row in range(chance.randint(2, 9)):
        registered = chance.choice([0, 1, 4, 4, 5, 5, 6, 9, 10, 10, 14, 15])
        confirmed = max(0, registered - chance.choice([0, 0, 0, 1, 1, 1, 2, 5, 6]))
        attended = max(0, confirmed - chance.choice([0, 0, 1, 1, 1, 2, 5, 6]))
        for number in range(registered):
            measures = {R} | ({C} if number < confirmed else set()) | ({A} if number < attended else set())
            answers = {code: {of[row % len(of)]} for code, of in rows.items()}
            people.append((answers, measures))
    silent = {code: {""} for code in rows}
    return people + [(silent, {R} if chance.random() < 0.5 else {R, C, A})] * chance.choice([0, 0, 1, 3, 4, 5, 9])
