"""What is held about imports of people files."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = [
    Declaration(
        model="imports.PeopleImport",
        fields=(
            "organisation",
            "made_by",
            "made_at",
            "finished_at",
            "state",
            "stopped_because",
            "file_name",
            "stored_name",
            "digest",
            "layout",
            "encoding",
            "delimiter",
            "encoding_certain",
            "rows",
            "steps_done",
            "counts",
            "written",
            "added",
            "changed",
            "lines_changed",
        ),
        subject="",
        kind=Kind.TECHNICAL,
        why="To say which file was loaded when and what came of it, and to go on after a stop.",
        readers=("coordinator",),
        kept="as long as the organisation takes part",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="imports.Finding",
        fields=("of", "kind", "line", "person", "name", "detail", "answer"),
        subject="person.account",
        kind=Kind.PERSONAL,
        why="To show what a file would change before it does, and who is missing from it.",
        readers=("coordinator",),
        kept="30 days after the file came in",
        exported=False,
        erasure=Erasure.EXPIRES,
    ),
]
