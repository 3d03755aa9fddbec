"""Filling in and sending a page's own forms, as a browser without JavaScript does."""

from typing import Any
from urllib.parse import urljoin

from django.test import Client
from lxml import html


class PageForm:
    """One form of a page: its fields as they stand, to change and to send."""

    def __init__(self, response: Any, element: Any) -> None:
        self.address = urljoin(response.request["PATH_INFO"], element.get("action") or self._own(response))
        self.fields: dict[str, Any] = {}
        outside = element.xpath("//button[@name][@form=$id]", id=element.get("id") or "")
        buttons = [*element.xpath(".//button[@name][not(@form)]"), *outside]
        self.buttons = [(button.get("name"), button.get("value", "")) for button in buttons]
        areas = {area.get("name") for area in element.iter("textarea")}
        for name, value in element.form_values():
            if name in areas:
                value = value.removeprefix("\n")  # HTML drops a line break right after the opening tag
            earlier = self.fields.get(name)
            self.fields[name] = (
                value if earlier is None else [*([earlier] if isinstance(earlier, str) else earlier), value]
            )

    @staticmethod
    def _own(response: Any) -> str:
        query = response.request.get("QUERY_STRING", "")
        return f"{response.request['PATH_INFO']}{'?' + query if query else ''}"

    def send(self, client: Client, **changes: Any) -> Any:
        return client.post(self.address, {**self.fields, **changes})


def forms_of(response: Any) -> list[PageForm]:
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return [
        PageForm(response, element)
        for element in html.document_fromstring(response.content.decode()).forms
        if element.method == "POST"
    ]


def form_with(response: Any, field: str, value: str | None = None) -> PageForm:
    """The page's form that has this field (with this value); else the one that this button sends, as if tapped."""
    forms = forms_of(response)
    for form in forms:
        if field in form.fields and (value is None or form.fields[field] == value):
            return form
    for form in forms:
        for name, sent in form.buttons:
            if value is not None and (name, sent) == (field, value):
                form.fields[field] = sent
                return form
    raise AssertionError(f"no form with {field} on {response.request['PATH_INFO']}")
