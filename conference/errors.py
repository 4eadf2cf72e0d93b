from django.shortcuts import render


def bad_request(request, exception):
    """A request that no page of ours sends: too large, or not readable."""
    return render(request, "400.html", status=400)
