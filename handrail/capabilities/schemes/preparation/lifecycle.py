"""What is held about preparation and the mentors' circle."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="preparation.Preparation",
        fields=("person", "reached"),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="To go on where somebody stopped. Nothing is kept of what they chose.",
        readers=("the person",),
        kept="until the person is forgotten",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="preparation.Preparation",
        fields=("prepared",),
        subject="person__account",
        kind=Kind.PERSONAL,
        why="That a mentor has been through it.",
        readers=("the person", "coordinator"),
        kept="until the person is forgotten",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="preparation.CraftPost",
        fields=("scheme", "author", "text", "written_on", "hidden"),
        subject="author__account",
        kind=Kind.PERSONAL,
        why="What mentors write to one another about the craft. The page says who reads it before anybody writes.",
        readers=("the mentors of the scheme", "coordinator"),
        kept="a year, or until its author or the coordinator takes it away",
        exported=True,
        erasure=Erasure.DELETE_ROW,
    ),
)
