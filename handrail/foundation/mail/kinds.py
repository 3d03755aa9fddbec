"""What sorts of message there are, where that changes how one is treated."""

# A code that signs somebody in: its text is emptied once sent, and nobody may read it in the post box of a real
# installation.
SIGN_IN = "sign_in"
# Sent again and again until told otherwise, so these carry a one-click List-Unsubscribe (RFC 8058). An invitation or
# an answer is not: it is part of something that both agreed to.
UNSUBSCRIBABLE = frozenset({"reminder", "digest"})
# What comes of asking two people and of naming a coordinator: an organisation's coordinator may read it and pass it on
# by hand. Messages about times and places, codes and keys are for whom they are addressed to.
PASSED_ON = frozenset({"asked", "agreed", "not_taken_up", "changed", "role"})
# About meetings. Where no mail leaves, a coordinator may say that there is word; not which, not when, not with whom.
ABOUT_MEETINGS = frozenset({"times", "invitation", "cancellation"})
