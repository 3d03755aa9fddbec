"""The kit: every piece can be read, copied and taken away by anybody, and is open content."""

import frontmatter
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from handrail.capabilities.schemes.kit.queries import kit
from tests.pages import check_page

pytestmark = pytest.mark.django_db(databases=["default", "keystore"])
NEEDED = {"twelve-week-calendar", "finding-mentors", "launch-texts", "board-paper", "statement"}
NEEDED |= {"for-it", "for-information-governance", "role-descriptions", "supervision-agenda"}


def test_every_piece_is_open_content_under_its_own_name() -> None:
    assert set(kit()) == NEEDED
    for name, piece in kit().items():
        path = settings.CONTENT_DIR / "kit" / f"{name}.md"
        assert path.exists()
        assert piece.facts["licence"] == "CC-BY-4.0"
    assert [int(piece.facts["order"]) for piece in kit().values()] == list(range(1, 10))


@pytest.mark.slow
def test_anybody_reads_copies_and_downloads_them(client: Client) -> None:
    listed = client.get(reverse("kit"))
    check_page(listed)
    for name, piece in kit().items():
        address = reverse("kit_piece", args=[name])
        assert address in listed.content.decode()
        page = client.get(address)
        check_page(page)
        taken = client.get(reverse("kit_download", args=[name]))
        assert taken["Content-Disposition"] == f'attachment; filename="{name}.md"'
        written = frontmatter.loads(taken.content.decode())
        assert written["title"] == piece.title
        assert written.content.splitlines()[0] in page.content.decode().replace("&#x27;", "'")
    assert client.get(reverse("kit_piece", args=["no-such-piece"])).status_code == 404
