"""Every page of the gallery keeps what every page must keep."""

import pytest
from django.test import Client

from handrail.design.gallery import components
from handrail.design.views import LAYOUTS
from tests.pages import check_page


@pytest.mark.parametrize("name", sorted(components()))
def test_a_component_has_its_page(client: Client, name: str) -> None:
    response = client.get(f"/design/{name}/")
    assert response.status_code == 200
    check_page(response)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_has_its_page(client: Client, name: str) -> None:
    response = client.get(f"/design/layouts/{name}/")
    assert response.status_code == 200
    check_page(response)


def test_everything_is_on_one_page(client: Client) -> None:
    check_page(client.get("/design/everything/"))


def test_the_index_names_every_component(client: Client) -> None:
    response = client.get("/design/")
    check_page(response)
    for name in components():
        assert f"/design/{name}/" in response.content.decode()


@pytest.mark.parametrize("path", ["/design/nothing/", "/design/layouts/nothing/"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_question_that_is_not_answered_comes_back(client: Client) -> None:
    response = client.post("/design/layouts/question/", {"often": ""})
    check_page(response)
    text = response.content.decode()
    assert "<title>Error: How often do you look? · Handrail</title>" in text
    assert text.count("still needs an answer") == 3 - 1, "once in the summary and once at the field"
    assert 'href="#id_often"' in text
    assert 'id="id_often"' in text


def test_the_live_bars_fragment_is_no_whole_page(client: Client) -> None:
    text = client.get("/design/progress/now/").content.decode()
    assert text.startswith('<div class="hr-progress">')
    assert 'value="1000"' in text
