"""A program of its own: plants canaries through the pages, on databases in files, while everything is recorded.

Run by the test as `python -m tests.integration.canaries.planting FOLDER PLANTED HOW_MANY`: everything that the program
keeps comes to lie under FOLDER; what was planted is written to PLANTED, outside of it.

To plant in a further page add a function with `@plants`: it gets the walk and a canary, and fills in the page's form.
"""

import json
import logging
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

CONTROL = "Kontrolle née "  # found wherever something is kept, to prove that the search would have seen a canary
CANARY = "Kanarie née "
Planter = Callable[["Walk", str], None]
PLANTERS: list[Planter] = []


def plants(planter: Planter) -> Planter:
    PLANTERS.append(planter)
    return planter


class Walk:
    """A leader, a mentor and the named contact, each at a browser of their own."""

    def __init__(self) -> None:
        from django.test import Client

        from tests.factories.world import build_world

        self.world = build_world()
        self.clients = {role: Client(raise_request_exception=False) for role in ("leader", "mentor", "outsider")}
        self.secrets: list[str] = []  # what the pages showed or set that must be found nowhere either
        self.world.pairing.scheme.contact = self.world.persons["outsider"]
        self.world.pairing.scheme.save()
        for role in self.clients:
            self.sign_in(role)
            self.send(role, "safe_open", field="device", device="own")

    def sign_in(self, role: str) -> None:
        backend = "handrail.capabilities.accounts.backends.AccountBackend"
        self.clients[role].force_login(self.world.account(role), backend=backend)

    def address(self, name: str, *arguments: object) -> str:
        from django.urls import reverse

        return reverse(name, args=arguments)

    def send(self, role: str, name: str, *arguments: object, field: str, query: str = "", **typed: str) -> Any:
        """Open a page, fill in its form that has `field`, and send it."""
        from tests.integration.page_forms import form_with

        page = self.clients[role].get(self.address(name, *arguments) + query)
        return form_with(page, field).send(self.clients[role], **typed)

    def read(self, role: str, name: str, *arguments: object) -> str:
        response = self.clients[role].get(self.address(name, *arguments))
        assert response.status_code == 200, response.status_code
        return response.content.decode()  # type: ignore[no-any-return]

    @property
    def pairing(self) -> int:
        return self.world.pairing.pk


@plants
def shared_note(walk: Walk, canary: str) -> None:
    walk.send("leader", "pairing_notes", walk.pairing, field="text", text=f"Dear mentor, {canary}")
    assert canary in walk.read("mentor", "pairing_notes", walk.pairing)


@plants
def note_of_the_mentor(walk: Walk, canary: str) -> None:
    walk.send("mentor", "pairing_notes", walk.pairing, field="text", text=f"{canary}\r\n" * 300)
    assert canary in walk.read("leader", "pairing_notes", walk.pairing)


@plants
def report_to_the_contact(walk: Walk, canary: str) -> None:
    from lxml import html

    from handrail.capabilities.pairings.models import Report
    from tests.integration.page_forms import form_with

    walk.send("mentor", "pairing_notes", walk.pairing, field="text", text=f"Between us: {canary}")
    page = walk.clients["leader"].get(walk.address("pairing_report", walk.pairing))
    form = form_with(page, "does", "preview")
    notes = html.document_fromstring(page.content.decode()).xpath("//input[@name='notes']/@value")
    preview = form.send(walk.clients["leader"], notes=notes[-1:], words=f"Please help: {canary}")
    assert preview.content.decode().count(canary) >= 2
    assert form_with(preview, "does", "send").send(walk.clients["leader"]).status_code == 302
    shown = [walk.read("outsider", "report", one.pk) for one in Report.objects.all()]
    assert sum(canary in page for page in shown) == 1


@plants
def own_note(walk: Walk, canary: str) -> None:
    walk.send("leader", "pairing_own_notes", walk.pairing, field="text", text=canary)
    assert canary in walk.read("leader", "pairing_own_notes", walk.pairing)


@plants
def changed_and_deleted_note(walk: Walk, canary: str) -> None:
    from handrail.capabilities.pairings.models import Note

    walk.send("leader", "pairing_own_notes", walk.pairing, field="text", text=f"first {canary}")
    note = Note.objects.latest("written_at")
    walk.send("leader", "pairing_note", walk.pairing, note.pk, field="text", text=f"then {canary}")
    walk.clients["leader"].post(walk.address("pairing_note_delete", walk.pairing, note.pk))
    assert not Note.objects.filter(pk=note.pk).exists()


@plants
def note_that_is_refused(walk: Walk, canary: str) -> None:
    for text in (canary + "x" * 20_001, canary + "\0"):
        assert walk.send("leader", "pairing_notes", walk.pairing, field="text", text=text).status_code == 200


@plants
def note_that_meets_a_fault(walk: Walk, canary: str) -> None:
    """Error pages, logs and error mail are where frameworks put what was typed."""
    from unittest import mock

    from handrail.capabilities.pairings.notes import actions

    def fails(*_arguments: object, **named: str) -> None:
        raise RuntimeError(f"could not write {named['text']}")

    with mock.patch.object(actions, "write", fails):
        answer = walk.send("leader", "pairing_notes", walk.pairing, field="text", text=canary)
    assert answer.status_code == 500
    assert canary not in answer.content.decode()


@plants
def note_whose_session_ended(walk: Walk, canary: str) -> None:
    from tests.integration.page_forms import form_with

    client = walk.clients["leader"]
    form = form_with(client.get(walk.address("pairing_own_notes", walk.pairing)), "text")
    del client.cookies["sessionid"]
    assert "login" in form.send(client, text=canary)["Location"]
    walk.sign_in("leader")
    assert canary in walk.read("leader", "safe_carried")
    if sum(name.startswith("kept-") and bool(cookie.value) for name, cookie in client.cookies.items()) > 4:
        form_with(client.get(walk.address("safe_carried")), "form_id").send(client)  # a browser keeps only so many


@plants
def note_to_a_page_that_is_not_there(walk: Walk, canary: str) -> None:
    walk.clients["leader"].post("/pairings/0/notes/", {"text": canary})
    walk.clients["leader"].post("/no/such/page/", {"text": canary})


@plants
def lines_of_the_two(walk: Walk, canary: str) -> None:
    for name in ("agreement_goals", "agreement_agenda"):
        walk.send("leader", name, walk.pairing, field="text", text=f"{name} {canary}")
        assert canary in walk.read("mentor", name, walk.pairing)
    assert (
        walk.send("leader", "agreement_goals", walk.pairing, field="text", text=canary + "x" * 301).status_code == 200
    )
    form_with_away(walk, "agreement_agenda").send(walk.clients["mentor"])


def form_with_away(walk: Walk, name: str) -> Any:
    from tests.integration.page_forms import forms_of

    page = walk.clients["mentor"].get(walk.address(name, walk.pairing))
    return next(form for form in forms_of(page) if "/away/" in form.address)


@plants
def private_phrase(walk: Walk, canary: str) -> None:
    phrase = f"{canary} violin gravel teapot meadow lantern"
    walk.send("leader", "safe_phrase", query="?own=1", field="phrase", phrase=phrase, again=phrase)
    walk.send("leader", "safe_phrase", query="?own=1", field="phrase", phrase=canary, again="something else")


@plants
def phrase_that_does_not_open(walk: Walk, canary: str) -> None:
    from django.test import Client

    walk.clients["elsewhere"] = Client(raise_request_exception=False)
    backend = "handrail.capabilities.accounts.backends.AccountBackend"
    walk.clients["elsewhere"].force_login(walk.world.account("leader"), backend=backend)
    assert walk.send("elsewhere", "safe_open", field="phrase", phrase=canary, device="own").status_code == 200
    assert (
        walk.send("elsewhere", "safe_open", query="?way=code", field="code", code=canary, device="own").status_code
        == 200
    )


@plants
def drawn_phrase_and_recovery_code(walk: Walk, _canary: str) -> None:
    """Not our words but the program's: they are looked for like canaries."""
    from tests.integration.page_forms import form_with

    client = walk.clients["leader"]
    drawn = form_with(client.get(walk.address("safe_phrase")), "drawn")
    drawn.send(client)
    shown = form_with(client.get(walk.address("safe_recovery")), "does", "show").send(client)
    form = form_with(shown, "does", "confirm")
    groups = form.fields["code"].split("-")
    assert form.send(client, second=groups[1], fifth=groups[4]).status_code == 302
    walk.secrets += [drawn.fields["drawn"], form.fields["code"], "".join(groups)]
    walk.secrets += [
        cookie.value for name, cookie in client.cookies.items() if cookie.value and name[:5] in ("devic", "kept-")
    ]


def _answer(walk: Walk, question: str, options: str, words: str) -> None:
    walk.send("leader", "starting_point_question", question, field="words", options=options.split(), words=words)


@plants
def answer_of_a_starting_point(walk: Walk, canary: str) -> None:
    _answer(walk, "role_goal", "save_money", canary)
    _answer(walk, "hard_to_admit", "asking_for_basics", f"{canary}\r\n" * 40)
    assert canary in walk.read("leader", "starting_point_answers")


@plants
def answer_that_is_changed_and_passed_over(walk: Walk, canary: str) -> None:
    _answer(walk, "worries", "security", f"first {canary}")
    _answer(walk, "worries", "family abuse", f"then {canary}")
    for passing in ("1", "surely"):  # words in the box are shown once more before they go
        walk.send("leader", "starting_point_question", "worries", field="words", **{"pass": passing})
    assert canary not in walk.read("leader", "starting_point_answers")


@plants
def starting_point_shared_and_taken_back(walk: Walk, canary: str) -> None:
    for question, options in (("role_goal", "win_trust"), ("audience", "staff"), ("team", "they_do_some")):
        _answer(walk, question, options, canary)
    _answer(walk, "how_it_lands", "vague", canary)
    walk.send("leader", "pairing_notes", walk.pairing, field="text", text="So that there is a conversation")
    there = walk.address("starting_point_share")
    shown = walk.clients["leader"].post(there, {"sections": ["role", "team"]})
    assert canary in shown.content.decode()
    pairing = type(walk.world.pairing).objects.get(pk=walk.pairing)
    lines = {"lines-role": ["role_goal", "audience"], "lines-team": ["team", "how_it_lands"]}
    walk.clients["leader"].post(there, {"sections": ["role", "team"], "does": "share", **lines})
    assert canary in walk.read("mentor", "pairing_starting_point", walk.pairing)
    walk.clients["leader"].post(walk.address("starting_point_take_back", pairing.conversation_id), {"section": "role"})


@plants
def decision_on_the_desk(walk: Walk, canary: str) -> None:
    """Brought, chosen, looked back on; another's text forgotten; one with a fault; one deleted."""
    from handrail.capabilities.starting_point.decisions.models import Decision

    client = walk.clients["leader"]
    for paper in (f"{canary}\r\nA supplier, a password. " * 50, f"forgotten {canary}", f"deleted {canary}"):
        brought = walk.send("leader", "decisions", field="paper", paper=paper)["Location"]
        assert client.post(brought, {"about_data": ["data-1"]}).status_code == 302
        decision = brought.split("/")[2]
        assert canary in walk.read("leader", "decision", decision)
        walk.send("leader", "decision_outcome", decision, field="differently", differently=f"{canary} {decision}")
        assert canary in walk.read("leader", "decision", decision)
        if "forgotten" in paper:
            client.post(walk.address("decision_paper_forget", decision))
        if "deleted" in paper:
            client.post(walk.address("decision_delete", decision))
            assert not Decision.objects.filter(pk=decision).exists()
    walk.send("leader", "decisions", field="paper", paper=canary + "x" * 60_001)
    assert canary in walk.read("leader", "decisions")


@plants
def marks_and_what_was_shared_of_them(walk: Walk, canary: str) -> None:
    """Our own words for a mark, looked for like canaries where nothing of the open content may stand."""
    item = walk.address("walkthrough_item", "recovery-details", "phone-number")
    assert walk.clients["leader"].post(item, {"mark": "not_done"}).status_code == 302
    networks = walk.address("walkthrough_networks", "who-sees-what")
    for chosen in (["x", canary], ["x"]):
        walk.clients["leader"].post(networks, {"networks": chosen})
    walk.clients["leader"].post(
        walk.address("walkthroughs_share"), {"names": ["recovery-details", "also_open"], "does": "share"}
    )
    assert "Not yet" in walk.read("leader", "walkthrough", "recovery-details")
    walk.secrets += ['"recovery-details": {"phone-number": "not_done"']


@plants
def answer_whose_session_ended(walk: Walk, canary: str) -> None:
    from tests.integration.page_forms import form_with

    client = walk.clients["leader"]
    form = form_with(client.get(walk.address("starting_point_question", "audience")), "words")
    del client.cookies["sessionid"]
    assert "login" in form.send(client, options=["staff"], words=canary)["Location"]
    walk.sign_in("leader")
    again = form_with(client.get(walk.address("starting_point_question", "audience")), "words")
    assert again.fields["words"] == canary
    again.send(client)


@plants
def closing_answers(walk: Walk, canary: str) -> None:
    """In a pairing of its own, which has ended: what stays sealed, and the line that the other reads."""
    pairing = walk.world.pairing
    state, closed = type(pairing).objects.values_list("state", "closed_at").get(pk=pairing.pk)
    rows = type(pairing).objects.filter(pk=pairing.pk)
    rows.update(state="ended", closed_at=pairing.agreed_at)
    for question in ("line", "passed_on"):
        walk.send("leader", "closing_question", walk.pairing, question, field="text", text=f"{question} {canary}")
    assert canary in walk.read("mentor", "closing", walk.pairing)
    rows.update(state=state, closed_at=closed)


def _plan(walk: Walk) -> str:
    """The address of the leader's plan; begun, and made the pair's, when it is first asked for."""
    import re

    client = walk.clients["leader"]
    if "begin/" in client.get(walk.address("plan")).content.decode():
        client.post(walk.address("plan_begin"))
        walk.send("leader", "pairing_notes", walk.pairing, field="text", text="So that there is a conversation")
    found = re.search(r"/plan/([0-9a-f-]{36})/", walk.read("leader", "plan"))
    assert found is not None
    return found[1]


@plants
def step_in_own_words(walk: Walk, canary: str) -> None:
    plan = _plan(walk)
    walk.send("leader", "plan_write", plan, field="title", title=canary, how=f"{canary}\r\n" * 20)
    assert canary in walk.read("leader", "plan")
    walk.clients["leader"].post(walk.address("plan_write", plan), {"title": canary + "\0"})


@plants
def line_on_a_step_that_is_done(walk: Walk, canary: str) -> None:
    import re

    plan = _plan(walk)
    client = walk.clients["leader"]
    steps = re.findall(rf"/plan/{plan}/step/[0-9a-f-]{{36}}/", walk.read("leader", "plan"))
    client.post(steps[-2], {"does": "done"})
    client.post(steps[-2], {"line": canary, "for_both": "on"})
    assert canary in client.get(steps[-2]).content.decode()


@plants
def plan_of_the_pair_and_its_goal(walk: Walk, canary: str) -> None:
    plan = _plan(walk)
    client = walk.clients["leader"]
    client.post(walk.address("plan_goals"), {"own": canary})
    preview = client.post(walk.address("plan_share"), {"parts": ["done", "lines"]})
    if b"Nothing is shared yet." in preview.content:
        assert canary in preview.content.decode()
        client.post(walk.address("plan_share"), {"pairing": walk.pairing, "parts": ["done", "lines"]})
    walk.clients["mentor"].post(walk.address("plan_write", plan), {"title": f"From the mentor: {canary}"})
    assert canary in walk.read("mentor", "plan_of_the_pair", plan)
    walk.clients["leader"].post(walk.address("seen_together", walk.pairing), {"what": ["asked_for_help"]})


def plant_controls(control: str) -> None:
    """The same kind of words in every place where words are kept."""
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from handrail.capabilities.pairings.models import Pairing
    from handrail.foundation.audit.actions import record
    from handrail.foundation.keystore.models import NamedKey
    from handrail.foundation.mail.actions import queue_message
    from handrail.foundation.vault.models import CarriedForm

    Pairing.objects.update(asked_words=control * 300)
    NamedKey.objects.create(name="control", key=control.encode("utf-16-le"))
    queue_message(subject="x", text=control, kind="control")
    record(by=None, what="control", detail={"x": control})
    session = SessionStore()
    session["control"] = control * 20
    session.save()
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {"x": control}}, task_path="x", queue_name="x", backend_name="x",
        run_after=timezone.now(), priority=0,
    )  # fmt: skip
    CarriedForm.objects.create(
        account_id=Pairing.objects.values_list("leader__account_id", flat=True)[0],
        sealed=control.encode("utf-16-be"),
        expires_at=timezone.now(),
    )
    logging.getLogger("handrail.control").info("control %s", control)
    Path(tempfile.gettempdir(), "left-over").write_text(json.dumps(control))


def main(folder: Path, planted: Path, how_many: int) -> None:
    import django
    from django.conf import settings

    for alias, name in (("default", "handrail"), ("keystore", "keystore")):
        settings.DATABASES[alias]["NAME"] = str(folder / "live" / f"{name}.sqlite3")
    settings.DATA_DIR = folder / "data"
    settings.DATA_DIR.mkdir()
    tempfile.tempdir = str(folder / "temporary")
    Path(tempfile.tempdir).mkdir()
    django.setup()
    logging.getLogger("django.request").setLevel(logging.DEBUG)
    walk = Walk()
    words = []
    for number in range(how_many):
        planter = PLANTERS[number % len(PLANTERS)]
        canary = CANARY + secrets.token_hex(8)
        words.append((planter.__name__, canary))
        planter(walk, canary)
    control = CONTROL + secrets.token_hex(8)
    plant_controls(control)
    keep_copies(folder)
    planted.write_text(json.dumps({"canaries": words, "secrets": walk.secrets, "control": control}))


def keep_copies(folder: Path) -> None:
    """The files as somebody would find them while the program runs, with their WAL; dumps; and sealed backups."""
    from handrail.foundation.stores import backups, dumps

    copies = folder / "copies"
    copies.mkdir()
    for path in (folder / "live").iterdir():
        shutil.copy(path, copies / f"{path.name}.copied")
    for alias in ("default", "keystore"):
        dumps.dump(alias, folder / f"dump-{alias}.sqlite3")
    backups.make_backup()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
