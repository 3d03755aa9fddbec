"""Files loaded as the command and the page do it, without either."""

from pathlib import Path

from handrail.capabilities.people.imports import actions
from handrail.capabilities.people.imports.models import Finding, PeopleImport
from handrail.capabilities.people.models import Organisation, Person
from handrail.formats.people import PeopleFile, open_people_file

OWN = "id,name,email,job title,unit,manager id"


def preview(organisation: Organisation, folder: Path, content: str | bytes) -> tuple[PeopleImport, PeopleFile]:
    path = folder / "people.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    people_file = open_people_file(path)
    people_import = actions.begin_import(by=None, organisation=organisation, path=path, detected=people_file.detected)
    if people_import.state == PeopleImport.State.WAITING:
        actions.read_import(people_import=people_import, people_file=people_file)
    return people_import, people_file


def load(organisation: Organisation, folder: Path, content: str | bytes) -> PeopleImport:
    people_import, people_file = preview(organisation, folder, content)
    actions.apply_import(by=None, people_import=people_import, people_file=people_file)
    return people_import


def rows(*people: str, header: str = OWN) -> str:
    return "\n".join([header, *people]) + "\n"


def findings(people_import: PeopleImport, kind: str) -> list[Finding]:
    return list(people_import.findings.filter(kind=kind))


def person(organisation: Organisation, name: str) -> Person:
    return Person.objects.get(organisation=organisation, name=name)


def snapshot() -> list[tuple[object, ...]]:
    return list(
        Person.objects.order_by("pk").values_list(
            "pk",
            "name",
            "email",
            "job_title",
            "unit",
            "grade",
            "place",
            "manager_id",
            "line",
            "source",
            "source_id",
            "left_on",
        )
    )
