"""Somebody at a browser: by touch or mouse, by keyboard alone, with or without scripts. Each page met is checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from handrail.foundation.mail.models import OutboxMessage
from tests.mail_set import with_mail

TABS = 80
CODE = re.compile(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", re.M)


@dataclass
class Walker:
    page: Page
    base: str
    check: Callable[[Page], None]
    by_keyboard: bool = False

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def look(self) -> None:
        """Every page: its title is its h1, axe is silent, nothing scrolls sideways."""
        heading = self.page.locator("h1").first.inner_text()
        assert heading.replace("\n", " ") in self.page.title().replace("Error: ", ""), self.page.url
        self.check(self.page)

    def press(self, role: str, name: str) -> None:
        """Press a link or a button that leads to the next page."""
        target = self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
        expect(target).to_be_visible()
        with self.page.expect_navigation():
            if self.by_keyboard:
                self.reach(target.evaluate("element => { window.__wanted = element; return true }"))
                self.page.keyboard.press("Enter")
            else:
                target.click()
        self.look()

    def reach(self, _marked: bool) -> None:
        """Tab until the wanted element has the focus, which must be visible there."""
        for _press in range(TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement === window.__wanted"):
                return
        raise AssertionError(f"{self.page.url}: the keyboard does not reach it")

    def type_into(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True).first
        if self.by_keyboard:
            self.reach(field.evaluate("element => { window.__wanted = element; return true }"))
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)
        else:
            field.fill(text)

    def choose(self, label: str) -> None:
        box = self.page.get_by_label(label, exact=True).first
        if self.by_keyboard:
            box.focus()  # arrow keys and space move within a group; the group itself is reached by Tab
            self.page.keyboard.press("Space")
        else:
            box.check()

    def sign_in(self, address: str) -> None:
        """With a code from the outbox, as a person reads it from the message."""
        self.page.context.clear_cookies(name="sessionid")
        with with_mail():
            self.go("/sign-in/login/")
            self.type_into("Your e-mail address", address)
            self.press("button", "Send me a code")
        self.type_code(address)

    def type_code(self, address: str) -> None:
        message = OutboxMessage.objects.filter(to_address=address, kind="sign_in").latest("id")
        found = CODE.search(message.text)
        assert found is not None, message.text
        self.page.locator("input[name=code]").fill(found[1])
        self.press("button", "Sign in")

    def sees(self, text: str) -> bool:
        return self.page.get_by_text(text).first.is_visible()
