"""What the figures of one's own conversations are called."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NAMES = {
    "threads_answered_share": gettext_lazy("posts of yours that somebody answered"),
    "replies_received": gettext_lazy("answers you got"),
    "two_way": gettext_lazy("people with whom it goes both ways"),
    "two_way_share": gettext_lazy("people with whom it goes both ways, of all you are in touch with"),
    "heard_from": gettext_lazy("people you heard from"),
    "cross_unit_share": gettext_lazy("people of other units, of all you wrote to"),
}


def percent(share: float) -> str:
    return _("%(number)s\u00a0%%") % {"number": round(100 * share)}
