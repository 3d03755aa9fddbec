"""The reference page of the settings is the one that the code makes."""

import importlib.machinery
import importlib.util
from pathlib import Path
from types import ModuleType

from handrail.config.environment import Environment, variable_name

ROOT = Path(__file__).resolve().parents[2]


def page_script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("settings_page", str(ROOT / "script" / "settings-page"))
    spec = importlib.util.spec_from_loader("settings_page", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_the_page_is_current() -> None:
    script = page_script()
    assert script.PAGE.read_text() == script.page(), "run script/settings-page"


def test_every_setting_says_what_it_does() -> None:
    assert [variable_name(name) for name, field in Environment.model_fields.items() if not field.description] == []
