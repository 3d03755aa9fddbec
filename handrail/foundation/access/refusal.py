"""How a rule says no: with words the person can act on."""


class Refused(Exception):
    """The rule forbids it; the message is shown to the person and says what to do instead."""
