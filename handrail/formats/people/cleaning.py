"""One value at a time: spaces, invisible characters, e-mail addresses, names that stand for nobody."""

import re
import unicodedata

from handrail.formats.people.records import UnnamedReason

# Marks that change the direction of text or are simply invisible. Joiners stay: Persian and Indian names need them.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
# Looked for only where a word begins: from every letter of a long one, a file of such words would take minutes.
ADDRESS = re.compile(r"(?<![^@\s<>\"(),;:\\])[^@\s<>\"(),;:\\]+@[^@\s<>\"(),;:\\]+\.[^@\s<>\"(),;:\\.]+")
MAXIMUM_ADDRESS = 254
NOT_LETTERS = re.compile(r"[\W_]+")
SPACING = re.compile(r"[\s.\-–—_]+")
# What a name of several words begins with if it is none; a quick way past for everybody else.
BEGINNINGS = ("n/", "n ", "not ", "name ", "post ", "to ", "vacan", "tb", "x ", "-", "–", "—", ".", "_", "n\\", "?")

NOT_DISCLOSED = frozenset({"n/d", "nd", "n\\d", "notdisclosed", "namenotdisclosed", "withheld", "namewithheld"})
NOT_IN_POST = frozenset({"notinpost"})
REMOVED = frozenset({"eliminated", "postremoved", "deleted"})
VACANT = frozenset(
    {"", "n/a", "x", "xx", "tbc", "tba", "tobeconfirmed", "toberecruited", "none", "null", "nobody", "?"}
)
NO_REFERENCE = frozenset({"", "0", "xx", "n/a", "n/d", "none", "null", "-", "x", "#n/a", "tbc"})


def tidy(text: str) -> str:
    """Composed characters, no invisible marks, single spaces and none around."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    return " ".join(INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def is_text(text: str) -> bool:
    """False where NUL, other control characters, lone surrogates or undecodable bytes are in it."""
    return text.isprintable() or NOT_TEXT.search(text) is None


def name_key(name: str) -> str:
    """Equal for two spellings of one name that differ in case, spaces or punctuation."""
    return NOT_LETTERS.sub("", (name if name.isascii() else unicodedata.normalize("NFKD", name)).casefold())


def unnamed_reason(name: str) -> UnnamedReason | None:
    """Why a name is no person's name, or None if it is one."""
    folded = name.casefold()
    if " " in folded and not folded.startswith(BEGINNINGS):
        return None
    key = SPACING.sub("", folded)
    if key in NOT_DISCLOSED:
        return UnnamedReason.NOT_DISCLOSED
    if key in NOT_IN_POST:
        return UnnamedReason.NOT_IN_POST
    if key in REMOVED:
        return UnnamedReason.REMOVED
    return UnnamedReason.VACANT if key in VACANT or key.startswith(("vacant", "vacancy")) else None


def is_no_reference(reference: str) -> bool:
    """Values that departments write where there is no unique reference."""
    return reference.casefold() in NO_REFERENCE


def address(text: str) -> tuple[str, str | None]:
    """(lower-case e-mail address or nothing, the code of a note or None)."""
    if not text:
        return "", "no_email"
    lowered = text.lower().removeprefix("mailto:").strip()
    if ADDRESS.fullmatch(lowered):
        return (lowered, None) if len(lowered) <= MAXIMUM_ADDRESS else ("", "email_unreadable")
    found = ADDRESS.findall(lowered[: 4 * MAXIMUM_ADDRESS])
    if not found or len(found[0]) > MAXIMUM_ADDRESS:
        return "", "no_email" if is_no_reference(lowered) else "email_unreadable"
    return found[0], "email_first_of_several" if len(found) > 1 else None
