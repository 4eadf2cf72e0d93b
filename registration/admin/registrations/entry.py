"""Staff register a person: the public form's questions inside the admin, by the rules of signing_up.rules."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.signing_up import NO_INTAKE, look_alikes, sign_up_by_staff
from registration.choices import Channel
from registration.forms.refusals import said_in
from registration.forms.staff import StaffSignUpForm
from registration.signing_up import guardians
from registration.views.busy import nothing_lost

TEMPLATE = "admin/registration/registration/add.html"
OVER = gettext_lazy("This conference is over: there is no call to a guardian to note down any more.")
WHO_WAS_THERE = gettext_lazy(
    "This conference is over. Register only a person who was there, as on the paper of the desk, with the days on "
    "which the person was there: this notes the attendance too. No message is sent."
)
KNOWN = gettext_lazy(
    "A person with this name and e-mail address is registered already, as below. Nothing new was stored."
)
SENT_BEFORE = gettext_lazy(
    "%(code)s was registered with this form before: what was sent first stands. To change it, open the registration."
)
SESSION_KEY = "next_person"  # what the next person has in common with the one before; nothing sensitive


def _edition(request):
    """The year in the address, else the edition at work."""
    return chosen_edition(request, also={"next", "_changelist_filters"})


def _typed(request, admin, **happened):
    form = StaffSignUpForm.keep(request.POST, edition=_edition(request))
    return _form_page(admin, request, form, **happened)


@sensitive_post_parameters()
@nothing_lost(_typed)
def page(request, admin):
    if not admin.has_add_permission(request):
        raise PermissionDenied
    edition = _edition(request)
    if request.method != "POST":
        common = request.session.pop(SESSION_KEY, {}) if "next" in request.GET else {}
        return _form_page(admin, request, StaffSignUpForm(edition=edition, initial=common))
    form = StaffSignUpForm(request.POST, edition=edition)
    if not form.is_valid():
        return _form_page(admin, request, form)
    if form.is_for_guardian:
        return _call_guardian(admin, request, form)
    alike = [] if form.cleaned_data["anyway"] else list(look_alikes(form))
    told = None if alike else sign_up_by_staff(request, form, form.cleaned_data["channel"])
    return _done(admin, request, form, told) if told else _form_page(admin, request, form, alike)


def _form_page(admin, request, form, alike=(), *, status=200, **happened):
    response = admin_page(
        request,
        TEMPLATE,
        _("Register a person"),
        opts=admin.opts,
        form=form,
        over=WHO_WAS_THERE if form.edition.is_over else "",
        alike=alike,
        may_look=admin.has_view_or_change_permission(request),
        **happened,
    )
    response.status_code = status
    return response


def _call_guardian(admin, request, form):
    """Of such a form only whom to call was judged: the language may be missing."""
    whom = form.whom_to_call(form.cleaned_data.get("language") or "km")
    with said_in(form, too_late=OVER if form.edition.is_over else NO_INTAKE):
        guardians.ask_to_call(edition=form.edition, channel=Channel.DESK, **whom)
        admin.message_user(
            request, _("No person is registered yet: the call to the parent or guardian is noted down.")
        )
        return redirect(request.get_full_path())
    return _form_page(admin, request, form)


def _done(admin, request, form, told):
    if told.repeats:
        admin.message_user(request, KNOWN, messages.WARNING)
        return redirect("admin:registration_registration_change", told.pk)
    registration = form.edition.registrations.get(pk=told.pk)
    words = {"code": registration.spoken_code, "status": registration.get_status_display()}
    if told.is_same_form:
        admin.message_user(request, SENT_BEFORE % words, messages.WARNING)
    else:
        admin.log_addition(request, registration, [{"added": {}}])
        admin.message_user(request, _("Registered: %(code)s, %(status)s. Say the number.") % words, messages.SUCCESS)
    if "_next" in request.POST or not admin.has_view_or_change_permission(request):
        request.session[SESSION_KEY] = form.for_the_next()
        response = redirect("admin:registration_registration_add")
        response["Location"] += f"?next=1&edition={form.edition.year}"
        return response
    return redirect("admin:registration_registration_change", registration.pk)
