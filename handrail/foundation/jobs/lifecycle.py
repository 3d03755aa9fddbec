"""What is kept about jobs: states and times, about nobody."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind


def _about_nobody(model: str, fields: tuple[str, ...], why: str, kept: str) -> Declaration:
    return Declaration(
        model=model,
        fields=fields,
        subject="",
        kind=Kind.TECHNICAL,
        why=why,
        readers=("administrator",),
        kept=kept,
        exported=False,
        erasure=Erasure.EXPIRES,
    )


DECLARATIONS = (
    _about_nobody("jobs.Worker", ("started_at", "seen_at"), "to notice a worker that was killed", "a day"),
    _about_nobody("jobs.Schedule", ("next_at", "enqueued_at"), "so that a scheduled job runs once", "always"),
    _about_nobody(
        "jobs.Progress",
        ("done", "total", "position", "note", "started_at", "updated_at", "finished_at"),
        "to show how far a long piece of work is, and to go on after a stop",
        "a week",
    ),
)
