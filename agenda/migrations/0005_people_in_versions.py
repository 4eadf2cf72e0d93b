"""The last published version of each edition says what the site says today about the people and organisations in it."""

from django.db import migrations


def walk(nodes):
    for node in nodes:
        yield node
        yield from walk(node.get("sessions", node.get("children", [])))


def text(row, name):
    return {"en": getattr(row, f"{name}_en"), "km": getattr(row, f"{name}_km")}


def describe(apps, schema_editor):
    models = apps.get_model("agenda", "ProgrammeVersion"), apps.get_model("agenda", "Speaker")
    versions, speakers = (model._base_manager for model in models)
    organisations = apps.get_model("conference", "Organisation")._base_manager
    latest = {version.edition_id: version for version in versions.order_by("number")}
    for version in latest.values():
        seen = [one for node in walk(version.data.get("days", [])) for one in node.get("appearances", [])]
        people = speakers.filter(pk__in={one["speaker"] for one in seen if one.get("speaker")}).order_by("pk")
        bodies = organisations.filter(slug__in={one.get("organisation", "") for one in seen}).order_by("slug")
        version.data["people"] = [
            {
                "key": row.pk,
                **{name: text(row, name) for name in ("name", "job_title", "about")},
                "organisation": text(row.organisation, "name") if row.organisation else {"en": "", "km": ""},
            }
            for row in people.select_related("organisation")
        ]
        version.data["organisations"] = [
            {
                "slug": row.slug,
                **{name: text(row, name) for name in ("name", "short_name")},
                "part_of": [text(above, "name") for above in row.part_of.order_by("name_en", "name_km")],
            }
            for row in bodies
        ]
        version.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("agenda", "0004_site_clock"), ("conference", "0002_hours")]

    operations = [migrations.RunPython(describe, migrations.RunPython.noop, elidable=True)]
