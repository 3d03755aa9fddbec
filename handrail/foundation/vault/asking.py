"""Who is asking."""

from django.http import HttpRequest


def asking(request: HttpRequest) -> int:
    """The account id of whoever sends this request. The page's guard has made sure that somebody is signed in."""
    if not request.user.is_authenticated or request.user.pk is None:
        raise LookupError("Nobody is signed in.")
    return int(request.user.pk)
