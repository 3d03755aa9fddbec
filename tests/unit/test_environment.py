"""Settings: a missing or senseless one stops the start with one clear line that names it."""

import pytest

from handrail.config.environment import Environment, load, variable_name

GOOD = {"HANDRAIL_SECRET_KEY": "k" * 40, "HANDRAIL_MODE": "production"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in map(variable_name, Environment.model_fields):
        monkeypatch.delenv(name, raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def stopped(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        load()
    said = str(end.value)
    assert said.startswith("handrail: ")
    assert "\n" not in said
    return said


def test_good_settings_start(environment: pytest.MonkeyPatch) -> None:
    assert load().mode == "production"


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("HANDRAIL_SECRET_KEY", "short", "HANDRAIL_SECRET_KEY"),
        ("HANDRAIL_SECRET_KEY", "generated-" + "x" * 40, "generated for a demo"),
        ("HANDRAIL_MODE", "holiday", "HANDRAIL_MODE"),
        ("HANDRAIL_BASE_URL", "handrail.example.org", "https://handrail.example.org"),
        ("HANDRAIL_BASE_URL", "https://handrail.example.org/path", "without a path"),
        ("HANDRAIL_BASE_URL", "https://[::1", "https://handrail.example.org"),
        ("HANDRAIL_BASE_URL", "https://handrail.example.org:eighty", "https://handrail.example.org"),
        ("HANDRAIL_MAIL_URL", "mail.example.org", "smtp://"),
        ("HANDRAIL_MAIL_URL", "smtp://mail.example.org:99999", "smtp://"),
        ("HANDRAIL_OIDC_URL", "https://[login", "https://login.example.org/organisation"),
        ("HANDRAIL_TIME_ZONE", "Mars/Olympus", "Europe/London"),
        ("HANDRAIL_PATTERNS", "much_more=1", "much_more above 1"),
        ("HANDRAIL_OIDC_URL", "https://id.example.org", "belong together"),
        ("DATABASE_URL", "mysql://here/there", "DATABASE_URL"),
        ("DATABASE_URL", "postgres://handrail@db:port/handrail", "must begin with sqlite:/// or postgres://"),
        ("KEYSTORE_URL", "file.sqlite3", "KEYSTORE_URL"),
    ],
)
def test_a_senseless_setting_is_named(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, part: str
) -> None:
    environment.setenv(name, value)
    assert part in stopped(capsys)


def test_a_missing_secret_is_named(environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    environment.delenv("HANDRAIL_SECRET_KEY")
    assert "HANDRAIL_SECRET_KEY is missing" in stopped(capsys)


def test_the_demo_takes_a_generated_secret(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HANDRAIL_MODE", "demo")
    environment.setenv("HANDRAIL_SECRET_KEY", "generated-" + "x" * 40)
    assert load().mode == "demo"
