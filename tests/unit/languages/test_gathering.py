"""What counts as a message, where a catalogue would look it up, and what is said without gettext."""

from pathlib import Path

import pytest

from handrail.foundation.languages.gathering import (
    NotConstant,
    words_in,
    words_of_python,
    words_of_template,
    words_outside,
)

HERE = Path("page.html")


def python(text: str) -> list[tuple[str, str, str]]:
    return [(one.context, one.text, one.plural) for one in words_of_python(text, HERE)]


def template(text: str) -> list[tuple[str, str, str, int]]:
    return [(one.context, one.text, one.plural, one.line) for one in words_of_template(text, HERE)]


def test_python_is_read_with_its_aliases_and_pieces() -> None:
    source = (
        "from django.utils.translation import gettext as _, gettext_lazy as lazy, ngettext, npgettext, pgettext\n"
        "_('One ' 'message')\nlazy('Another')\nngettext('%d leaf', '%d leaves', n)\npgettext('of a date', 'Month')\n"
        "npgettext('of a tree', 'leaf', 'leaves', n)\n"
    )
    assert sorted(python(source)) == [
        ("", "%d leaf", "%d leaves"),
        ("", "Another", ""),
        ("", "One message", ""),
        ("of a date", "Month", ""),
        ("of a tree", "leaf", "leaves"),
    ]


def test_other_functions_of_that_name_are_no_messages() -> None:
    assert python("def _(x): ...\n_('not a message')\nprint('nor this')") == []


def test_through_the_module_it_is_a_message_too() -> None:
    imported = "from django.utils import translation\nfrom django.utils.translation import gettext\n"
    assert python(f"{imported}translation.gettext('Found')") == [("", "Found", "")]


def test_a_name_stands_for_what_is_marked_elsewhere() -> None:
    assert python("from django.utils.translation import gettext\ngettext(WORDS[1])\ngettext('')") == []


@pytest.mark.parametrize("message", ["f'Hello {name}'", "'Hello ' + name"])
def test_a_message_that_is_put_together_is_refused_with_its_place(message: str) -> None:
    with pytest.raises(NotConstant, match=r"page\.html, line 2"):
        python(f"from django.utils.translation import gettext as _\n_({message})")


def test_templates_are_read_as_django_looks_messages_up() -> None:
    assert template('{% translate "Say \\"yes\\"" as yes %}\n{% trans \'Month\' context "of a date" %}') == [
        ("", 'Say "yes"', "", 1),
        ("of a date", "Month", "", 2),
    ]
    assert template('{% form button=_("Go on") %}{{ _("Stop")|upper }}') == [
        ("", "Go on", "", 1),
        ("", "Stop", "", 1),
    ]
    block = "{% blocktranslate count n=all|length %}{{ n }} leaf, 5%{% plural %}{{ n }} leaves{% endblocktranslate %}"
    assert template(block) == [("", "%(n)s leaf, 5%%", "%(n)s leaves", 1)]
    trimmed = '{% blocktrans trimmed context "tree" %}\n  One\n  leaf\n{% endblocktrans %}'
    assert template(trimmed) == [("tree", "One leaf", "", 1)]


def test_what_is_said_without_gettext_is_found() -> None:
    said = words_outside(
        '<p>Plain words {{ name }}</p>{# a comment #}<img alt="A picture"><script>let word = "no"</script>'
        '{% comment %}not shown{% endcomment %}{% translate "marked" %}<b>·</b><i>{{ one }}: {{ two }}</i>Handrail'
    )
    assert said == ["Plain words", "A picture"]
    assert words_outside("{% blocktranslate %}marked {{ name }}{% endblocktranslate %}") == []


def test_files_are_read_by_their_kind(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("from django.utils.translation import gettext as _\n_('In Python')")
    (tmp_path / "one.html").write_text("{% translate 'In a template' %}")
    found = words_in([tmp_path / "one.py", tmp_path / "one.html"])
    assert [(one.key, one.line) for one in found] == [(("", "In Python"), 2), (("", "In a template"), 1)]
