"""The words for each kind of event. A kind that is recorded anywhere and has no words here fails a test."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.template.defaultfilters import date as formatted
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from handrail.design.parts import Row, Text
from handrail.foundation.audit.models import Event

# A no leaves no trace: where one of two may have said it, the sentence names neither.
SENTENCES: dict[str, Text] = {
    "account.address_changed": gettext_lazy("%(who)s changed the address they sign in with."),
    "account.address_corrected": gettext_lazy("%(who)s mended the address that somebody signs in with."),
    "account.changed": gettext_lazy("%(who)s changed their own name, language or time zone."),
    "account.data_taken": gettext_lazy("%(who)s took a copy of what is kept about them."),
    "account.made": gettext_lazy("%(who)s made an account for %(whom)s."),
    "acts.deleted": gettext_lazy("%(who)s deleted conversations that happened before a day."),
    "calendar.changed": gettext_lazy("%(who)s changed their calendar settings."),
    "calendar.connected": gettext_lazy("%(who)s connected their calendar."),
    "calendar.disconnected": gettext_lazy("%(who)s disconnected their calendar."),
    "calendar.feed_made": gettext_lazy("%(who)s made a private address for their calendar."),
    "calendar.feed_revoked": gettext_lazy("%(who)s ended the private address for their calendar."),
    "circle.post_removed": gettext_lazy("%(who)s took something away from the mentors’ circle of %(whom)s."),
    "custody.asked": gettext_lazy("%(who)s asked for help to open their private space again."),
    "custody.custodian_named": gettext_lazy("%(who)s named %(whom)s as a custodian."),
    "custody.custodian_taken_off": gettext_lazy("%(who)s named %(whom)s as a custodian no longer."),
    "custody.helped": gettext_lazy("%(who)s, a custodian, helped somebody to open their private space again."),
    "custody.left": gettext_lazy("%(who)s stopped letting custodians help to open their private space."),
    "custody.opened": gettext_lazy("%(who)s opened their private space again with the help of custodians."),
    "custody.refused": gettext_lazy("%(who)s stopped a request to open their private space with help."),
    "custody.taken_part": gettext_lazy("%(who)s let custodians help to open their private space, should it be lost."),
    "custody.turned_off": gettext_lazy("%(who)s ended the help of custodians at %(whom)s."),
    "custody.turned_on": gettext_lazy("%(who)s began the help of custodians at %(whom)s."),
    "delegate.ended": gettext_lazy("%(who)s ended that somebody else arranges the times of %(whom)s."),
    "delegate.named": gettext_lazy("%(who)s let somebody else arrange the times of %(whom)s."),
    "export.loaded": gettext_lazy("An export of conversations that %(who)s brought was loaded."),
    "export.put_aside": gettext_lazy("%(who)s deleted an export of conversations that was not loaded."),
    "export.received": gettext_lazy("%(who)s brought an export of conversations."),
    "export.stopped": gettext_lazy("%(who)s stopped the reading of an export of conversations."),
    "export.taken_up": gettext_lazy("%(who)s took the reading of an export of conversations up again."),
    "installation.first_administrator": gettext_lazy("%(who)s became the first administrator."),
    "letter.made": gettext_lazy("%(who)s printed a letter with a sign-in code for %(whom)s."),
    "letter.made_at_the_machine": gettext_lazy("A code that lets %(whom)s in was made at the machine itself."),
    "letter.used": gettext_lazy("%(who)s signed in with the code of a letter."),
    "mail.told": gettext_lazy("%(who)s told somebody by hand that there is word about their meetings."),
    "mail.sent_again": gettext_lazy("%(who)s sent a message to %(whom)s again."),
    "matching.asked": gettext_lazy("%(who)s began to ask the people of proposal %(whom)s."),
    "matching.cancelled": gettext_lazy("%(who)s cancelled the search of proposal %(whom)s."),
    "matching.changed": gettext_lazy("%(who)s changed pairs, which made proposal %(whom)s."),
    "matching.checked": gettext_lazy("%(who)s looked at proposal %(whom)s."),
    "matching.counts_set": gettext_lazy("%(who)s set what counts for pairs in the scheme %(whom)s."),
    "matching.handed_over": gettext_lazy("%(who)s asked a colleague to look at proposal %(whom)s."),
    "matching.started": gettext_lazy("%(who)s looked for pairs: proposal %(whom)s."),
    "matching.taken_back": gettext_lazy("%(who)s undid the change of proposal %(whom)s."),
    "organisation.created": gettext_lazy("%(who)s set up the organisation %(whom)s."),
    "outcome.placed": gettext_lazy("%(who)s said where an outcome is talked of."),
    "pairing.agreed": gettext_lazy("%(whom)s agreed to work together, or to go on after a pause."),
    "pairing.asked": gettext_lazy("%(who)s asked %(whom)s to work together."),
    "pairing.brought": gettext_lazy("%(who)s brought the pairing of %(whom)s along from a list."),
    "pairing.changing": gettext_lazy("%(whom)s are asked what they would like next."),
    "pairing.closed": gettext_lazy("The pairing of %(whom)s closed."),
    "pairing.ended": gettext_lazy("The pairing of %(whom)s ended."),
    "pairing.not_taken_up": gettext_lazy("A question to two people was not taken up."),
    "pairing.paused": gettext_lazy("The pairing of %(whom)s paused."),
    "pairing.proposed": gettext_lazy("%(who)s noted down %(whom)s as a proposal."),
    "pairing.put_aside": gettext_lazy("%(who)s put a proposal of two people aside."),
    "pairings.brought": gettext_lazy("%(who)s loaded a list of pairs into %(whom)s: %(brought)s brought."),
    "pairings.taken_out": gettext_lazy("%(who)s took the list of pairs out: %(rows)s rows."),
    "people.imported": gettext_lazy(
        "%(who)s loaded a file of people: %(added)s added, %(changed)s changed, of %(rows)s rows."
    ),
    "person.line_set": gettext_lazy("%(who)s said whom %(whom)s reports to."),
    "person.corrected": gettext_lazy("%(who)s corrected what the list says of %(whom)s."),
    "person.added": gettext_lazy("%(who)s added %(whom)s to the list of people."),
    "person.forgotten": gettext_lazy("Somebody who had left a year before was deleted from the list of people."),
    "person.left": gettext_lazy("%(who)s noted that %(whom)s has left."),
    "role.given": gettext_lazy("%(who)s gave %(whom)s the role of %(role)s."),
    "role.taken": gettext_lazy("%(who)s took the role of %(role)s from %(whom)s."),
    "scheme.changed": gettext_lazy("%(who)s changed how the scheme %(whom)s is set up."),
    "scheme.contact_named": gettext_lazy("%(who)s named the safeguarding contact of the scheme %(whom)s."),
    "scheme.end_decided": gettext_lazy("%(who)s decided on which day the scheme %(whom)s ends."),
    "scheme.end_taken_back": gettext_lazy("%(who)s took the end of the scheme %(whom)s back."),
    "scheme.ended": gettext_lazy("The scheme %(whom)s ended, as it was decided."),
    "scheme.next_prepared": gettext_lazy("%(who)s prepared the scheme %(whom)s after an earlier one."),
    "scheme.outcome_settled": gettext_lazy("%(who)s settled an outcome of the scheme %(whom)s."),
    "scheme.outcome_written": gettext_lazy("%(who)s wrote down an outcome of the scheme %(whom)s."),
    "scheme.spans": gettext_lazy("%(who)s chose which organisations share the scheme %(whom)s."),
    "scheme.started": gettext_lazy("%(who)s started the scheme %(whom)s."),
    "session.agreed": gettext_lazy("%(who)s chose a time for a session of %(whom)s."),
    "session.cancelled": gettext_lazy("%(who)s called off a session of %(whom)s."),
    "session.held": gettext_lazy("%(who)s noted that a session of %(whom)s took place."),
    "session.missed": gettext_lazy("%(who)s noted that a session of %(whom)s did not take place."),
    "session.moved": gettext_lazy("%(who)s moved a session of %(whom)s to another time."),
    "session.place_changed": gettext_lazy("%(who)s changed where a session of %(whom)s takes place."),
    "sign_up.care_set": gettext_lazy("%(who)s said which pairs need special care in %(whom)s."),
    "sign_up.mentors_set": gettext_lazy("%(who)s said how many mentors %(whom)s may have."),
    "sign_up.changed": gettext_lazy("%(who)s changed what they signed up with."),
    "sign_up.made": gettext_lazy("%(who)s signed up to be paired."),
    "sign_up.taken_back": gettext_lazy("%(who)s took their sign-up back."),
    "sign_up.time_answered": gettext_lazy("The manager of %(whom)s answered about their time as a mentor."),
    "sign_up.time_said": gettext_lazy("%(who)s said how their time as a mentor is agreed."),
    "starting_point.asked": gettext_lazy("%(who)s invited %(whom)s to begin."),
    "starting_point.reminded": gettext_lazy("%(who)s reminded whoever had not answered: %(whom)s."),
    "time.withdrawn": gettext_lazy("%(who)s took back a time offered for a session of %(whom)s."),
    "times.offered": gettext_lazy("%(who)s offered times for a session of %(whom)s."),
    "plan.made": gettext_lazy("%(who)s had a plan worked out, of who should begin when."),
    "plan.frozen": gettext_lazy("%(who)s froze a plan of who should begin when."),
    "event.stated": gettext_lazy("%(who)s stated a holiday or another event."),
    "event.taken_back": gettext_lazy("%(who)s took a stated event back."),
    "plan.put_aside": gettext_lazy("%(who)s put a plan of who should begin when aside."),
    "effects.released": gettext_lazy("%(who)s released what changed with a wave, about groups."),
    "wave.begun": gettext_lazy("%(who)s named a wave."),
    "wave.closed": gettext_lazy("%(who)s closed a wave, and its figures about groups were released."),
    "voices.matched": gettext_lazy("%(who)s said who in the exports of conversations is which member."),
    "vault.began_again": gettext_lazy("%(who)s began their private space again."),
    "vault.passkey_added": gettext_lazy("%(who)s let a passkey open their private space."),
    "vault.phrase_set": gettext_lazy("%(who)s set the phrase of their private space."),
    "vault.recovery_code_set": gettext_lazy("%(who)s set a recovery code for their private space."),
}
# Where the program itself, or a pause of the two, is behind it.
SENTENCES_OF_NOBODY: dict[str, Text] = {
    "session.cancelled": gettext_lazy("A session of %(whom)s was called off."),
}
NO_LONGER_HERE: dict[str, Text] = {
    "mail.OutboxMessage": gettext_lazy("somebody"),
    "matching_runs.Run": gettext_lazy("that is no longer here"),
    "pairings.Pairing": gettext_lazy("two people"),
    "pairings.Session": gettext_lazy("two people"),
    "people.Organisation": gettext_lazy("that is no longer here"),
    "starting_point.Invitation": gettext_lazy("somebody"),
    "schemes.Scheme": gettext_lazy("that is no longer here"),
}
ROLES: dict[str, Text] = {
    "coordinator": gettext_lazy("coordinator"),
    "sponsor": gettext_lazy("sponsor"),
    "editor": gettext_lazy("editor"),
}
NAMED = {"who": "", "whom": "", "role": "", "added": "", "changed": "", "rows": "", "brought": ""}


def row_of(event: Event, names: Mapping[tuple[str, str], list[str]]) -> Row:
    return Row(formatted(localtime(event.at), "j M Y H:i"), sentence_of(event, names))


def sentence_of(event: Event, names: Mapping[tuple[str, str], list[str]]) -> str:
    """The event in words; `names` says who or what each subject is, where it is still there."""
    words = SENTENCES_OF_NOBODY.get(event.what) if event.by is None else None
    words = words or SENTENCES.get(event.what)
    if words is None:
        return _("Something that this version has no words for: %(what)s.") % {"what": event.what}
    gone = NO_LONGER_HERE.get(event.subject_type, _("somebody who is no longer here"))
    found = names.get((event.subject_type, event.subject_id))
    said: dict[str, Any] = {
        "who": event.by.name if event.by else _("Handrail itself, or somebody who is no longer here,"),
        "whom": get_text_list(found, _("and")) if found else gone,
        "role": ROLES.get(str(event.detail.get("role")), event.detail.get("role", "")),
        **{name: event.detail.get(name, 0) for name in ("added", "changed", "rows")},
    }
    return str(words) % said


def split_words(typed: str) -> tuple[list[str] | None, list[str]]:
    """What a search means: the kinds whose sentence has its words (None: any kind), and the words left for names."""
    known = _words_of_kinds(get_language() or "")
    kinds, names = set(known), []
    for word in typed.casefold().split()[:6]:
        fitting = {kind for kind, words in known.items() if any(one.startswith(word) for one in words)}
        if fitting:
            kinds &= fitting
        else:
            names.append(word)
    return (sorted(kinds) if kinds != set(known) else None), names


@cache
def _words_of_kinds(language: str) -> dict[str, list[str]]:
    """The words of each kind's sentences in this language, without the names."""
    return {kind: _plain_words(f"{SENTENCES[kind]} {SENTENCES_OF_NOBODY.get(kind, '')}" % NAMED) for kind in SENTENCES}


def _plain_words(words: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in words.casefold()).split()
