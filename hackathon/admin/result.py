"""The result as it stands, how it comes about, and the buttons that decide a tie, publish and take back."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from conference.words import digits
from hackathon.judging import publishing, words
from hackathon.judging.results import standing_of
from hackathon.models import Hackathon
from registration.forms.fields import OneLine

PUBLISHES = "hackathon.publish_result"


class TieForm(forms.Form):
    """A place for each of the teams that are tied, and why."""

    reason = OneLine(max_length=300, label=_("Why in this order"))

    def __init__(self, tie, *args, **kwargs):
        super().__init__(*args, prefix=f"tie-{tie.place}", **kwargs)
        places = [(str(tie.place + number), digits(tie.place + number)) for number in range(len(tie.projects))]
        self.keys = {f"team-{one.team_pk}": one.team_pk for one in tie.projects}
        for project, (first, _word) in zip(tie.projects, places, strict=True):
            name = f"team-{project.team_pk}"
            label = _("Place of team %(number)s: %(name)s")
            label = label % {"number": digits(project.number), "name": project.name}
            self.fields[name] = forms.ChoiceField(choices=places, label=label, initial=first)
        self.order_fields([*self.keys, "reason"])

    def clean(self):
        chosen = [self.cleaned_data.get(name) for name in self.keys]
        if None not in chosen and len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Give each team a place of its own."))
        return self.cleaned_data

    def order(self):
        return sorted(self.keys.values(), key=lambda team: int(self.cleaned_data[f"team-{team}"]))


@admin.site.admin_view
@permission_required("hackathon.view_score", raise_exception=True)
def page(request, pk):
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition", "result__published_by"), pk=pk)
    if request.method == "POST" and not request.user.has_perm(PUBLISHES):
        raise PermissionDenied
    standing = standing_of(hackathon)
    result = getattr(hackathon, "result", None)
    pressed = request.POST.get("decide", "")
    forms_of = [(tie, TieForm(tie, request.POST if pressed == str(tie.place) else None)) for tie in standing.ties]
    if request.method == "POST" and _carried_out(request, hackathon, forms_of):
        return redirect("admin:hackathon_result", pk)
    return admin_page(
        request,
        "admin/hackathon/result.html",
        _("Result"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        standing=standing,
        result=result,
        is_as_published=result is None or publishing.is_as_published(result, standing),
        forms_of=forms_of,
        judges=[(one, words.of_judge(one)) for one in standing.judges],
        is_ready=any(row.place for row in standing.rows),
        awarded=publishing.announced(hackathon),
        may_publish=request.user.has_perm(PUBLISHES),
    )


def _carried_out(request, hackathon, forms_of):
    try:
        if "publish" in request.POST:
            publishing.publish(hackathon, request.POST.get("seen", ""), by=request.user)
            messages.success(request, _("The result is published."))
        elif "take_back" in request.POST:
            publishing.take_back(hackathon)
            messages.success(request, _("The result is no longer public, and the judges can go on."))
        else:
            form = next((form for _tie, form in forms_of if form.is_bound), None)
            if form is None or not form.is_valid():
                return form is None
            publishing.decide_tie(hackathon, form.order(), form.cleaned_data["reason"], by=request.user)
    except publishing.Refused:
        messages.error(request, _("Nothing was done: the result has changed meanwhile. Look at it as it stands now."))
    return True
