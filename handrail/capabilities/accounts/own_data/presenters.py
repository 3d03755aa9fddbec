"""A copy of somebody's data as one file: a page to read and the same for programs. Made in memory, kept nowhere."""

import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from handrail.capabilities.accounts.models import Account
from handrail.foundation.lifecycle.own_data import HeldTable, LeftOut, OwnData

PAGE, FOR_PROGRAMS = "your-data.html", "your-data.json"


@dataclass(frozen=True)
class Section:
    """One table of the page: what it is, why it is held, and each row as names and values."""

    title: str
    reasons: list[str]
    rows: list[list[tuple[str, str]]]


def as_zip(data: OwnData, *, account: Account, made_at: datetime, opened: bool) -> bytes:
    said = what_is_not_in_it(data, opened=opened)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(FOR_PROGRAMS, as_json(data, account=account, made_at=made_at, said=said))
        archive.writestr(PAGE, as_page(data, account=account, made_at=made_at, said=said))
    return out.getvalue()


def as_json(data: OwnData, *, account: Account, made_at: datetime, said: list[str]) -> str:
    tables = {
        table.model: {
            "why": list(dict.fromkeys(table.reasons)),
            "rows": [
                {"id": key, **row.fields, **({"could_not_be_opened": row.shut} if row.shut else {})}
                for key, row in table.rows.items()
            ],
        }
        for table in data.tables
    }
    left_out = [
        {"table": one.model, "fields": list(one.fields), "rows": one.rows, "held_because": one.why}
        for one in data.left_out
    ]
    whole = {
        "about": account.name,
        "made_at": made_at.isoformat(),
        "not_in_this_file": said,
        "held": tables,
        "held_and_not_in_this_file": left_out,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def as_page(data: OwnData, *, account: Account, made_at: datetime, said: list[str]) -> str:
    context = {
        "title": _("What Handrail holds about %(name)s") % {"name": account.name},
        "made_on": date_format(made_at, "j F Y, H:i"),
        "said": said,
        "sections": [_section(table) for table in data.tables],
        "left_out": [(_title(one.model), _fields(one), one.why) for one in data.left_out],
    }
    return render_to_string("accounts/own_data/file.html", context)


def what_is_not_in_it(data: OwnData, *, opened: bool) -> list[str]:
    """What whoever reads the file should not take for granted."""
    said = []
    if data.number_shut and not opened:
        said.append(
            _(
                "Your private space was not open when this was made. What you wrote is listed with its time, "
                "without its text. Open your private space and take the file once more to have it all."
            )
        )
    elif data.number_shut:
        said.append(_("Some texts are sealed to a key that you no longer have. They are listed without their text."))
    return [
        *said,
        _("Keys, codes and what recognises your browser are listed at the end by name, and not copied."),
        _("What other people keep to themselves, and what is about somebody else, is not in it."),
        _("Acts of others that name you by a number only, such as an entry in the audit trail, are not in it."),
        _("Backups hold older copies of this for a while, encrypted, until they are deleted by themselves."),
    ]


def _section(table: HeldTable) -> Section:
    rows = [
        [(_label(table.model, name), _shown(value, shut=name in row.shut)) for name, value in row.fields.items()]
        for row in table.rows.values()
    ]
    return Section(_title(table.model), list(dict.fromkeys(table.reasons)), rows)


def _shown(value: Any, *, shut: bool) -> str:
    if shut:
        return _("Sealed, and not opened for this file")
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _title(model: str) -> str:
    return str(apps.get_model(model)._meta.verbose_name_plural).capitalize()


def _fields(one: LeftOut) -> str:
    return ", ".join(_label(one.model, name) for name in one.fields)


def _label(model: str, name: str) -> str:
    return str(getattr(apps.get_model(model)._meta.get_field(name), "verbose_name", name)).capitalize()
