"""What the site knows of a staff account besides Django's user: its second factor, its sign-ins."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference import clock

EVENTS_DAYS = 90  # for how long an account shows what happened to it
TRIES_WINDOW = timedelta(minutes=15)
LONGEST_NAME = 40  # of a volunteer
DAY_ACCOUNTS_KEPT = timedelta(days=30)  # after their last day: who took a person in may still be asked


class Account(models.Model):
    """One row for each user who has something of it: without a row, neither of the two."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="account")
    # Another person made the password: its owner chooses a new one at the next sign-in.
    must_change_password = models.BooleanField(default=False)
    # The secret of the authenticator app is made of it and the site's key: a stolen database has none. Empty: none.
    factor_salt = models.CharField(max_length=32, blank=True)
    factor_step = models.BigIntegerField(default=0)  # that of the last code: no code is taken twice

    class Meta:
        verbose_name = _("staff account")
        verbose_name_plural = _("staff accounts")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """In place of a code of the authenticator app, once. Kept as a keyed hash."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    hashed = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class EventQuerySet(models.QuerySet["AccountEvent"]):
    def past(self) -> "EventQuerySet":
        return self.filter(at__lte=timezone.now() - timedelta(days=EVENTS_DAYS))


class AccountEvent(models.Model):
    """Something happened to an account. Its owner sees it, and knows whether it was they."""

    class What(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in")
        RECOVERY = "recovery", _("signed in with a recovery code")
        WRONG_CODE = "wrong_code", _("the password was right, the code was wrong")
        FACTOR = "factor", _("set up the authenticator app")
        NO_FACTOR = "no_factor", _("took the authenticator app away")
        CODES = "codes", _("made new recovery codes")
        LINK = "link", _("a colleague made a link for a new password")
        MAIL = "mail", _("a link for a new password was sent by e-mail")
        PASSWORD = "password", _("chose a new password")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_events")
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    what = models.CharField(_("what"), max_length=20, choices=What)
    visitor = models.CharField(_("network address"), max_length=50, blank=True)
    browser = models.CharField(_("browser"), max_length=50, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an account")
        verbose_name_plural = _("events of accounts")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_what_display()}"


class TryQuerySet(models.QuerySet["SignInTry"]):
    def past(self) -> "TryQuerySet":
        """Those that no longer count."""
        return self.filter(at__lte=timezone.now() - TRIES_WINDOW)


class SignInTry(models.Model):
    """Of before: tries are counted in conference.models.Attempt now. The table goes in a later version."""

    key = models.CharField(max_length=64, editable=False)  # a keyed hash
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = TryQuerySet.as_manager()

    class Meta:
        verbose_name = _("try to sign in")
        verbose_name_plural = _("tries to sign in")
        default_permissions = ()
        indexes = [models.Index(fields=["key", "at"], name="tries_of_a_key")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class DayAccountQuerySet(models.QuerySet["DayAccount"]):
    def running(self) -> "DayAccountQuerySet":
        now = clock.now()
        return self.filter(starts_at__lte=now, ends_at__gt=now, closed_at=None)

    def past(self) -> "DayAccountQuerySet":
        """Those of a conference that is over for a while."""
        return self.filter(ends_at__lte=clock.now() - DAY_ACCOUNTS_KEPT)


class DayAccount(models.Model):
    """What a volunteer at the desk has besides a user (accounts.volunteers): a code on paper, no password, some days.

    Of the code and of the devices there are hashes alone: each is a secret of 190 bits, so that they need no key.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="day_account")
    edition = models.ForeignKey("conference.Edition", models.CASCADE, related_name="day_accounts")
    name = models.CharField(max_length=LONGEST_NAME)  # Desk 3
    # By the clock of the site.
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # by a colleague, before its time
    code = models.CharField(max_length=64, unique=True)
    # A telephone has two browsers: the one that its camera opens, and the one that its owner uses.
    device = models.CharField(max_length=64, blank=True)
    other_device = models.CharField(max_length=64, blank=True)

    objects = DayAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of a volunteer")
        verbose_name_plural = _("accounts of volunteers")
        ordering = ["pk"]
        default_permissions = ()
        permissions = [("invite_dayaccount", _("Can make accounts of volunteers for the desk"))]
        constraints = [models.UniqueConstraint("edition", "name", name="one_day_account_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        return timezone.localdate(self.ends_at - timedelta(seconds=1))

    @property
    def devices(self) -> int:
        return sum(map(bool, [self.device, self.other_device]))

    @property
    def is_running(self) -> bool:
        return self.closed_at is None and self.starts_at <= clock.now() < self.ends_at

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None or self.ends_at <= clock.now()
