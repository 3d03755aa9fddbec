"""Every sentence the reader can say, by code: what is wrong (or was noticed), and what to do about it.

Kept apart so that a page can translate them: a fault or note carries its code and its values, never a finished text.
"""

from collections.abc import Mapping

FAULTS: Mapping[str, tuple[str, str]] = {
    "too_few_fields": (
        "has {found} fields; the header names {expected}.",
        "Look for a line break inside a value, and add the missing separators.",
    ),
    "too_many_fields": (
        "has {found} fields; the header names {expected}.",
        "Put a value that contains the separator between double quotes.",
    ),
    "unclosed_quote": (
        "opens a double quote that is never closed.",
        "Close the quote, or write a quote inside a value twice.",
    ),
    "line_too_long": (
        "is longer than {limit} characters.",
        "Check for a missing line break, and shorten long values.",
    ),
    "value_too_long": (
        "has {found} characters; at most {limit} are kept here.",
        "Shorten the value.",
    ),
    "no_name": (
        "has an address and no name.",
        "Write whose address it is in the column of names.",
    ),
    "control_characters": (
        "contains characters that are not text (such as NUL).",
        "Type the value again, or save the file anew from the program it came from.",
    ),
    "undecodable": (
        "contains bytes that are not {encoding}.",
        "Save the file as “CSV UTF-8”, or say which encoding it has.",
    ),
    "too_many_rows": (
        "is past the limit of {limit} rows; nothing after it was read.",
        "Split the file and load the parts one after the other.",
    ),
}

NOTES: Mapping[str, str] = {
    "no_email": "No e-mail address: kept, and cannot be invited by e-mail yet.",
    "email_unreadable": "“{value}” is not an e-mail address: left out.",
    "email_first_of_several": "Several e-mail addresses: the first is used.",
    "email_from_sign_in_name": "No mail address; the sign-in name is used as one.",
    "email_shared": (
        "Other people in the file have the same e-mail address: only one of them signs in with it, "
        "and it is not used to tell people apart."
    ),
    "email_taken": (
        "“{value}” is the address of somebody else on the list: left out. "
        "Write an address of their own, or print them a letter with a code."
    ),
    "id_not_unique": "The id “{value}” is on several lines with different names: it is not used to tell people apart.",
    "job_share": "Several people hold the post “{value}”: each has an id of their own here.",
    "several_lines": "The same person is on several lines: the first is used.",
    "no_reference": "The post reference “{value}” is not a unique one: not used.",
    "manager_unnamed_post": "Reports to a post without a named person ({value}): taken as reporting to the post above.",
    "manager_shared": "The manager “{value}” stands for several people: the line is unknown.",
    "manager_not_in_file": "The manager “{value}” is not in this file: the line is unknown.",
    "manager_blank": "No manager is named: the line is unknown (write “none” for somebody who reports to nobody).",
    "manager_not_a_reference": "“{value}” names no manager: the line is unknown.",
    "manager_self": "Is named as their own manager.",
    "account_disabled": "The account is switched off.",
    "account_suspended": "The account is {value}.",
    "guest": "A guest account.",
    "marked_inactive": "Marked as not active.",
    "not_in_post": "Named, but not in a post.",
    "marked_not_valid": "The publisher marked this row as not valid.",
    "characters_removed": "Invisible characters were removed.",
}


def fault_text(code: str, values: Mapping[str, str]) -> tuple[str, str]:
    """What is wrong, and what to do, as two English sentences."""
    what, remedy = FAULTS[code]
    return what.format(**values), remedy.format(**values)


def note_text(code: str, values: Mapping[str, str]) -> str:
    """One English sentence about something noticed."""
    return NOTES[code].format(**values)
