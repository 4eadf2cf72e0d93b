"""A migration lets the code before it work on: several machines are upgraded one after the other.

So a column that is to go is first read and written by no code, and taken away in a later version. Such a second step
stands in SECOND_STEPS.
"""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

# The last ones from before this rule.
BEFORE = {"conference": "0005", "agenda": "0007", "registration": "0040"}
# What takes away, or forbids, only what no running code needs any more: with the reason.
SECOND_STEPS: dict[tuple[str, str], str] = {}

TAKES_AWAY = (
    *(migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel),
    *(migrations.AlterModelTable, migrations.RunSQL),
)


def what_breaks(operations, app, state):
    """Operations after which the code before them could not read, or not write. Moves the state forwards."""
    new_tables = set()
    for operation in operations:
        if isinstance(operation, migrations.CreateModel):
            new_tables.add(operation.name_lower)
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from what_breaks(operation.database_operations, app, state.clone())
        elif getattr(operation, "model_name_lower", "") not in new_tables and breaks(operation, app, state):
            yield operation.describe()
        operation.state_forwards(app, state)


def breaks(operation, app, state):
    if isinstance(operation, migrations.AddField):
        return is_demanded(operation.field)
    if isinstance(operation, migrations.AlterField):
        return takes_less(state.models[app, operation.model_name_lower].fields[operation.name], operation.field)
    return isinstance(operation, TAKES_AWAY)


def is_demanded(field):
    """Code that does not know the column leaves it out, so the database must have a value: null, or `db_default`."""
    return not (field.null or field.many_to_many or field.has_db_default())


def takes_less(before, after):
    is_shorter = before.max_length and after.max_length and after.max_length < before.max_length
    is_another_kind = before.get_internal_type() != after.get_internal_type()
    return (before.null and not after.null) or (after.unique and not before.unique) or is_shorter or is_another_kind


def test_code_before_a_new_migration_works_on():
    loader = MigrationLoader(None)
    found = {}
    for name in sorted(loader.graph.nodes):
        app, number = name[0], name[1][:4]
        if app in BEFORE and number > BEFORE[app] and name not in SECOND_STEPS:
            state = loader.project_state(name, at_end=False)
            found[".".join(name)] = list(what_breaks(loader.graph.nodes[name].operations, app, state))

    assert {name: broken for name, broken in found.items() if broken} == {}


def test_every_second_step_is_there():
    assert set(SECOND_STEPS) <= set(MigrationLoader(None).graph.nodes)


FLAG, WORD = models.BooleanField(default=False), models.CharField(max_length=20)
BREAK = [
    migrations.RemoveField("sample", "word"),
    migrations.RenameField("sample", "word", "text"),
    migrations.DeleteModel("sample"),
    migrations.RenameModel("sample", "other"),
    migrations.AlterModelTable("sample", "other"),
    migrations.RunSQL("SELECT 1"),
    migrations.AddField("sample", "flag", FLAG),
    migrations.AlterField("sample", "word", models.CharField(max_length=10, null=True)),
    migrations.AlterField("sample", "word", models.TextField(null=True)),
    migrations.AlterField("sample", "word", WORD),
    migrations.AlterField("sample", "word", models.CharField(max_length=20, null=True, unique=True)),
    migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("sample", "word")]),
]
DO_NOT = [
    migrations.CreateModel("other", [("id", models.BigAutoField(primary_key=True)), ("flag", FLAG)]),
    migrations.AddField("sample", "flag", models.BooleanField(default=False, db_default=False)),
    migrations.AddField("sample", "flag", models.BooleanField(null=True)),
    migrations.AddField("sample", "others", models.ManyToManyField("agenda.sample")),
    migrations.AlterField("sample", "word", models.CharField("word", max_length=30, null=True)),
    migrations.RunPython(migrations.RunPython.noop),
    migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("sample", "word")]),
]


def broken_by(operation):
    state = ProjectState()
    columns = [("id", models.BigAutoField(primary_key=True)), ("word", models.CharField(max_length=20, null=True))]
    state.add_model(ModelState("agenda", "sample", columns))
    return list(what_breaks([operation], "agenda", state))


@pytest.mark.parametrize("operation", BREAK, ids=lambda one: one.describe())
def test_rule_finds_what_breaks_the_code_before(operation):
    assert len(broken_by(operation)) == 1


@pytest.mark.parametrize("operation", DO_NOT, ids=lambda one: one.describe())
def test_rule_lets_pass_what_does_not(operation):
    assert broken_by(operation) == []
