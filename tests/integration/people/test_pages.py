"""The pages of an import, as the coordinator goes through them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from handrail.capabilities.accounts.models import Account
from handrail.capabilities.people.imports import jobs
from handrail.capabilities.people.imports.models import PeopleImport
from handrail.capabilities.people.models import Organisation, Person, Role
from handrail.formats.spreadsheets import as_xlsx
from handrail.foundation import clock
from tests.integration.people.loads import rows

pytestmark = pytest.mark.django_db
STAFF = rows("1,Ann Rees,ann@x.example,Chief,Executive,none", "2,Bo Xu,bo@x.example,Director,Finance,1", "3,Cy")


@pytest.fixture(autouse=True)
def files_kept_here(tmp_path: Path) -> object:
    with override_settings(DATA_DIR=tmp_path):
        yield


@pytest.fixture
def coordinator(organisation: Organisation) -> Client:
    account = Account.objects.create_account(name="Coordinator", email="coordinator@x.example")
    who = Person.objects.create(organisation=organisation, name="Coordinator", account=account)
    Role.objects.create(person=who, name=Role.Name.COORDINATOR)
    client = Client()
    client.force_login(account)
    return client


def upload(client: Client, content: str | bytes, **said: str) -> object:
    file = SimpleUploadedFile("staff.csv", content.encode() if isinstance(content, str) else content)
    return client.post(reverse("people_import"), {"file": file, **said})


def received(client: Client, content: str | bytes) -> PeopleImport:
    response = upload(client, content)
    people_import = PeopleImport.objects.latest("pk")
    assert response["Location"] == reverse("people_import_preview", args=[people_import.pk])
    return people_import


def page(client: Client, name: str, *arguments: object) -> str:
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 200
    text = response.content.decode()
    title = re.search(r"<title>(.*?) · Handrail</title>", text, re.S)
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)
    assert title
    assert heading
    assert title[1].strip() == heading[1].strip()
    return text


def test_from_the_file_to_the_people(coordinator: Client, tmp_path: Path) -> None:
    page(coordinator, "people_import")
    people_import = received(coordinator, STAFF)
    waiting = page(coordinator, "people_import_preview", people_import.pk)
    assert "hx-get" in waiting
    jobs.read_people_import.func(import_id=people_import.pk)
    preview = page(coordinator, "people_import_preview", people_import.pk)
    assert "Nothing is changed yet" in preview
    assert Person.objects.filter(source="handrail").count() == 0
    faults = page(coordinator, "people_import_rows", people_import.pk, "fault")
    assert "has 2 fields; the header names 6" in faults
    assert "Bo Xu" in page(coordinator, "people_import_rows", people_import.pk, "add")
    coordinator.post(reverse("people_import_load", args=[people_import.pk]))
    jobs.load_people_import.func(import_id=people_import.pk)
    done = page(coordinator, "people_import_preview", people_import.pk)
    assert "2 people were added, 2 reporting lines were set." in done
    assert "People added" in done
    assert "Left as they are" not in done, "what is nought is not listed"
    assert reverse("people") in done
    assert reverse("pairing_new") in done
    assert Person.objects.filter(source="handrail").count() == 2
    assert not list((tmp_path / "imports").iterdir())
    assert "staff.csv" in page(coordinator, "people_import")


@pytest.mark.slow
def test_a_workbook_is_read_as_the_table_on_its_first_sheet(coordinator: Client, tmp_path: Path) -> None:
    book = [["Our staff, v3"], [], ["id", "name", "job title"], ["7", "+44 Ann", "Chief"], ["", "", ""], ["8", "Bo Xu"]]
    assert upload(coordinator, as_xlsx(book, "Staff")).status_code == 302  # type: ignore[attr-defined]
    people_import = PeopleImport.objects.get()
    assert len(list((tmp_path / "imports").iterdir())) == 1
    jobs.read_people_import.func(import_id=people_import.pk)
    added = page(coordinator, "people_import_rows", people_import.pk, "add")
    assert "Bo Xu" in added
    assert "44 Ann" in added
    assert "Our staff" not in added


def test_a_file_of_another_kind_is_refused_with_what_to_do(coordinator: Client, tmp_path: Path) -> None:
    response = upload(coordinator, b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml xl/workbook.xml")
    assert "Excel workbook" in response.content.decode()
    assert "CSV UTF-8" in response.content.decode()
    assert not PeopleImport.objects.exists()
    assert not list((tmp_path / "imports").iterdir())


def test_where_nothing_fits_it_is_said_what_is_needed_and_there_is_an_example(coordinator: Client) -> None:
    page_with_fault = upload(coordinator, "colour,price\nred,3\n").content.decode()  # type: ignore[attr-defined]
    assert "most like" not in page_with_fault
    assert "docs/" not in page_with_fault
    assert "one column must be called “name”" in page_with_fault
    nearly = upload(coordinator, "objectId,displayName\n1,Ann\n").content.decode()  # type: ignore[attr-defined]
    assert "docs/" not in nearly
    assert reverse("people_import_example") in page_with_fault
    example = coordinator.get(reverse("people_import_example"))
    assert example["Content-Disposition"] == 'attachment; filename="people-example.csv"'
    people_import = received(coordinator, example.content)
    jobs.read_people_import.func(import_id=people_import.pk)
    people_import.refresh_from_db()
    assert people_import.counts.get("fault", 0) + people_import.counts.get("noted", 0) == 0
    assert people_import.counts["add"] == 3, "one of the four is not active"
    reference = Path(__file__).parents[3] / "docs" / "reference" / "people-csv.md"
    assert example.content.decode("utf-8-sig") in reference.read_text()


def test_an_address_that_is_none_is_named_by_its_line(coordinator: Client) -> None:
    entra = "userPrincipalName,displayName,mail,objectId\nnot an address,Lena Farrell,not an address,7\n"
    for _time in range(2):
        people_import = received(coordinator, entra)
        jobs.read_people_import.func(import_id=people_import.pk)
        noted = page(coordinator, "people_import_rows", people_import.pk, "noted")
        assert "“not an address” is not an e-mail address: left out." in noted
        assert "Lena Farrell" in noted
        load(coordinator, people_import)  # the second time she is known, and nothing changes


def test_the_kind_of_file_can_be_said(coordinator: Client) -> None:
    upload(coordinator, "name;x,id\nAnn;Rees,1\n", delimiter=";")
    assert PeopleImport.objects.get().delimiter == "semicolon"


def test_progress_asks_for_the_page_again_when_there_is_more_to_see(coordinator: Client) -> None:
    people_import = received(coordinator, STAFF)
    address = reverse("people_import_progress", args=[people_import.pk])
    assert "HX-Refresh" not in coordinator.get(address).headers
    jobs.read_people_import.func(import_id=people_import.pk)
    assert coordinator.get(address).headers["HX-Refresh"] == "true"


def test_questions_and_leavers_are_decided_on_their_pages(coordinator: Client, organisation: Organisation) -> None:
    known = Person.objects.create(organisation=organisation, name="Bo Xu", job_title="Clerk")
    gone = Person.objects.create(organisation=organisation, name="Di", source="handrail", source_id="9")
    people_import = received(coordinator, STAFF)
    jobs.read_people_import.func(import_id=people_import.pk)
    questions = page(coordinator, "people_import_questions", people_import.pk)
    assert "The same as Bo Xu, Clerk" in questions
    (question,) = people_import.findings.filter(kind="ask")
    coordinator.post(
        reverse("people_import_questions", args=[people_import.pk]), {f"line_{question.pk}": str(known.pk)}
    )
    assert "Di" in page(coordinator, "people_import_leavers", people_import.pk)
    (missing,) = people_import.findings.filter(kind="missing")
    coordinator.post(reverse("people_import_leavers", args=[people_import.pk]), {"left": [str(missing.pk)]})
    coordinator.post(reverse("people_import_load", args=[people_import.pk]))
    jobs.load_people_import.func(import_id=people_import.pk)
    known.refresh_from_db()
    gone.refresh_from_db()
    assert (known.email, known.source_id) == ("bo@x.example", "2")
    assert gone.left_on is not None


def test_who_is_who_can_be_said_after_the_file_is_loaded(
    coordinator: Client, organisation: Organisation, tmp_path: Path
) -> None:
    known = Person.objects.create(organisation=organisation, name="Bo Xu", job_title="Clerk")
    people_import = received(coordinator, STAFF.replace("3,Cy", "3,Cy Oak,,,,2"))
    jobs.read_people_import.func(import_id=people_import.pk)
    load(coordinator, people_import)
    assert "Say who is who" in page(coordinator, "people_import_preview", people_import.pk)
    assert "Say who is who" in page(coordinator, "people")
    assert Person.objects.filter(organisation=organisation, source="handrail").count() == 2
    # A newer file has meanwhile changed somebody whom the older one names too.
    Person.objects.filter(name="Ann Rees").update(job_title="Chief of all")
    (question,) = people_import.findings.filter(kind="ask")
    same = {f"line_{question.pk}": str(known.pk)}
    coordinator.post(reverse("people_import_questions", args=[people_import.pk]), same)
    assert "Load these lines" in page(coordinator, "people_import_preview", people_import.pk)
    load(coordinator, people_import)
    known.refresh_from_db()
    assert (known.email, known.source_id, known.job_title) == ("bo@x.example", "2", "Director")
    assert known.manager == Person.objects.get(name="Ann Rees", job_title="Chief of all")
    assert not list((tmp_path / "imports").iterdir()), "nothing is left to ask, so the file is gone"
    done = page(coordinator, "people_import_preview", people_import.pk)
    assert "2 people were added, 1 person was changed" in done
    assert "Say who is who" not in done
    assert "Say who is who" not in page(coordinator, "people")


def test_an_answer_to_a_file_that_is_gone_changes_nothing(
    coordinator: Client, organisation: Organisation, tmp_path: Path
) -> None:
    known = Person.objects.create(organisation=organisation, name="Bo Xu", job_title="Clerk")
    people_import = received(coordinator, STAFF)
    jobs.read_people_import.func(import_id=people_import.pk)
    load(coordinator, people_import)
    (question,) = people_import.findings.filter(kind="ask")
    address = reverse("people_import_questions", args=[people_import.pk])
    coordinator.post(address, {f"line_{question.pk}": "new"})
    for path in (tmp_path / "imports").iterdir():
        path.unlink()
    load(coordinator, people_import)
    people_import.refresh_from_db()
    assert (people_import.state, people_import.added) == (PeopleImport.State.DONE, 1)
    assert "no longer here" in coordinator.post(address, {f"line_{question.pk}": str(known.pk)}).content.decode()
    assert "Load these lines" not in page(coordinator, "people_import_preview", people_import.pk)


def test_a_file_kept_for_answers_is_forgotten_with_its_questions(
    coordinator: Client, organisation: Organisation, tmp_path: Path
) -> None:
    Person.objects.create(organisation=organisation, name="Bo Xu", job_title="Clerk")
    people_import = received(coordinator, STAFF)
    jobs.read_people_import.func(import_id=people_import.pk)
    load(coordinator, people_import)
    jobs.forget_old_imports.func()
    assert list((tmp_path / "imports").iterdir())
    PeopleImport.objects.update(made_at=clock.now() - timedelta(days=31))
    jobs.forget_old_imports.func()
    assert not list((tmp_path / "imports").iterdir())
    assert "Say who is who" not in page(coordinator, "people_import_preview", people_import.pk)


def load(client: Client, people_import: PeopleImport) -> None:
    client.post(reverse("people_import_load", args=[people_import.pk]))
    jobs.load_people_import.func(import_id=people_import.pk)


def test_dates_of_files_before_are_in_the_words_of_the_house(coordinator: Client) -> None:
    people_import = received(coordinator, STAFF)
    PeopleImport.objects.filter(pk=people_import.pk).update(made_at=datetime(2026, 11, 22, 22, 24, tzinfo=UTC))
    assert "22 November 2026 at 22:24" in page(coordinator, "people_import")


def test_a_file_can_be_put_aside(
    coordinator: Client, tmp_path: Path, django_capture_on_commit_callbacks: object
) -> None:
    people_import = received(coordinator, STAFF)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        coordinator.post(reverse("people_import_cancel", args=[people_import.pk]))
    people_import.refresh_from_db()
    assert people_import.state == PeopleImport.State.CANCELLED
    assert not list((tmp_path / "imports").iterdir())
    jobs.read_people_import.func(import_id=people_import.pk)
    assert not people_import.findings.exists()
    page(coordinator, "people_import_preview", people_import.pk)


def test_a_file_that_is_gone_is_said_to_be_gone(coordinator: Client, tmp_path: Path) -> None:
    people_import = received(coordinator, STAFF)
    for path in (tmp_path / "imports").iterdir():
        path.unlink()
    jobs.read_people_import.func(import_id=people_import.pk)
    assert "not there any more" in page(coordinator, "people_import_preview", people_import.pk)


@pytest.mark.parametrize("name", ["people_import_preview", "people_import_questions", "people_import_progress"])
def test_another_organisations_import_is_not_found(coordinator: Client, name: str) -> None:
    other = Organisation.objects.create(name="Other")
    foreign = PeopleImport.objects.create(
        organisation=other, made_at="2026-01-01T00:00Z", file_name="x.csv", digest="0", layout="handrail"
    )
    assert coordinator.get(reverse(name, args=[foreign.pk])).status_code == 404


def test_every_kind_of_finding_has_a_page(coordinator: Client) -> None:
    people_import = received(
        coordinator, rows("1,Ann,,,,2", "2,Bo,,,,1", "2,Bo,,,,1", "3,N/D,,,,", "5", "6,Cy,a b@x,,,99")
    )
    jobs.read_people_import.func(import_id=people_import.pk)
    for kind in ("add", "change", "ask", "missing", "inactive", "unnamed", "repeat", "fault", "cycle", "noted"):
        page(coordinator, "people_import_rows", people_import.pk, kind)
    assert "Ann (line 2) → Bo (line 3) → Ann" in page(coordinator, "people_import_rows", people_import.pk, "cycle")
    noted = page(coordinator, "people_import_rows", people_import.pk, "noted")
    assert "“a b@x” is not an e-mail address: left out. The manager “99” is not in this file" in noted
    assert coordinator.get(reverse("people_import_rows", args=[people_import.pk, "nonsense"])).status_code == 404
