"""Whole tables of the tests' stores as they are stored, taken and laid down again, on either database."""

from typing import Any

from django.db import connections


def counts(store: str) -> dict[str, int]:
    """How many rows each table has."""
    with connections[store].cursor() as cursor:
        tables = sorted(connections[store].introspection.django_table_names())
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


def take(store: str, table: str) -> Any:
    """All rows of a table that has some."""
    with connections[store].cursor() as cursor:
        if connections[store].vendor == "postgresql":
            cursor.execute(f'SELECT json_agg(row)::text FROM "{table}" row')
            return cursor.fetchone()[0]
        columns = [one.name for one in connections[store].introspection.get_table_description(cursor, table)]
        # with a sign before it a column is not made into a date or a truth value
        cursor.execute("SELECT " + ", ".join(f'+"{column}"' for column in columns) + f' FROM "{table}"')
        return cursor.fetchall()


def lay_down(store: str, table: str, rows: Any) -> None:
    """What `take` gave, into the empty table."""
    with connections[store].cursor() as cursor:
        if connections[store].vendor == "postgresql":
            insert = f'INSERT INTO "{table}" SELECT * FROM json_populate_recordset(NULL::"{table}", %s::json)'
            cursor.execute(insert, [rows])
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
