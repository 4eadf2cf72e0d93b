"""The head of an e-mail that was pasted with the agenda: who sent it, when, to whom. Pure."""

import re
from collections.abc import Iterator, Sequence

_FIELDS = {
    "from": r"from|de|von|từ|dari",
    "to": r"to|cc|bcc|à|an|đến|kepada|reply-to",
    "date": r"date|sent|envoyé|gesendet|ngày|tanggal",
    "subject": r"subject|objet|betreff|chủ đề|perihal|subjek",
}
_FIELD = re.compile("|".join(rf"(?P<{name}>[*_]*(?:{words})\s?:)" for name, words in _FIELDS.items()), re.IGNORECASE)


_ATTRIBUTION = re.compile(r"(?:on|le|vào|pada|am)\s.{5,90}\s(?:wrote|écrit|viết|menulis|schrieb)\s?:", re.IGNORECASE)


def mail_heads(texts: Sequence[str]) -> set[int]:
    """The lines of each head: several fields one below the other, among them the sender; "On Monday Sample wrote:"."""
    found = {at for at, text in enumerate(texts) if _ATTRIBUTION.fullmatch(text.strip())}
    for first, fields in _runs(texts):
        if len(set(fields)) > 2 and "from" in fields:
            found.update(range(first, first + len(fields)))
    return found


def _runs(texts: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    fields: list[str] = []
    for at, text in enumerate([*texts, ""]):
        field = _FIELD.match(text)
        if field and field.lastgroup:
            fields.append(field.lastgroup)
        elif fields:
            yield at - len(fields), fields
            fields = []
