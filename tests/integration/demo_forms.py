"""The forms that only the demonstration has: its pairs, schemes and matchings are in more states than the small world.

Found by going from link to link as each of its people.
"""

from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.test import Client, override_settings
from django.urls import Resolver404, resolve, reverse
from lxml import html

from handrail.demo import generate, roles
from tests.integration.nasty_forms import DEMO, Found, Visitors, each_way, forms_on

ALIKE, OF_ONE_PAGE = 2, 15  # how many addresses of the same words, and of the same page, are looked at
LEFT_OUT = ("/static/", "/design/")


def forms_of_demo(visitors: Visitors, known: list[Found]) -> list[Found]:
    """Each name that no form met so far sends to the same page."""
    with override_settings(DEMO=True):
        generate.fill()
        for role in roles.NAMES:
            browser = visitors.clients[DEMO + role] = Client()
            assert browser.post(reverse("demo_sign_in", args=[role])).status_code == 302
    met = {(_page(one.form.address), name) for one in known for name in one.names}
    found = []
    for role in roles.NAMES:
        for address, response in pages_met(visitors, DEMO + role):
            for form in forms_on(response):
                for way in each_way(visitors, Found(DEMO + role, address, form)):
                    way.names = [name for name in way.names if (_page(form.address), name) not in met]
                    met |= {(_page(form.address), name) for name in way.names}
                    found += [way] if way.names else []
    return found


def pages_met(visitors: Visitors, role: str) -> Iterator[tuple[str, Any]]:
    waiting, known = deque(["/"]), {"/"}
    alike: Counter[tuple[str, ...]] = Counter()
    while waiting:
        address = waiting.popleft()
        page = _page(address)
        words = (page, *(part for part in address.split("/") if part.isalpha()))
        if not page or alike[words] >= ALIKE or alike[(page,)] >= OF_ONE_PAGE:
            continue
        alike.update({words, (page,)})
        response = visitors.ask(role, "get", address)
        yield address, response
        for link in _links(address, response):
            if link not in known:
                known.add(link)
                waiting.append(link)


def _page(address: str) -> str:
    """The page's name; nothing where there is no such page."""
    try:
        return resolve(address.partition("?")[0]).url_name or ""
    except Resolver404:
        return ""


def _links(address: str, response: Any) -> list[str]:
    if 300 <= response.status_code < 400:
        links = [response.headers["Location"]]
    elif response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        links = html.document_fromstring(response.content.decode()).xpath("//a/@href")
    else:
        links = []
    whole = [urljoin(address, link).partition("#")[0] for link in links]
    return [link for link in whole if link.startswith("/") and not link.startswith(("//", *LEFT_OUT))]
