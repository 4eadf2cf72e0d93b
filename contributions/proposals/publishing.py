"""A call as the public sees it: a value that was frozen when staff pressed, drawn from no table."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from agenda.choices import SpokenLanguage
from agenda.models import Session
from conference import clock
from conference.language.translated import Text
from conference.models import Edition
from contributions.models import Call


@dataclass(frozen=True)
class PublishedTopic:
    pk: int
    name: Text
    codes: tuple[str, ...]  # of its session in the agenda, and of the sessions above: on their pages it is named


@dataclass(frozen=True)
class PublishedCall:
    pk: int
    year: int
    title: Text
    text: Text
    length: Text
    pays: Text
    languages: tuple[str, ...]
    opens_at: datetime
    closes_at: datetime
    hides_names: bool
    topics: tuple[PublishedTopic, ...]
    criteria: tuple[Text, ...]
    is_public: bool = True  # else staff look at what is not published yet: it has no page of its own

    @property
    def is_open(self) -> bool:
        return self.opens_at <= clock.now() < self.closes_at

    @property
    def is_past(self) -> bool:
        return clock.now() >= self.closes_at

    @property
    def language_labels(self) -> list[str]:
        return [str(SpokenLanguage(one).label) for one in self.languages]


class NotReady(Exception):
    """A call without a deadline, or for nothing, is not published."""


def publish(call: Call) -> None:
    """Raises NotReady. A call without a moment at which it opens is open at once."""
    frozen = _frozen(call)
    if not (frozen["topics"] and frozen["closes_at"]):
        raise NotReady
    call.published, call.published_at = frozen, clock.now()
    call.save(update_fields=["published", "published_at"])


def take_back(call: Call) -> None:
    """The public does not see it any more. What was proposed stays."""
    call.published = call.published_at = None
    call.save(update_fields=["published", "published_at"])


def has_changes(call: Call) -> bool:
    """What staff wrote since the public does not see."""
    if not call.published:
        return False
    begins = {} if call.opens_at else {"opens_at": None}  # without a moment it opened when it was published
    return _frozen(call) | begins != dict(call.published) | begins


def published(edition: Edition) -> list[PublishedCall]:
    """One query. While staff look at the draft: as each call would be published now."""
    calls = Call.objects.filter(edition=edition).select_related("edition").order_by("closes_at", "pk")
    if edition.previews_draft:
        found = [one for call in calls if (one := as_it_would_be(call))]
    else:
        kept = calls.exclude(published=None).values_list("pk", "published")
        found = [_thawed(pk, edition, value) for pk, value in kept if value]
    return sorted(found, key=lambda one: one.closes_at)


def published_call(call: Call) -> PublishedCall | None:
    return _thawed(call.pk, call.edition, call.published) if call.published else None


def as_it_would_be(call: Call) -> PublishedCall | None:
    """If it were published now. None where it cannot be."""
    frozen = _frozen(call)
    if not (frozen["topics"] and frozen["closes_at"]):
        return None
    return replace(_thawed(call.pk, call.edition, frozen), is_public=bool(call.published))


def _frozen(call: Call) -> dict[str, Any]:
    texts = {name: _both(getattr(call, name)) for name in ("title", "text", "length", "pays")}
    opens_at = call.opens_at or clock.now()
    topics = call.topics.select_related("session__parent__parent")
    return texts | {
        "languages": list(call.languages),
        "opens_at": opens_at.isoformat(),
        "closes_at": call.closes_at and call.closes_at.isoformat(),
        "hides_names": call.hides_names,
        "topics": [
            {"pk": one.pk, "name": _both(one.called), "codes": _codes(one.session)}
            for one in topics
            if one.called  # the session of one may be deleted
        ],
        "criteria": [_both(one.name) for one in call.criteria.all()],
    }


def _thawed(pk: int, edition: Edition, value: dict[str, Any]) -> PublishedCall:
    topics = [PublishedTopic(one["pk"], Text(*one["name"]), tuple(one["codes"])) for one in value["topics"]]
    return PublishedCall(
        pk=pk,
        year=edition.year,
        title=Text(*value["title"]),
        text=Text(*value["text"]),
        length=Text(*value["length"]),
        pays=Text(*value["pays"]),
        languages=tuple(value["languages"]),
        opens_at=datetime.fromisoformat(value["opens_at"]),
        closes_at=datetime.fromisoformat(value["closes_at"]),
        hides_names=value["hides_names"],
        topics=tuple(topics),
        criteria=tuple(Text(*one) for one in value["criteria"]),
    )


def _both(text: Text) -> list[str]:
    return [text.en, text.km]


def _codes(session: Session | None) -> list[str]:
    found = []
    while session is not None:
        found.append(session.code)
        session = session.parent
    return found
