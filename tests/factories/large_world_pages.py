"""The pages of a large organisation: those that are looked at in a certain way, and the rest of the URL table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from handrail.foundation.access import guards
from tests.factories.large_world import LargeWorld

PARTS = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\(\?P<(?P<group>\w+)>")
TAKE_PART = ("leader", "mentor", "over", "chooses", "contact", "delegate")
EVERYBODY = (*TAKE_PART, "coordinator", "administrator", "sponsor", "elsewhere")
WHO = {
    guards.ANYONE: ("nobody", *EVERYBODY),
    guards.SIGNED_IN: EVERYBODY,
    guards.RELATION: EVERYBODY,
    guards.COORDINATOR: ("coordinator",),
    guards.SPONSOR: ("sponsor",),
    guards.ADMINISTRATOR: ("administrator",),
}
Ask = Callable[[str, str], tuple[int, str]]  # an address, a role: the status and the kind of what comes back


@dataclass(frozen=True)
class Page:
    name: str
    role: str
    address: str


def pages_of(world: LargeWorld) -> Iterator[Page]:
    """The pages that are looked at as somebody in particular, or with something asked for."""
    for role in ("leader", "mentor", "coordinator", "administrator", "sponsor", "delegate"):
        yield Page("home", role, reverse("home"))
    pairing, leader, mentor = world.pairing.pk, world.people[-1].pk, world.people[1].pk
    for name, arguments, query in (
        ("people", (), ""),
        ("people", (), "?q=priya+care"),
        ("people", (), "?page=300"),
        ("person", (leader,), ""),
        ("person_add", (), ""),
        ("person_roles", (leader,), ""),
        ("person_correct", (leader,), ""),
        ("people_import", (), ""),
        ("people_import_preview", (world.people_import.pk,), ""),
        ("pairings", (), ""),
        ("pairings", (), "?page=30"),
        ("pairs_files", (), ""),
        ("pairs_file", (world.pairs_file.pk,), ""),
        ("pairs_file_columns", (world.pairs_file.pk,), ""),
        ("pairs_file_people", (world.pairs_file.pk,), ""),
        ("pairing_new", (), ""),
        ("pairing_new", (), "?q=priya+care"),
        ("pairing_new", (), "?q=nobody+of+this+name"),
        ("pairing_new_mentor", (leader,), "?q=evans"),
        ("pairing_ask", (leader, mentor), ""),
        ("pairing_overview", (pairing,), ""),
        ("pairing_propose_change", (pairing,), ""),
    ):
        yield Page(name, "coordinator", reverse(name, args=arguments) + query)
    yield Page("matching", "coordinator", reverse("matching"))
    for name in ("", "_without", "_compare", "_hand_over", "_ask", "_print"):
        yield Page(
            f"matching{name or '_run'}", "coordinator", reverse(f"matching{name or '_run'}", args=[world.run.pk])
        )
    for query in ("?q=care", "?page=3"):
        yield Page("matching_run", "coordinator", reverse("matching_run", args=[world.run.pk]) + query)
    seeks, other = world.run.pairs.order_by("pk")[:2]
    yield Page(
        "matching_pair", "coordinator", reverse("matching_pair", args=[world.run.pk, seeks.leader_id]) + "?q=evans"
    )
    both = [world.run.pk, seeks.leader_id, other.mentor_id]
    yield Page("matching_why", "coordinator", reverse("matching_why", args=both))
    for role in ("leader", "mentor"):
        for name in (
            "pairing",
            "first_session",
            "pairing_notes",
            "pairing_own_notes",
            "session_times",
            "session_offer",
            "pairing_contact",
            "pairing_how",
            "pairing_another",
            "agreement",
            "agreement_goals",
            "agreement_agenda",
            "agreement_reach",
            "session_guides",
        ):
            yield Page(name, role, reverse(name, args=[pairing]))
        yield Page("session", role, reverse("session", args=[world.session.pk]))
        yield Page("session_guide", role, reverse("session_guide", args=[pairing, "data-1"]))
        yield Page("agreement_term", role, reverse("agreement_term", args=[pairing, "told"]))
    yield Page("pairing_answer", "asked", reverse("pairing_answer", args=[world.asked.pk]))
    yield Page("session_move", "leader", reverse("session_move", args=[world.session.pk]))
    yield Page("arranging", "delegate", reverse("arranging"))
    yield Page("session_times", "delegate", reverse("session_times", args=[pairing]))
    for name in (
        "account",
        "account_data",
        "custody_mine",
        "account_details",
        "account_address",
        "safe_devices",
        "delegates",
        "calendar_settings",
    ):
        yield Page(name, "leader", reverse(name))
    for name in ("starting_point", "starting_point_answers", "starting_point_result", "starting_point_share"):
        yield Page(name, "leader", reverse(name))
    for name in ("starting_point_words", "starting_point_consent", "starting_point_delete"):
        yield Page(name, "leader", reverse(name))
    for name in (
        "walkthroughs",
        "walkthroughs_share",
        "walkthroughs_delete",
        "decisions",
        "essentials",
    ):
        yield Page(name, "leader", reverse(name))
    for name in ("walkthrough", "walkthrough_networks", "walkthrough_print", "walkthrough_pass_on"):
        yield Page(name, "leader", reverse(name, args=["who-sees-what"]))
    yield Page("walkthrough_item", "leader", reverse("walkthrough_item", args=["who-sees-what", "phone"]))
    yield Page("essential", "leader", reverse("essential", args=["data-1"]))
    for name in ("decision", "decision_touches", "decision_day", "decision_outcome", "decision_delete"):
        yield Page(name, "leader", reverse(name, args=[world.decision_id]))
    for role in ("leader", "mentor"):
        yield Page("pairing_walkthroughs", role, reverse("pairing_walkthroughs", args=[pairing]))
    for question in ("role_goal", "last_answer"):
        yield Page("starting_point_question", "leader", reverse("starting_point_question", args=[question]))
    for role in ("leader", "mentor"):
        yield Page("pairing_starting_point", role, reverse("pairing_starting_point", args=[pairing]))
    for name in ("plan", "plan_goals", "plan_share", "plan_changes", "plan_note", "plan_pause", "plan_delete"):
        yield Page(name, "leader", reverse(name))
    for role in ("leader", "mentor"):
        yield Page("seen_together", role, reverse("seen_together", args=[pairing]))
        for name in ("plan_of_the_pair", "plan_choose", "plan_write"):
            yield Page(name, role, reverse(name, args=[world.plan]))
        for name in ("plan_step", "plan_step_later", "plan_step_change"):
            for step in world.steps:
                yield Page(name, role, reverse(name, args=[world.plan, step]))
    for name, query in (("invitations", ""), ("invitation_people", ""), ("invitation_people", "?q=care")):
        yield Page(name, "coordinator", reverse(name) + query)
    for name in ("scheme", "handover", "standing", "stories"):
        yield Page(name, "coordinator", reverse(name))
    yield Page("scheme_outcome_add", "coordinator", reverse("scheme_outcome_add", args=[world.pairing.scheme_id]))
    for name in ("sign_up", "sign_up_mentor", "sign_up_time", "preparation", "mentors_circle"):
        yield Page(name, "mentor", reverse(name))
    for step in ("themes", "times", "where", "apart"):
        yield Page("sign_up_leader", "leader", reverse("sign_up_leader", args=[step]))
    yield Page("usersessions_list", "leader", reverse("usersessions_list"))
    for name in ("organisations", "installation", "post_box", "audit_trail"):
        yield Page(name, "administrator", reverse(name))
    for words in ("pairing", "priya+evans", "time+priya"):
        yield Page("audit_trail", "administrator", reverse("audit_trail") + "?q=" + words)
    for role in ("leader", "sponsor"):
        yield Page("what_each_role_sees", "nobody", reverse("what_each_role_sees", args=[role]))
    yield Page("account_login", "nobody", reverse("account_login"))
    yield Page("account_request_login_code", "nobody", reverse("account_request_login_code"))


@dataclass(frozen=True)
class Unseen:
    """An address of the URL table that shows no page here, and what it answers instead."""

    route: str
    name: str
    answers: str


def rest_of(world: LargeWorld, ask: Ask) -> tuple[list[Page], list[Unseen]]:
    """Every other address of the URL table: as a page for the first who is shown one, or why there is none."""
    walked = {page.name for page in pages_of(world)}
    pages, unseen = [], []
    for route, entry in patterns():
        name = entry.name or ""
        if name in walked:
            continue
        walked.add(name)
        word = guards.guard_of(entry.callback) or guards.library_guard(name)
        values = {found["name"] or found["group"]: found["kind"] or "" for found in PARTS.finditer(route)}
        address = reverse(name, kwargs={part: _value(world, name, part, kind) for part, kind in values.items()})
        answers: dict[str, str] = {}
        for role in WHO.get(word or "", ()):
            status, kind = ask(address, role)
            answers[role] = f"{status}" if status != 200 else kind
            if answers[role].startswith("text/html"):
                pages.append(Page(name, role, address))
            if answers[role].startswith(("text/html", "405")):  # looked at, or it only takes a form
                break
        if not answers or not answers[role].startswith("text/html"):
            unseen.append(Unseen(route, name, " ".join(sorted(set(answers.values()))) or "of the demo"))
    return pages, unseen


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern), entry


def _value(world: LargeWorld, name: str, part: str, kind: str) -> Any:
    """What stands for this part in the address of this name; for a page of its own, under both names."""
    known = world.parts.get(f"{name}.{part}") or world.parts.get(part)
    return known or {"uuid": uuid4(), "int": 1}.get(kind, "none-such")
