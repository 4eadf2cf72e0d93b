"""The grade that Mozilla's HTTP Observatory gives an answer over HTTPS.

Its rules are public: github.com/mdn/mdn-http-observatory, version 1.4.8, src/grader/charts.js (the points) and
src/analyzer/tests/ (what earns them). Here are those that an answer of this site can come under; whatever is done in
another way than the best counts as not done at all, so that the grade here is never better than theirs.
"""

import re

# For what is done, and for what is not. Points above 0 count only where 90 of the 100 at the beginning are left.
POINTS = {
    "content-security-policy": (10, -25),  # default-src 'none', nothing unsafe, form-action and base-uri said
    "cookies": (5, -40),  # each Secure, HttpOnly and SameSite
    "no cookies": (0, 0),
    "cross-origin-resource-sharing": (0, -50),  # not for everybody together with who they are
    "cross-origin-resource-policy": (10, 0),  # same-origin
    "referrer-policy": (5, -5),  # one that tells other sites no address
    "strict-transport-security": (0, -20),  # for half a year; another 5 where browsers carry the name in their list
    "subresource-integrity": (0, -50),  # each script comes from this site
    "x-content-type-options": (0, -5),
    "x-frame-options": (5, -20),  # said by frame-ancestors as well
}
BONUS_FROM = 90
HALF_A_YEAR = 15_768_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def score(headers, cookies, text=""):
    points = [POINTS[name][0 if is_done else 1] for name, is_done in _judged(headers, cookies, text).items()]
    left = 100 + sum(one for one in points if one < 0)
    return left + sum(one for one in points if one > 0) if left >= BONUS_FROM else left


def _judged(headers, cookies, text):
    policy = _policy(headers.get("Content-Security-Policy", ""))
    strict = re.match(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    return {
        "content-security-policy": _is_strict(policy),
        "no cookies" if not cookies else "cookies": all(_is_kept(cookie) for cookie in cookies),
        "cross-origin-resource-sharing": "Access-Control-Allow-Credentials" not in headers,
        "cross-origin-resource-policy": headers.get("Cross-Origin-Resource-Policy") == "same-origin",
        "referrer-policy": headers.get("Referrer-Policy") in PRIVATE,
        "strict-transport-security": bool(strict) and int(strict[1]) >= HALF_A_YEAR,
        "subresource-integrity": not re.search(r"<script[^>]+src=[\"']?(?:https?:)?//", text),
        "x-content-type-options": headers.get("X-Content-Type-Options") == "nosniff",
        "x-frame-options": policy.get("frame-ancestors") == ["'none'"],
    }


def _policy(header):
    """The sources by directive; of one that is said twice, none counts."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    names = [name for name, *_sources in parts]
    return {name: sources for name, *sources in parts if names.count(name) == 1}


def _is_strict(policy):
    own = {"'none'", "'self'"}
    said = {"default-src", "base-uri", "form-action", "frame-ancestors"}
    return (
        said <= policy.keys()
        and policy["default-src"] == ["'none'"]
        and all(len(sources) == 1 and set(sources) <= own for sources in policy.values())
    )


def _is_kept(cookie):
    """Of http.cookies: the name with __Host- holds a browser to what it promises."""
    is_ours = cookie.key.startswith("__Host-") and cookie["path"] == "/" and not cookie["domain"]
    return is_ours and bool(cookie["secure"] and cookie["httponly"]) and cookie["samesite"] in {"Lax", "Strict"}
