"""What opening the vault costs: `python -m bench.vault`. CPU milliseconds, the best and the median of several runs.

Goals: at most 150 ms with a phrase, at most 5 ms with a device. Works on throw-away databases.
"""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any


def prepare(folder: str) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="handrail.config.settings",
        HANDRAIL_MODE="production",
        HANDRAIL_SECRET_KEY="a-secret-of-the-benchmark-and-nothing-else-0123",
        HANDRAIL_DATA_DIR=folder,
    )
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keystore", verbosity=0)


def cpu(act: Callable[[], Any], runs: int) -> tuple[float, float]:
    spent = []
    for _ in range(runs):
        start = time.process_time()
        act()
        spent.append((time.process_time() - start) * 1000)
    return min(spent), statistics.median(spent)


def main() -> None:
    folder = tempfile.mkdtemp(prefix="handrail-bench-")
    try:
        prepare(folder)
        measure()
    finally:
        shutil.rmtree(folder)


def measure() -> None:
    from uuid import uuid4

    from django.contrib.auth import get_user_model
    from django.http import HttpResponse
    from django.test import RequestFactory

    from handrail.foundation.vault import keys, texts
    from handrail.foundation.vault.keys import devices

    account = get_user_model().objects.create_account(name="Ada", email="ada@example.org")
    cookies: dict[str, str] = {}

    def request() -> Any:
        made = RequestFactory().get("/")
        made.user = account
        made.COOKIES.update(cookies)
        return made

    first = request()
    opened = keys.begin(first)
    phrase = keys.new_phrase()
    keys.set_phrase(first, phrase)
    response = HttpResponse()
    devices.set_cookies(first, response)
    cookies.update({name: morsel.value for name, morsel in response.cookies.items()})
    conversation = texts.own_conversation(opened, "bench")
    row = uuid4()
    text = "What I learned today. " * 50
    sealed = texts.seal(conversation, "bench.Row", row, "text", text)

    figures = {
        "open with a phrase (and remember the device)": (
            lambda: keys.open_with_phrase(request(), phrase, own_device=True),
            15,
        ),
        "open with a device": (lambda: texts.open_vault(request()), 200),
        "open a conversation": (lambda: texts.open_conversation(opened, conversation.id), 200),
        "seal 1,100 characters": (lambda: texts.seal(conversation, "bench.Row", row, "text", text), 2000),
        "unseal 1,100 characters": (lambda: texts.unseal(conversation, "bench.Row", row, "text", sealed), 2000),
    }
    print(f"{'CPU milliseconds':46} {'best':>8} {'median':>8}")
    for name, (act, runs) in figures.items():
        best, median = cpu(act, runs)
        print(f"{name:46} {best:8.2f} {median:8.2f}")


if __name__ == "__main__":
    main()
