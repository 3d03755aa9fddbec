"""A leader whose language is French: from the invitation to a private space kept safe, on a phone, and not a word of
English on the way."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils.translation import override
from playwright.sync_api import Page

from handrail.capabilities.starting_point.conversation.presenters.questions import WORDS
from handrail.capabilities.starting_point.invitations.actions import invite
from handrail.engines.approach import QUESTIONS
from handrail.foundation.mail.models import OutboxMessage
from tests.factories.world import World, build_world, coordinator_account
from tests.languages import english_on
from tests.mail_set import with_mail

Check = Callable[[Page], None]
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.M)
OWN = "« L’hôpital d’Orléans » : l’accueil, où ça coince ? Dès l’été…"
WHY = "Je vous le demande maintenant : les projets de l’an prochain se décident en mars."
NAMES = frozenset({"Leader", "Mentor", "Coordinator", "Catch-up"})  # of the world’s people, and of its session
LOOKED_AT = {"role_goal", "worries", "last_answer"}


@dataclass
class Leader:
    """Somebody who reads French, at a phone. Each page met is French, fits, and has its title as its heading."""

    page: Page
    base: str
    fits: Check
    axe: Check
    screenshot: Callable[..., None]

    def look(self, name: str = "") -> None:
        self.page.wait_for_load_state()
        assert english_on(self.page.content(), typed=NAMES) == [], self.page.url
        heading = self.page.locator("h1").inner_text().replace("\n", " ")
        assert heading in self.page.title(), self.page.url
        self.fits(self.page)
        if name:
            self.axe(self.page)
            self.screenshot(self.page, f"french-{name}-375")

    def go(self, path: str, name: str = "") -> None:
        self.page.goto(self.base + path)
        self.look(name)

    def press(self, role: Any, words: str, name: str = "") -> None:
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=words, exact=True).first.tap()
        self.look(name)

    def code(self, address: str | None) -> str:
        message = OutboxMessage.objects.filter(to_address=address, kind="sign_in").latest("id")
        assert message.subject == "Votre code pour Handrail"
        found = CODE.search(message.text)
        assert found is not None, message.text
        return found[1]


@pytest.fixture
def world(settings: Any) -> World:
    settings.EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"
    return build_world()


def test_from_the_invitation_to_a_phrase_in_french(
    world: World,
    live_server: Any,
    open_page: Callable[..., Page],
    fits: Check,
    axe: Check,
    screenshot: Callable[..., None],
) -> None:
    person = world.persons["leader"]
    account = world.account("leader")
    (asked,) = invite(
        by=coordinator_account(world.persons),
        scheme=world.pairing.scheme,
        people=[person],
        asked_by=world.persons["coordinator"],
        words=WHY,
        language="fr",
    )
    message = OutboxMessage.objects.get(dedupe_key=f"starting point {asked.pk}")
    assert message.subject == "Coordinator vous demande cinq minutes"
    assert WHY in message.text
    page = open_page(width=375, height=812, has_touch=True, is_mobile=True, locale="fr-FR")
    leader = Leader(page, live_server.url, fits, axe, screenshot)

    with with_mail():
        leader.go("/starting-point/", "sign-in")  # the link in the message: first, who is it?
        page.get_by_label("Votre adresse électronique", exact=True).fill(account.email or "")
        leader.press("button", "Envoyez-moi un code")
    page.locator("input[name=code]").fill(leader.code(account.email))
    leader.press("button", "Se connecter", "begin")
    assert page.get_by_text(WHY).is_visible()
    page.locator("summary").first.tap()
    assert page.get_by_text("Une enquête ou un tribunal").is_visible()
    leader.press("link", "Commencer")

    for question in QUESTIONS:
        assert f"/question/{question.id}/" in page.url, page.url
        leader.look(question.id if question.id in LOOKED_AT else "")
        with override("fr"):
            option = str(WORDS[question.id].options[question.options[0]])
        if question.several:
            if question.id == "role_goal":
                leader.press("button", "Continuer")  # nothing tapped: what is said about it is French, too
                assert page.get_by_text("Touchez ce qui convient, ou passez cette question.").first.is_visible()
                assert page.title().startswith("Erreur")
                page.get_by_text("Avec vos mots").first.tap()
                page.locator("textarea").fill(OWN)
            page.get_by_label(option, exact=True).tap()
            leader.press("button", "Continuer")
        else:
            with page.expect_navigation():
                page.get_by_role("button", name=re.compile(f"^{re.escape(option)}")).tap()
    leader.look("result")
    for words in (
        "Ce qui marche déjà",
        "Partir de votre rôle",
        "Le premier petit pas",
        "Cela repose sur 14 réponses.",
    ):
        assert page.get_by_text(words).first.is_visible(), words

    leader.press("link", "Changer une réponse", "answers")
    assert page.get_by_text(OWN).is_visible()
    leader.go("/starting-point/share/", "share")
    page.get_by_label("Les trois premiers petits pas", exact=True).tap()
    leader.press("button", "Me montrer d’abord", "share-preview")
    leader.go("/starting-point/words/", "words")
    page.get_by_label("Ou un mot à vous", exact=True).fill("accueil à l’hôpital")
    leader.press("button", "Me montrer d’abord", "words-preview")
    leader.press("button", "Écrire ces mots")
    leader.go("/account/private/keep/", "phrase")
    leader.press("button", "Je les ai\u00a0: choisir cette phrase")
    leader.go("/account/private/recovery-code/", "recovery")
    leader.press("button", "Montrer mon code", "recovery-code")
    leader.go("/home/", "home")
    leader.go(f"/pairings/{world.pairing.pk}/", "pairing")
    leader.go("/account/", "account")
    leader.go("/language/no/such/page/", "not-found")

    wide = open_page(width=1280, height=900, locale="fr-FR")
    wide.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    for path in ("starting-point/result/", "home/", "starting-point/question/worries/", "account/"):
        wide.goto(f"{live_server.url}/{path}")
        fits(wide)
        screenshot(wide, f"french-{path.strip('/').replace('/', '-')}-1280")


def test_without_scripts_one_changes_the_language_and_stays_on_the_page(
    world: World, live_server: Any, without_javascript: Page, axe: Check, fits: Check
) -> None:
    page = without_javascript
    page.goto(live_server.url + "/letter/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Français").click()
    page.get_by_role("button", name="Français").click()
    assert page.url == live_server.url + "/letter/"
    assert page.locator("html").get_attribute("lang") == "fr"
    assert english_on(page.content()) == []
    fits(page)
    page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text() == "Langue"
    page.get_by_role("button", name="English").click()
    assert page.locator("h1").inner_text() == "Sign in with your letter"
