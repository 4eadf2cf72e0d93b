"""A day with the sessions that are open to be changed. The address says which: ?row=12, ?row=new&after=3, ?row=all."""

from django.contrib import admin, messages
from django.contrib.admin.utils import construct_change_message
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from agenda.admin.day.forms import RowForm
from agenda.admin.day.lines import lines_of, read
from agenda.admin.moving_along import move_along
from agenda.models import Session
from conference.staff.list_admin import KEY
from conference.staff.pages import tell_number
from conference.words import labelled

MOST_OPEN = 60
MOST_CLASHES = 3
SAVED = ngettext_lazy("%(number)s session was saved.", "%(number)s sessions were saved.", "count")


class Sheet:
    def __init__(self, request, day):
        self.day, self.user, self.asked = day, request.user, request.GET
        self.data = request.POST if request.method == "POST" and "day" not in request.POST else None
        self.may_change, self.may_add = (
            request.user.has_perm(f"agenda.{right}_session") for right in ("change", "add")
        )
        sessions, appearances = read(day, locked=self.data is not None)
        self.lines, self.by_pk = lines_of(sessions, appearances)
        self.may_open_all = len(sessions) <= MOST_OPEN
        self.has_tracks = len({row.track_id for row in sessions if row.track_id}) > 1
        self.wrong = []  # forms that say what is to be put right
        self.new = None  # a session that is added at the end
        self.forms = self._opened()

    @property
    def action(self):
        """The address that opens the same rows, also where one of them has become a new one."""
        open_rows = [form.instance.pk or "new" for form in self.forms]
        places = {name: self.asked[name] for name in ("after", "under") if name in self.asked}
        return "?" + urlencode({"row": open_rows, **places}, doseq=True)

    def focus(self):
        """The keyboard stands in the first field that is open, or that is to be put right."""
        for form in (self.wrong or self.forms)[:1]:
            name = next((name for name in form.fields if self.wrong and name in form.errors), "starts_at")
            form.fields[name].widget.attrs["autofocus"] = True

    def _opened(self):
        asked = self.asked.getlist("row")
        self.offered = self._offered() if asked and (self.may_change or self.may_add) else {}
        keys = [int(key) for key in asked if KEY.fullmatch(key)]
        if "all" in asked and self.may_open_all:
            keys = list(self.by_pk)
        found = []
        for key in dict.fromkeys(keys if self.may_change else ()):
            if key in self.by_pk:
                line = self.by_pk[key]
                line.form = self._form(line.session, f"s{key}", self.data)
                found.append(line.form)
            elif self.data and self.may_add:
                found.append(self._made_anew(key))
        if "new" in asked and self.may_add:
            found.append(self._new_one())
        return found

    def _offered(self):
        found = {}
        for name, rows in (("track", self.day.edition.tracks.all()), ("room", self.day.edition.rooms.all())):
            found[name] = rows, [("", "---------"), *((row.pk, str(row)) for row in rows)]
        return found

    def _form(self, session, prefix, data):
        return RowForm(data, instance=session, prefix=prefix, offered=self.offered)

    def _new_one(self):
        """Its place, and what it begins with, come from the session after which or under which it is added."""
        before, above = (self.by_pk.get(_key(self.asked.get(name))) for name in ("after", "under"))
        row = Session(day=self.day)
        if above:
            row.parent = above.session
            row.position = max((line.session.position for line in above.inside), default=0)
        else:
            before_it = before or (self.lines[-1] if self.lines else None)
            if before_it:
                row.starts_at, row.position = before_it.session.ends_at, before_it.session.position
            if before:
                row.track, row.room, row.parent = before.session.track, before.session.room, before.session.parent
        form = self._form(row, "new", self.data)
        if above:
            above.new_inside = form
        elif before:
            before.new = form
        else:
            self.new = form
        return form

    def _made_anew(self, key):
        """A colleague has deleted the session meanwhile: what was typed is not lost."""
        typed = self.data.copy()
        for name in RowForm.base_fields:
            typed[f"new-{name}"] = self.data.get(f"s{key}-{name}", "")
        self.new = self._form(Session(day=self.day), "new", typed)
        self.new.is_gone = True
        return self.new

    def save(self, request):
        """Where to go on, or None where something is to be put right: then nothing is saved."""
        changed = [form for form in self.forms if form.has_changed()]
        for form in changed:
            if getattr(form, "is_gone", False):
                form.add_error(None, _("A colleague has deleted this session meanwhile. Save again to make it anew."))
        self.wrong = [form for form in changed if not form.is_valid()]
        if self.wrong:
            for form in self.forms:
                form.is_bound = form in changed  # the others are shown as they are, and not asked
            return None
        if not changed:
            messages.info(request, _("Nothing was changed."))
            return self._onward(request, list(self.by_pk), self.forms)
        model_admin = admin.site.get_model_admin(Session)
        for form in changed:
            is_new = form.instance.pk is None
            row = form.save()
            log = model_admin.log_addition if is_new else model_admin.log_change
            log(request, row, construct_change_message(form, None, is_new))
        tell_number(request, SAVED, len(changed))
        move_along(request, changed)
        _lines, by_pk = lines_of(*read(self.day))
        for form in changed:
            line = by_pk[form.instance.pk]
            for text in line.clashes[:MOST_CLASHES]:
                messages.warning(request, labelled(line.name, text))
        return self._onward(request, list(by_pk), changed)

    def _onward(self, request, keys, forms):
        here = next((form.instance.pk for form in forms if form.instance.pk), None)
        if here is None:
            return request.path
        if "another" in request.POST:
            return f"{request.path}?row=new&after={here}"
        following = keys[keys.index(here) + 1 :][:1]
        if "next" in request.POST and following:
            return f"{request.path}?row={following[0]}"
        return f"{request.path}#s{here}"


def _key(text):
    return int(text) if text and KEY.fullmatch(text) else None
