"""What is proposed, and who speaks. What a proposer needs is kept apart, encrypted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.choices import SpokenLanguage
from agenda.models import Appearance, Session
from conference.fields import ChoicesField, SiteMomentField
from conference.language.translated import in_either_language, line, prose
from conference.models import Language
from conference.words import phone
from contributions.choices import DECIDED, ProposalState, SpeakerAnswer
from contributions.models.calls import Call, CallTopic
from registration.choices import Province, Sector, YesNo
from registration.encryption.columns import EncryptedListField, EncryptedTextField
from registration.models.codes import new_code, spoken

FOLDER = "proposals"
ERASED_TITLE = "–"  # of a proposal whose person is erased: the table demands a title


def proposal_file(row: "Proposal", filename: str) -> str:
    """Neither the name of the person nor that of the file is in it. DocumentField gave `filename` its ending."""
    return f"{FOLDER}/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def there(self) -> "ProposalQuerySet":
        """Not withdrawn, and not erased."""
        return self.exclude(state=ProposalState.WITHDRAWN).exclude(title_en=ERASED_TITLE)

    def to_decide(self) -> "ProposalQuerySet":
        return self.there().filter(state=ProposalState.RECEIVED)

    def to_tell(self) -> "ProposalQuerySet":
        """Decided, and the proposer does not know it yet."""
        return self.there().filter(state__in=DECIDED, told_at=None)

    def kept(self) -> "ProposalQuerySet":
        """With something of a person in them."""
        return self.exclude(title_en=ERASED_TITLE, title_km="")


class Proposal(models.Model):
    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals", verbose_name=_("call for speakers"))
    code = models.CharField(_("number"), max_length=16, unique=True, default=new_code, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # the same form sent twice
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.RECEIVED, editable=False
    )
    topics = models.ManyToManyField(CallTopic, related_name="proposals", verbose_name=_("for"))
    title = line(_("title"))
    summary = prose(_("summary"))
    spoken = ChoicesField(_("language of the contribution"), options=SpokenLanguage)
    link = models.URLField(_("link"), blank=True)
    file = models.FileField(_("file"), upload_to=proposal_file, max_length=100, blank=True)
    # Of the person who proposes; names are those of the first speaker.
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    telegram = models.CharField(_("Telegram name"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language of letters"), max_length=5, choices=Language, default=Language.KHMER)
    province = models.CharField(_("province"), max_length=10, choices=Province, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    first_time = models.CharField(_("speaks for the first time"), max_length=3, choices=YesNo, blank=True)
    created_at = SiteMomentField(_("proposed"), auto_now_add=True)
    updated_at = SiteMomentField(_("last changed"), auto_now=True)
    # What staff decided.
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("decided by")
    )
    words = models.TextField(_("words to the proposer"), blank=True)
    told_at = models.DateTimeField(_("told"), null=True, editable=False)
    # As the form said when it was sent: what the call says later does not open it. Hidden, where nothing is known.
    names_hidden = models.BooleanField(default=True, db_default=True, editable=False)
    # The session that it fills, and what stood there before: for when it is taken back.
    session = models.OneToOneField(
        Session, models.SET_NULL, null=True, editable=False, related_name="proposal", verbose_name=_("session")
    )
    before = models.JSONField(null=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change")
        constraints = [in_either_language("title")]

    def __str__(self) -> str:
        """Never a name: lists, the history and logs show this, whatever a call hides."""
        return self.spoken_code

    @property
    def spoken_code(self) -> str:
        return spoken(self.code)

    @property
    def ways(self) -> list[str]:
        """How the person is reached."""
        return [way for way in (phone(self.phone) if self.phone else "", self.telegram, self.email) if way]

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def keeps_names_hidden(self) -> bool:
        """From reviewers. Of the person who was told so, also after the call says otherwise."""
        return self.names_hidden or self.call.keeps_names_hidden

    @property
    def shows_names(self) -> bool:
        """To staff, without a press."""
        return self.is_decided or not self.keeps_names_hidden


class ProposalSpeaker(models.Model):
    """Who speaks. The first one proposes. `appearance` is the row of the programme that the person gets."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="speakers", verbose_name=_("proposal"))
    name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    appearance = models.OneToOneField(Appearance, models.SET_NULL, null=True, editable=False, related_name="proposed")
    answer = models.CharField(_("answer"), max_length=3, choices=SpeakerAnswer, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        verbose_name = _("speaker of a proposal")
        verbose_name_plural = _("speakers of a proposal")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="proposal_speaker_has_a_name", condition=~Q(name_km="") | ~Q(name_latin=""))
        ]

    def __str__(self) -> str:
        """As the proposal: never a name."""
        return self.proposal.spoken_code

    @property
    def name(self) -> str:
        return " · ".join(filter(None, [self.name_km, self.name_latin]))

    @property
    def introduced(self) -> str:
        """The name, and where the person works. Only for who may see names."""
        return f"{self.name} ({self.organisation})" if self.organisation else self.name


class ProposalNeeds(models.Model):
    """What the proposer needs, and how the figures count them. Encrypted; never shown to reviewers."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="needs", verbose_name=_("proposal"))
    access_needs = EncryptedListField(_("access needs"), default=list)
    access_note = EncryptedTextField(_("what else is needed"), default="")
    needs_travel = EncryptedTextField(_("journey and room"), default="")
    gender = EncryptedTextField(_("gender"), default="")

    class Meta:
        verbose_name = _("needs of a proposer")
        verbose_name_plural = _("needs of proposers")
        default_permissions = ("view", "delete")

    def __str__(self) -> str:
        return self.proposal.spoken_code
