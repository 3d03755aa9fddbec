"""Long e-mail addresses on a narrow screen."""

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()

LONG = re.compile(r"(?<!\S)(?=\S{28})\S+@\S+")
BETWEEN = re.compile(r"(?<=@)(?=\w)|(?=\.\w)")


@register.filter
def breaks_kindly(value: Any) -> Any:
    """Where an address has to be broken, it is after the @ or before a dot, not in the middle of a word.

    What is no plain text stays as it is.
    """
    if type(value) is not str or "@" not in value:
        return value
    return SafeString(LONG.sub(lambda address: BETWEEN.sub("<wbr>", address[0]), escape(value)))
