"""`handrail demo`: an invented organisation in a database of its own, to look around and to try things."""

import argparse
import os
import secrets
import sys
from pathlib import Path

from handrail.commands import serve
from handrail.commands.django_setup import set_up_django

GENERATED = "generated-"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "example:\n  handrail demo --serve        fill ./var and answer at http://localhost:8000"
    parser.add_argument("--serve", action="store_true", help="answer requests as soon as it is filled")
    parser.add_argument("--host", help="address to listen on (HOST; 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (PORT; 8000)")


def run(arguments: argparse.Namespace) -> int:
    folder = Path(os.environ.setdefault("HANDRAIL_DATA_DIR", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if arguments.port:
        os.environ["PORT"] = str(arguments.port)
    port = os.environ.get("PORT", "8000")
    os.environ["HANDRAIL_MODE"] = "demo"
    os.environ.setdefault("HANDRAIL_BASE_URL", f"http://localhost:{port}")
    os.environ.setdefault("HANDRAIL_SECRET_KEY", generated_secret(folder / "secret"))
    set_up_django()
    if arguments.serve:
        serve.begin(arguments.host, arguments.port)
    serve.prepare()
    fill()
    print(who_can_sign_in(), file=sys.stderr, flush=True)
    return serve.serve(arguments.host, arguments.port, serve.THREADS) if arguments.serve else 0


def generated_secret(path: Path) -> str:
    """The demo's own secret; production refuses it by its beginning."""
    if not path.exists():
        path.write_text(GENERATED + secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text().strip()


def fill() -> None:
    from handrail.demo import conversations, generate, hospitals  # Django is set up by now

    conversations.fill(generate.fill())
    hospitals.fill()


def who_can_sign_in() -> str:
    from django.conf import settings  # Django is set up by now

    from handrail.demo import hospitals_people, people, roles

    lines = [f"\n{people.ORGANISATION} is invented. Open {settings.BASE_URL}/demo/ and tap a role:"]
    lines += [f"    {role:<14} {name}" for role, name in roles.NAMES.items()]
    lines.append(f"\n{hospitals_people.ORGANISATION} is larger, and invented as well:")
    lines += [f"    {role:<18} {name}" for role, name in roles.LARGE_NAMES.items()]
    lines.append(f"Every message it would send: {settings.BASE_URL}/installation/demo/post-box/\n")
    return "\n".join(lines)
