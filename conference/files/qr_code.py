"""QR codes as part of the page: nothing is loaded for them, and the page's security policy allows no data: images."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str) -> SafeString:
    """Black on white in both colour schemes, with the quiet zone that cameras need."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, light="#fff", border=4))  # noqa: S308 -- drawn from modules alone
