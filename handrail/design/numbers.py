"""Small numbers as people write them."""

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDS = (_("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"), _("eight"), _("nine"))


def number_in_words(number: int) -> str:
    """ "three" up to nine, figures from ten on."""
    return gettext(WORDS[number]) if 0 <= number < len(WORDS) else number_format(number, force_grouping=True)
