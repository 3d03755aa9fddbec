"""A plan as the mentor will see it, in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from handrail.capabilities.pairings.plan.presenters import goals_in_words, title_of
from handrail.capabilities.pairings.plan.queries import goal_in_words
from handrail.capabilities.pairings.plan.sheet import PlanSheet
from handrail.design.parts import Row


def rows_of(sheet: PlanSheet) -> list[Row]:
    """Every line of it, word for word: the same for the preview and for what is there now."""
    rows = [Row(_("What it is for"), goals_in_words(sheet) or _("Not said yet"))]
    rows += [Row(_("Done"), " ".join(filter(None, [title_of(item) + ".", item.line]))) for item in sheet.done]
    for item in sheet.todo:
        serves = goal_in_words(sheet, item.goal)
        said = [title_of(item) + ".", item.how, _("Serves: %(goal)s.") % {"goal": serves} if serves else ""]
        rows.append(Row(_("At the end") if item.ends else _("To do"), " ".join(filter(None, said))))
    return rows
