"""Answers said back as reasons: each can follow “You said that”. What was told in confidence is not among them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from handrail.design.parts import Text

KEPT = {"in_a_meeting", "worries", "hard_to_admit"}  # folded on the screen, and never on paper

SAID: dict[str, Text] = {
    "role_goal.improve_a_service": lazy("you want to make a service better"),
    "role_goal.save_money": lazy("you must spend less"),
    "role_goal.keep_people_safe": lazy("you must keep people safe"),
    "role_goal.change_how_we_work": lazy("you want to change how you work"),
    "role_goal.keep_good_staff": lazy("you want to keep good staff"),
    "role_goal.win_trust": lazy("you want to win people’s trust"),
    "role_goal.grow_support": lazy("you need more support for what you do"),
    "role_goal.get_through_hard_times": lazy("you must get everybody through a hard time"),
    "audience_places.not_online": lazy("the people you need to reach are hardly online"),
    "audience_places.dont_know": lazy("you do not know where your people talk online"),
    "online_now.read_only": lazy("you read what others write"),
    "online_now.announce": lazy("you share your news"),
    "online_now.reply": lazy("you reply to people"),
    "online_now.write_what_i_learn": lazy("you write about what you learn"),
    "online_now.share_photos": lazy("you share photos or videos"),
    "online_now.internal_only": lazy("you write inside the organisation only"),
    "online_now.somebody_posts_for_me": lazy("somebody posts for you"),
    "online_now.nothing_by_choice": lazy("you chose to do nothing online"),
    "online_now.nothing_yet": lazy("you do nothing online yet"),
    "last_answer.this_week": lazy("somebody answered you this week"),
    "last_answer.this_month": lazy("somebody answered you this month"),
    "last_answer.longer_ago": lazy("it was a while ago that somebody answered"),
    "last_answer.cannot_remember": lazy("you cannot remember the last answer"),
    "last_answer.never": lazy("nobody has answered so far"),
    "last_answer.i_do_not_post": lazy("you do not write online"),
    "what_next.we_kept_talking": lazy("you keep talking when somebody answers"),
    "what_next.i_thanked": lazy("you say thank you when somebody answers"),
    "what_next.i_did_not_answer": lazy("you left the last answer there"),
    "what_next.somebody_answers_for_me": lazy("somebody answers for you"),
    "what_next.it_turned_unpleasant": lazy("the last answer turned unpleasant"),
    "what_next.nothing_to_answer": lazy("there was nothing to answer"),
    "good_at.listening": lazy("people say you listen well"),
    "good_at.explaining": lazy("people say you explain things well"),
    "good_at.telling_stories": lazy("people say you tell good stories"),
    "good_at.writing": lazy("people say you write well"),
    "good_at.connecting_people": lazy("you bring people together"),
    "good_at.being_visible": lazy("you are there, where people see you"),
    "good_at.deciding": lazy("you decide"),
    "team.they_do_much": lazy("your team does a lot online"),
    "team.they_do_some": lazy("your team does some things online"),
    "team.they_ask_me_in": lazy("your team would like you to join in"),
    "team.they_keep_away": lazy("your team keeps away from it"),
    "team.they_use_data": lazy("your team uses figures to decide"),
    "team.dont_know": lazy("you do not know what your team does online"),
    "how_it_lands.gives_energy": lazy("“digital” gives you energy"),
    "how_it_lands.vague": lazy("“digital” sounds vague"),
    "how_it_lands.pressure": lazy("“digital” feels like pressure"),
    "how_it_lands.tiring": lazy("“digital” is tiring"),
    "how_it_lands.for_others": lazy("“digital” seems something for others"),
    "how_it_lands.worrying": lazy("“digital” is a little worrying"),
    "time.ten_a_month": lazy("you have ten minutes a month"),
    "time.none_now": lazy("you have no time at the moment"),
    "place.with_mentor": lazy("you would like a mentor beside you"),
}


def because(reasons: list[str], *, in_confidence: bool) -> str:
    """One sentence why: the two weightiest answers; or that what was told in confidence led there."""
    if len(reasons) > 1:
        return _("Because you said that %(one)s, and that %(other)s.") % {"one": reasons[0], "other": reasons[1]}
    if reasons and in_confidence:
        words = _("Because you said that %(one)s, and because of what you told in confidence.")
        return words % {"one": reasons[0]}
    if reasons:
        return _("Because you said that %(one)s.") % {"one": reasons[0]}
    if in_confidence:
        return _("Because of what you told in confidence; it is folded away below.")
    return _("Because nothing you said so far speaks against it, and anybody can begin there.")
