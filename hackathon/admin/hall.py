"""The hall: the order is drawn, teams are called to the stage, the clock runs, the projects are shown."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from conference.language.khmer import store_clean
from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from hackathon.models import Hackathon
from hackathon.pitching import drawing, stage
from hackathon.submitting.projects import submitted


class DrawForm(forms.Form):
    seed = forms.CharField(
        max_length=100,
        required=False,
        label=_("Words or numbers that people in the hall call out"),
        help_text=_("Then no one can say that they were chosen. Empty: the site takes some by chance."),
    )
    reason = forms.CharField(max_length=200, required=False, label=_("Why it is drawn again"))

    def clean_seed(self):
        seed = store_clean(self.cleaned_data["seed"])
        if "'" in seed:  # the published command to draw it again stands in such quotes
            raise forms.ValidationError(_("Leave out the sign ' here."))
        return seed

    def clean_reason(self):
        return store_clean(self.cleaned_data["reason"])


@admin.site.admin_view
@permission_required("hackathon.run_hackathon", raise_exception=True)
def page(request, pk):
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition"), pk=pk)
    form = DrawForm(request.POST if "draw" in request.POST else None)
    if request.method == "POST" and _carried_out(request, hackathon, form):
        return redirect("admin:hackathon_hall", pk)
    projects = submitted(hackathon)
    return admin_page(
        request,
        "admin/hackathon/hall.html",
        _("The hall"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        projects=projects,
        draws=list(hackathon.draws.select_related("drawn_by")),
        not_drawn=[one for one in projects if one.pitch_no is None],
        stage=stage.stage_of(hackathon),
        form=form,
    )


def _carried_out(request, hackathon, form):
    pressed = request.POST
    try:
        if "draw" in pressed:
            if not form.is_valid():
                return False
            drawing.draw(hackathon, request.user, **form.cleaned_data)
        elif "next" in pressed and pressed["next"].isdecimal():
            stage.call_next(hackathon, after=int(pressed["next"][:5]))
        elif "back" in pressed and pressed["back"].isdecimal():
            stage.call_back(hackathon, after=int(pressed["back"][:5]))
        elif "start" in pressed:
            stage.start_clock(hackathon)
        elif "show" in pressed or "hide" in pressed:
            Hackathon.objects.filter(pk=hackathon.pk).update(projects_shown="show" in pressed)
    except drawing.TooEarly:
        messages.error(request, _("The deadline is not over: the order can be drawn afterwards."))
    except drawing.NoTeam:
        messages.error(request, _("No team has sent a project: there is no order to draw."))
    except drawing.NoReason:
        form.add_error("reason", _("It was drawn before. Write why it is drawn again: the reason is published too."))
        return False
    return True
