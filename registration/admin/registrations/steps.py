"""The steps that staff take with the people whom they tick in the list: each asks first, on a page between."""

from django.conf import settings
from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from conference.language.khmer import store_clean
from conference.language.translated import Text
from conference.staff.pages import tell_number
from registration.admin.common.asking import are_of_one_edition, ask_first, chosen, is_sure, what_is_told
from registration.admin.common.locked import tell_offered
from registration.choices import MessageKind
from registration.models import Registration
from registration.own_page import changing
from registration.places import lock
from registration.signing_up import transitions

DONE = ngettext_lazy("Done for %(number)s person.", "Done for %(number)s people.", "count")
REFUSED = {
    lock.NoPlaceLeft: gettext_lazy("No place is free for: %(codes)s"),
    lock.TooLate: gettext_lazy("Not possible from where they stand now: %(codes)s"),
    lock.Over: gettext_lazy("The conference is over, and where people stand does not change any more: %(codes)s"),
}
ABOUT = {
    MessageKind.CONFIRMED: gettext_lazy(
        "Each gets a place while places are free, in the order in which they signed up."
    ),
    MessageKind.WAITING: "",
    MessageKind.CANCELLED: gettext_lazy(
        "Their places and their seats are free for others, and a place is offered to the next on the waiting list."
    ),
    MessageKind.DECLINED: gettext_lazy(
        "The reason stands in the message to each of them, after the words: “We are sorry that we cannot offer you a "
        "place this time.” Write it kindly, in the language of each of them, or leave it empty. Where it is written "
        "in one language alone, all read that."
    ),
}
REASON = "admin/registration/registration/decline.html"


@admin.action(description=gettext_lazy("Confirm: give them a place"), permissions=["change"])
def confirm(model_admin, request, queryset):
    return _ask_or_take(model_admin, request, queryset, MessageKind.CONFIRMED, transitions.confirm)


@admin.action(description=gettext_lazy("Put on the waiting list"), permissions=["change"])
def wait(model_admin, request, queryset):
    return _ask_or_take(model_admin, request, queryset, MessageKind.WAITING, transitions.put_on_waiting_list)


@admin.action(description=gettext_lazy("Cancel: they do not come"), permissions=["change"])
def cancel(model_admin, request, queryset):
    return _ask_or_take(model_admin, request, queryset, MessageKind.CANCELLED, transitions.cancel)


@admin.action(description=gettext_lazy("Decline, with a reason"), permissions=["change"])
def decline(model_admin, request, queryset):
    """Each is told the reason in their language; in the other where it is written in that alone."""
    reason = Text(*(store_clean(request.POST.get(f"reason_{code}", "")) for code, _name in settings.LANGUAGES))

    def step(registration, *, by):
        return transitions.decline(registration, reason.shown(registration.language)[0], by=by)

    return _ask_or_take(model_admin, request, queryset, MessageKind.DECLINED, step, template=REASON)


@admin.action(description=gettext_lazy("New link: the old one no longer opens"), permissions=["change"])
def renew_links(model_admin, request, queryset):
    """The new one goes to each by e-mail, or onto the call list."""
    if is_sure(request):
        people = chosen(request, Registration.objects.select_related("edition"))
        for registration in people:
            changing.renew_link(registration, by=request.user)
        return tell_number(request, DONE, len(people))
    people = queryset.select_related("edition")
    if not are_of_one_edition(request, people):
        return None
    about = _("The link that each of them has opens no more. The new one is on its way.")
    told = what_is_told(people, MessageKind.LINK)
    return ask_first(request, model_admin, "renew_links", people, about=about, **told)


def _ask_or_take(model_admin, request, queryset, kind, step, **page):
    """The step that is told by a message of this kind."""
    if is_sure(request):
        people = chosen(request, Registration.objects.all())
        if kind in (MessageKind.CONFIRMED, MessageKind.WAITING):
            people = people.order_by("created_at", "pk")  # who signed up first gets a place first
        else:
            people = without_a_place_first(people)
        return _take(model_admin, request, people, step)
    people = list(queryset.select_related("edition"))
    if not are_of_one_edition(request, people):
        return None
    concerned = [person for person in people if person.status in transitions.STARTS_FROM[kind]]
    told = what_is_told(concerned, kind)
    about, action = ABOUT[kind], ACTIONS[kind].__name__
    return ask_first(request, model_admin, action, people, about=about, concerned=concerned, **told, **page)


def without_a_place_first(people):
    """No place that is given back is offered to another who gives up, too."""
    return sorted(people, key=lambda person: (person.place_no is not None, person.pk))


def _take(model_admin, request, people, step):
    """Takes a step for each, and says for whom it was not possible, and why."""
    refused, offered = {reason: [] for reason in REFUSED}, []
    for registration in people:
        try:
            offered += step(registration, by=request.user)
        except tuple(REFUSED) as reason:
            refused[type(reason)].append(registration.spoken_code)
    if done := len(people) - sum(map(len, refused.values())):
        tell_number(request, DONE, done)
    tell_offered(request, offered)
    for reason, codes in refused.items():
        if codes:
            model_admin.message_user(request, REFUSED[reason] % {"codes": ", ".join(codes)}, messages.WARNING)


ACTIONS = {
    MessageKind.CONFIRMED: confirm,
    MessageKind.WAITING: wait,
    MessageKind.DECLINED: decline,
    MessageKind.CANCELLED: cancel,
}
