from django.shortcuts import render


def bad_request(request, exception=None):
    """A request that no page of ours sends: too large, or not readable."""
    return render(request, "400.html", status=400)


def refuse_null_characters(get_response):
    """Nobody types one, and PostgreSQL cannot hold one. Forms refuse them by themselves."""

    def middleware(request):
        parts = [request.path, *request.GET.values(), *request.COOKIES.values()]
        if any("\x00" in part for part in parts):
            return bad_request(request)
        return get_response(request)

    return middleware
