"""What was proposed: the list, and a page for each with its reviews, the decision, and the letter to hand on."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import KEY, FixedFilter, ListAdmin, never
from conference.staff.pages import admin_page, chosen_edition
from conference.words import comma, digits
from contributions import links
from contributions.admin import files
from contributions.choices import ProposalState
from contributions.models import Proposal, ProposalNeeds, Reviewer
from contributions.proposals import deciding, figures, letters, reviewing
from registration.admin.access.sensitive import LookedAtAdmin
from registration.admin.common.display import EMPTY, displayed, in_words
from registration.choices import AccessNeed, Gender, Look, YesNo
from registration.figures import workbook
from registration.forms.fields import Prose, one_of, one_of_many
from registration.models import AccessLog


class _Decisions:
    choices = [
        (ProposalState.ACCEPTED, ProposalState.ACCEPTED.label),
        (ProposalState.WAITING, ProposalState.WAITING.label),
        (ProposalState.DECLINED, ProposalState.DECLINED.label),
        (ProposalState.RECEIVED, _("nothing is decided yet")),
    ]


class DecideForm(PlainForm):
    state = one_of(_Decisions, _("Decision"), required=_("Choose a decision."))
    topic = one_of_many(_Decisions, _("For"), _("Choose a topic"), help_text=_("If it is accepted"))
    words = Prose(
        label=_("Words to the proposer"),
        required=False,
        max_length=2000,
        help_text=_("They stand in the letter, as you write them: in the language of the proposer"),
    )

    def __init__(self, *args, proposal, **kwargs):
        # Where staff deleted the topics for which it was proposed, it may be accepted for any other.
        topics = list(proposal.topics.all()) or list(proposal.call.topics.all())
        begin = {
            "state": proposal.state,
            "words": proposal.words,
            "topic": str(topics[0].pk) if len(topics) == 1 else "",
        }
        super().__init__(*args, initial=begin, **kwargs)
        self.topics = {str(topic.pk): topic for topic in topics}
        self.fields["topic"].choices = [
            ("", _("Choose a topic")),
            *((key, str(one)) for key, one in self.topics.items()),
        ]

    def clean(self):
        if self.cleaned_data.get("state") == ProposalState.ACCEPTED and not self.cleaned_data.get("topic"):
            self.add_error("topic", _("Say for which topic it is accepted."))
        return self.cleaned_data


@admin.site.admin_view
@permission_required("registration.view_figures", raise_exception=True)
def figures_page(request):
    """Ranges alone, for all who see figures: staff who see the rows can count them there."""
    edition = chosen_edition(request)
    return admin_page(
        request,
        "admin/contributions/proposal/figures.html",
        _("Figures of the proposals"),
        chosen=edition,
        tables=figures.tables(edition),
        taken_anew=workbook.TAKEN_ANEW,
    )


class ToldFilter(FixedFilter):
    title = _("told")
    parameter_name = "told"
    answers = [("no", _("decided, and not told yet"))]

    def queryset(self, request, queryset):
        return queryset.to_tell() if self.value() else queryset


@admin.register(Proposal)
class ProposalAdmin(ListAdmin):
    """No list and no search knows a name: it would tell who proposed what, where the call hides it."""

    has_add_permission = has_delete_permission = never
    list_display = ["number", "title_shown", "topics_shown", "state", "reviewed", "mean", "proposed"]
    list_display_links = ["number", "title_shown"]
    list_filter = ["state", ToldFilter, of_edition("call__edition"), "call"]
    list_select_related = ["call"]
    list_per_page = 100
    search_fields = ["code", "title_en", "title_km"]
    search_help_text = _("Number or title")
    actions = None
    number = displayed(_("number"), lambda one: one.spoken_code, ordering="code")
    proposed = in_words(Proposal, "created_at")
    title_shown = displayed(_("title"), lambda one: str(one.title), ordering="title_en")
    topics_shown = displayed(_("for"), lambda one: "; ".join(str(topic.called) for topic in one.topics.all()))
    reviewed = displayed(
        _("reviews"), lambda one: digits(sum(not review.has_conflict for review in one.reviews.all()))
    )

    @admin.display(description=_("mean"))
    def mean(self, one):
        found = reviewing.overall(one.reviews.all())
        return EMPTY if found is None else digits(found)

    def get_queryset(self, request):
        rows = super().get_queryset(request).prefetch_related("topics__session__parent", "reviews")
        return rows.exclude(pk__in=Proposal.objects.exclude(pk__in=Proposal.objects.kept()).values("pk"))

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("-", ""))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        proposal = self.get_object(request, object_id)
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if request.method == "POST" and not self.has_change_permission(request, proposal):
            raise PermissionDenied
        return self._one(request, proposal)

    def get_urls(self):
        file = self.admin_site.admin_view(self.file)
        return [
            path("figures/", figures_page, name="contributions_proposal_figures"),
            path("all.<str:ending>", self.admin_site.admin_view(self.all), name="contributions_proposal_all"),
            path("<key:pk>/file/", file, name="contributions_proposal_file"),
            *super().get_urls(),
        ]

    def all(self, request, ending):
        """Of one edition, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = chosen_edition(request)
        return files.handed_out(request, files.proposals(edition), edition, ending)

    def file(self, request, pk):
        proposal = get_object_or_404(Proposal.objects.select_related("call"), pk=pk)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        if not proposal.file:
            raise Http404
        if not proposal.shows_names:
            self._note_look(request, proposal)
        name = f"{proposal.spoken_code}.{proposal.file.name.rpartition('.')[2]}"
        return FileResponse(proposal.file.open(), as_attachment=True, filename=name)

    def _one(self, request, proposal):
        """Names are open once it is decided; before, where the call hides them, after a press that is noted."""
        shows_names = proposal.shows_names
        form = DecideForm(request.POST if "decide" in request.POST else None, proposal=proposal)
        if "names" in request.POST and not shows_names:
            self._note_look(request, proposal)
            shows_names = True
        elif "told" in request.POST:
            deciding.note_told(proposal)
            return self._back(proposal)
        elif KEY.fullmatch(key := request.POST.get("conflict", "")):
            reviewer = get_object_or_404(Reviewer, call=proposal.call_id, pk=key)
            reviewing.say_conflict(reviewer, proposal)
            return self._back(proposal)
        elif form.is_valid() and self._decide(request, proposal, form):
            return self._back(proposal)
        return self._page(request, proposal, form, shows_names)

    def _decide(self, request, proposal, form):
        said, state = form.cleaned_data, ProposalState(form.cleaned_data["state"])
        try:
            if state == ProposalState.ACCEPTED:
                deciding.accept(proposal, form.topics[said["topic"]], words=said["words"], by=request.user)
            else:
                deciding.put_off(proposal, state, words=said["words"], by=request.user)
        except deciding.Taken:
            form.add_error("topic", _("Another proposal fills this session already. Take that one back first."))
        except deciding.Gone:
            messages.error(request, _("Nothing was changed: it was withdrawn meanwhile."))
            return True
        else:
            self.log_change(request, proposal, str(state.label))
            messages.success(request, _("The decision is kept."))
            return True
        return False

    def _page(self, request, proposal, form, shows_names):
        criteria = list(proposal.call.criteria.all())
        reviews = list(proposal.reviews.select_related("reviewer"))
        context = {
            "proposal": proposal,
            "form": form,
            "shows_names": shows_names,
            "may_change": self.has_change_permission(request, proposal) and proposal.state != ProposalState.WITHDRAWN,
            "topics": [topic.called for topic in proposal.topics.all()],
            "criteria": criteria,
            "reviews": [(one, [one.scores.get(str(criterion.pk)) for criterion in criteria]) for one in reviews],
            "mean": reviewing.overall(reviews),
            "not_near": Reviewer.objects.filter(call=proposal.call_id).exclude(
                pk__in=[one.reviewer_id for one in reviews if one.has_conflict]
            ),
            "sees_needs": request.user.has_perm("contributions.view_proposalneeds")
            and ProposalNeeds.objects.filter(proposal=proposal).first(),
        }
        if shows_names:
            context["speakers"] = [
                (one, links.address("speaking", "speaker", one, proposal.language)) for one in proposal.speakers.all()
            ]
        if proposal.is_decided:
            subject, text = letters.words(proposal)
            context |= {"subject": subject, "text": text}
            context["to_telegram"] = (
                f"https://t.me/share/url?{urlencode({'url': letters.address_of(proposal), 'text': text})}"
            )
        title = f"{proposal.spoken_code} · {proposal.title}"
        return admin_page(
            request, "admin/contributions/proposal/page.html", title, opts=self.opts, original=proposal, **context
        )

    def _back(self, proposal):
        return redirect("admin:contributions_proposal_change", proposal.pk)

    def _note_look(self, request, proposal):
        AccessLog.objects.create(
            user=request.user, look=Look.VIEW, subject=f"proposal {proposal}", columns="name_km, name_latin"
        )


def _needs(one):
    return comma().join(str(_words(AccessNeed, need)) for need in one.access_needs)


def _words(choices, value):
    return dict(choices.choices).get(value, value)


@admin.register(ProposalNeeds)
class ProposalNeedsAdmin(LookedAtAdmin):
    list_display = ["proposal"]
    list_select_related = ["proposal"]
    list_filter = [of_edition("proposal__call__edition")]
    search_fields = ["proposal__code"]
    fields = ["proposal_shown", "needs_shown", "access_note", "travel_shown", "gender_shown"]
    readonly_fields = fields
    proposal_shown = displayed(_("proposal"), lambda one: one.proposal.spoken_code)
    needs_shown = displayed(
        _("access needs"),
        lambda one: comma().join(str(_words(AccessNeed, need)) for need in one.access_needs) or EMPTY,
    )
    travel_shown = displayed(_("journey and room"), lambda one: _words(YesNo, one.needs_travel) or EMPTY)
    gender_shown = displayed(_("gender"), lambda one: _words(Gender, one.gender) or EMPTY)
