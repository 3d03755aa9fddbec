"""No page asks the databases more than twelve questions, however many people there are. Timings are for the bench."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.large_world import LargeWorld, build_large_world
from tests.factories.large_world_pages import pages_of, rest_of

pytestmark = [pytest.mark.django_db(databases=["default", "keystore"]), pytest.mark.slow]
BUDGET = 12


# What this world has no page of: it shows a code once, waits for a state that another page here excludes, or is the
# library's for somebody with a second factor or a provider.
UNSEEN = {
    "calendar_feed",
    "calendar_feed_made",
    "conversations_shown",
    "custody_help",
    "custody_requests",
    "decision_calendar",
    "demo",
    "demo_post_box",
    "demo_post_box_message",
    "demo_sign_in",
    "exports_choose",
    "first_administrator",
    "impact_plan_file",
    "kit_download",
    "pairing_next",
    "people_import_example",
    "plan_note_hour",
    "safe_close",
    "safe_device_end",
    "safe_passkey",
    "scheme_ended",
    "session_entry",
    "start",
    "starting_point_go_on",
    "welcome",
    "account_confirm_login_code",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_error",
    "socialaccount_signup",
}


def client_of(world: LargeWorld, role: str) -> Client:
    client = Client()
    for name, value in world.cookies_of(role).items():
        client.cookies[name] = value
    return client


def test_every_page_keeps_to_its_budget(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    world = build_large_world(people=120, pairings=20)
    clients = {role: client_of(world, role) for role in [*world.persons, "nobody"]}
    over = []

    def look(address: str, role: str) -> tuple[int, str]:
        with (
            CaptureQueriesContext(connections["default"]) as asked,
            CaptureQueriesContext(connections["keystore"]) as asked_keystore,
        ):
            response = clients[role].get(address)
        questions = [*asked.captured_queries, *asked_keystore.captured_queries]
        if response.status_code == 200 and len(questions) > BUDGET:
            listed = "\n".join(question["sql"][:160] for question in questions)
            over.append(f"{address} as {role}: {len(questions)} questions\n{listed}")
        return response.status_code, response.headers.get("Content-Type", "")

    for page in pages_of(world):
        assert look(page.address, page.role)[0] == 200, f"{page.address} as {page.role}"
    _rest, unseen = rest_of(world, look)
    assert not over, "\n\n".join(over)
    assert {one.name for one in unseen if "405" not in one.answers} == UNSEEN
