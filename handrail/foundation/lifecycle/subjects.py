"""Which rows a declaration means for one account."""

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from handrail.foundation.lifecycle.registry import Declaration


def rows_about(declaration: Declaration, account_id: int) -> QuerySet[Any]:
    """The rows of the declared model that are about this account, in the order they were made; none for nobody's."""
    rows: QuerySet[Any] = apps.get_model(declaration.model)._base_manager.order_by("pk")
    if not declaration.subjects:
        return rows.none()
    return rows.filter(reduce(or_, (Q(**{lookup: account_id}) for lookup in declaration.subjects)))
