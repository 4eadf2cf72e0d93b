"""Views of a list: filters under a name. Some the site has ready, others a colleague keeps for themselves.

A view holds filters of its list alone, and of these only what the colleague may filter by when they open it. It holds
neither a search, which may be a name, nor a year: it shows the edition that the list shows.
"""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from conference.serving.errors import NotTaken
from conference.staff.edition_filter import PARAMETER
from conference.staff.list_admin import OF_EVERY_LIST
from registration.choices import MessageState, Province, Status
from registration.forms.fields import OneLine
from registration.models import Arrangement, Message, Registration, SavedView, TravelRequest

LEFT_OUT = (OF_EVERY_LIST - {ORDER_VAR}) | {PARAMETER}
AT_MOST = 20  # of one colleague on one list
HERE, ABROAD = Province.PHNOM_PENH, Province.ABROAD
FROM_THE_PROVINCES = [code for code in Province.values if code not in (HERE, ABROAD)]


@dataclass(frozen=True)
class Ready:
    name: Promise
    of: type
    filters: dict[str, object]

    @property
    def query(self):
        return urlencode(self.filters, doseq=True)


TO_CALL = Ready(gettext_lazy("People to call"), Message, {"state__exact": MessageState.TO_CALL})
READY = {
    Registration: [
        Ready(gettext_lazy("To decide"), Registration, {"status__exact": Status.RECEIVED}),
        Ready(
            gettext_lazy("From the provinces, undecided"),
            Registration,
            {"status__exact": Status.RECEIVED, "province__exact": FROM_THE_PROVINCES},
        ),
        Ready(gettext_lazy("Waiting list"), Registration, {"status__exact": [Status.WAITING, Status.OFFERED]}),
        TO_CALL,
    ],
    Message: [
        TO_CALL,
        Ready(gettext_lazy("Could not be sent"), Message, {"state__exact": MessageState.FAILED}),
    ],
    TravelRequest: [
        Ready(gettext_lazy("Undecided"), TravelRequest, {"decided": "0"}),
        Ready(
            gettext_lazy("With a place, undecided"),
            TravelRequest,
            {"decided": "0", "registration__status__exact": Status.CONFIRMED},
        ),
    ],
    Arrangement: [
        Ready(gettext_lazy("Still open"), Arrangement, {"open": "yes"}),
        Ready(gettext_lazy("To be told now"), Arrangement, {"open": "to_tell"}),
    ],
}
MODELS = {model._meta.model_name: model for model in READY}


class ViewForm(forms.Form):
    name = OneLine(label=gettext_lazy("Name"), max_length=60)
    query = forms.CharField(max_length=3000)


def with_views(request, response):
    """The list with the links to its views. `response` is Django's, which is drawn afterwards."""
    context = getattr(response, "context_data", None) or {}
    if "cl" in context and IS_POPUP_VAR not in request.GET:
        context["views"] = _views(request, context["cl"].model)
    return response


def _views(request, model):
    now = _filters(request.GET)
    of = model._meta.model_name
    may = admin.site.get_model_admin(model).parameters(request)
    ready = [(None, one.name, one.query, one.of) for one in READY[model] if _may_see(request, one.of)]
    kept = SavedView.objects.filter(user=request.user, of=of)
    own = [(one.pk, one.name, one.query, model) for one in kept if QueryDict(one.query).keys() <= may]
    links = [
        {
            "pk": pk,
            "name": name,
            "address": _address(to, query, request.GET.get(PARAMETER)),
            "is_shown": to is model and QueryDict(query) == now,
        }
        for pk, name, query, to in [*ready, *own]
    ]
    is_new = bool(now) and not any(link["is_shown"] for link in links)
    return {"of": of, "links": links, "own": [link for link in links if link["pk"]], "to_keep": is_new and now}


def _filters(asked):
    """What of an address a view keeps."""
    kept = asked.copy()
    for name in asked:
        if name in LEFT_OUT:
            del kept[name]
    return kept


def _address(model, query, year):
    address = reverse(f"admin:registration_{model._meta.model_name}_changelist")
    return f"{address}?{query}" + (f"&{urlencode({PARAMETER: year})}" if year else "")


def _may_see(request, model):
    return admin.site.get_model_admin(model).has_view_or_change_permission(request)


def _model(request, of):
    if of not in MODELS:
        raise Http404
    if not _may_see(request, MODELS[of]):
        raise PermissionDenied
    return MODELS[of]


@admin.site.admin_view
@require_POST
def keep_view(request, of):
    model = _model(request, of)
    form = ViewForm(request.POST)
    filters = QueryDict(request.POST.get("query", ""))
    back = _address(model, filters.urlencode(), None)
    if not filters.keys() <= admin.site.get_model_admin(model).parameters(request):
        raise NotTaken(_address(model, "", None))
    kept = SavedView.objects.filter(user=request.user, of=of)
    query = _filters(filters).urlencode()
    if not form.is_valid() or not query:
        messages.error(request, _("Nothing was kept: a view needs a name of at most 60 letters, and a filter."))
    elif kept.count() >= AT_MOST and not kept.filter(name=form.cleaned_data["name"]).exists():
        messages.error(request, _("Nothing was kept: you have many views of this list. Take one away first."))
    else:
        SavedView.objects.update_or_create(
            user=request.user, of=of, name=form.cleaned_data["name"], defaults={"query": query}
        )
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": form.cleaned_data["name"]})
    return redirect(back)


@admin.site.admin_view
@require_POST
def take_view_away(request, of, pk):
    model = _model(request, of)
    view = get_object_or_404(SavedView, pk=pk, user=request.user, of=of)
    view.delete()
    messages.success(request, _("The view “%(name)s” is taken away.") % {"name": view.name})
    return redirect(_address(model, "", None))
