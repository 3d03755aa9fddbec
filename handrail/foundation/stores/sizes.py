"""How large the tables are, which a database must know to choose the shortest way to a row."""

from django.db import connection, transaction

SKEWED = "audit_event"  # a few did most of what stands in the trail: an average says nothing of whom one looks for


def note_sizes() -> None:
    """Let SQLite count; PostgreSQL does it by itself. Connections made from then on know.

    Without it SQLite takes an organisation of ten thousand for ten people, and looks through all of them for the
    twenty who are invited. All is counted, which takes some 3 ms for a thousand people: from a sample SQLite takes the
    ten thousand for four hundred.
    """
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [SKEWED])
        # Some builds also keep samples of what stands in the rows: a name would outlive the person's erasure there.
        cursor.execute("SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat3', 'sqlite_stat4')")
        for (samples,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{samples}"')  # noqa: S608  one of the two names above
        cursor.execute("ANALYZE sqlite_master")  # this connection forgets what was deleted; nothing is counted again
