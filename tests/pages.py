"""What every page of the program must keep; call `check_page(response)` on anything that answers with a page."""

import re
from typing import Any

from lxml import html
from lxml.html import HtmlElement

SUFFIX = " · Handrail"
ERROR_PREFIX = re.compile("Error: |Erreur : ")  # as _text() hands it over
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
NONCE = re.compile(r"'nonce-([^']+)'")
DATA_SCRIPTS = ("application/json", "application/ld+json", "speculationrules")


def faults_of_page(response: Any) -> list[str]:
    """What is wrong with the page, in words; nothing when all is well."""
    page = html.document_fromstring(response.content.decode("utf-8"))
    policy = response.headers.get("Content-Security-Policy", "")
    return [
        *_faults_of_title(page),
        *_faults_of_markup(page),
        *_faults_of_scripts(page, policy),
        *_faults_of_controls(page),
        *_faults_of_forms(page),
    ]


def check_page(response: Any) -> None:
    """Fails with every fault of the page."""
    kind = response.headers.get("Content-Type", "")
    assert kind.startswith("text/html"), f"not a page: {kind}"
    faults = faults_of_page(response)
    path = getattr(getattr(response, "wsgi_request", None), "path", "")
    assert not faults, f"{path}\n" + "\n".join(faults)


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _faults_of_title(page: HtmlElement) -> list[str]:
    faults = []
    headings, titles = page.xpath("//h1"), page.xpath("//head/title")
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1 elements: {[_text(heading) for heading in headings]}")
    title = ERROR_PREFIX.sub("", _text(titles[0]), count=1) if titles else ""
    if headings and title != _text(headings[0]) + SUFFIX:
        faults.append(f"title {title!r} is not the h1 {_text(headings[0])!r} with {SUFFIX!r}")
    if not page.get("lang"):
        faults.append("no language on html")
    if len(page.xpath("//main")) != 1:
        faults.append("not exactly one main")
    outside_gallery = "not(ancestor::*[contains(@class, 'hr-gallery__example')])"
    errors = page.xpath(f"//*[(@aria-invalid='true' or @role='alert') and {outside_gallery}]")
    if errors and titles and not ERROR_PREFIX.match(_text(titles[0])):
        faults.append("errors on the page, but the title does not begin with “Error:”")
    return faults


def _faults_of_markup(page: HtmlElement) -> list[str]:
    faults = [f"inline style: {html.tostring(element)[:100]!r}" for element in page.xpath("//*[@style] | //style")]
    for element in page.iter():
        if isinstance(element.tag, str):
            faults += [f"event handler {name} on {element.tag}" for name in element.attrib if name.startswith("on")]
    identities = [element.get("id") for element in page.xpath("//*[@id]")]
    faults += [f"id {name!r} occurs twice" for name in sorted({i for i in identities if identities.count(i) > 1})]
    faults += [f"image without alt: {image.get('src', '')[:80]}" for image in page.xpath("//img[not(@alt)]")]
    faults += [f"script address: {link.get('href')}" for link in page.xpath("//a[starts-with(@href, 'javascript:')]")]
    for attribute in ("aria-describedby", "aria-labelledby", "aria-controls"):
        for element in page.xpath(f"//*[@{attribute}]"):
            absent = set(element.get(attribute).split()) - set(identities)
            faults += [f"{attribute} names {name!r}, which is not there" for name in sorted(absent)]
    return faults


def _faults_of_scripts(page: HtmlElement, policy: str) -> list[str]:
    known = NONCE.search(policy)
    faults = []
    for script in page.xpath("//script"):
        if script.get("type") in DATA_SCRIPTS:
            continue
        if not script.get("src"):
            faults.append(f"inline script: {_text(script)[:80]!r}")
        if not script.get("nonce"):
            faults.append(f"script without nonce: {script.get('src')}")
        elif known is None or script.get("nonce") != known[1]:
            faults.append(f"the nonce of {script.get('src')} is not that of the policy")
    return faults


def _faults_of_controls(page: HtmlElement) -> list[str]:
    faults = []
    labelled = {label.get("for") for label in page.xpath("//label[@for]")}
    for control in page.xpath("//input | //select | //textarea | //progress"):
        if control.get("type") in UNLABELLED:
            continue
        if control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby"):
            continue
        if not control.xpath("ancestor::label"):
            faults.append(f"no label: {html.tostring(control)[:120]!r}")
    silent = [e for e in page.xpath("//button | //a[@href]") if not _text(e) and not e.get("aria-label")]
    return faults + [f"nothing to read on {html.tostring(element)[:120]!r}" for element in silent]


def _faults_of_forms(page: HtmlElement) -> list[str]:
    return [
        f"form without protection against forgery: {form.get('action')}"
        for form in page.xpath("//form[translate(@method, 'POST', 'post')='post']")
        if not form.xpath(".//input[@name='csrfmiddlewaretoken']")
    ]
