"""What the vault holds about people. All of it goes by `erasure.erase_private`, in one transaction."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

PROGRAM = ("nobody: the program only",)
OWNER = ("the person",)
UNTIL_ERASED = "until the person is erased"


def _declared(
    model: str,
    *fields: str,
    subject: str,
    kind: Kind,
    why: str,
    readers: tuple[str, ...] = PROGRAM,
    kept: str = UNTIL_ERASED,
    exported: bool = False,
    erasure: Erasure = Erasure.DELETE_ROW,
) -> Declaration:
    return Declaration(f"vault.{model}", fields, subject, kind, why, readers, kept, exported, erasure)


DECLARATIONS = (
    _declared(
        "KeyPair", "account", "generation", "public_key", "mac", "made_at",
        subject="account", kind=Kind.TECHNICAL,
        why="The public half of a person's key, so that others can seal text to them, and proof that it is theirs.",
    ),
    _declared(
        "Wrapping", "sealed", "salt", "credential",
        subject="key_pair__account", kind=Kind.SECRET,
        why="The person's secret key, sealed for a device, phrase, code or passkey together with their server share.",
        kept="until it is replaced, ended or 90 days unused (devices); else until the person is erased",
    ),
    _declared(
        "Wrapping", "key_pair", "kind", "label", "temporary", "made_at", "used_on", "expires_at",
        subject="key_pair__account", kind=Kind.PERSONAL, readers=OWNER, exported=True,
        why="So that a person sees which devices open their private space, when they were last used, and can end them.",
        kept="until it is replaced, ended or 90 days unused (devices); else until the person is erased",
    ),
    _declared(
        "Conversation", "subject", "owner", "made_at",
        subject="owner", kind=Kind.TECHNICAL,
        why="That there is something to read together, or alone. Not what.",
        kept="until its owner, or the last participant, is erased",
    ),
    _declared(
        "Participant", "conversation", "account",
        subject="account", kind=Kind.TECHNICAL,
        why="Who may read a conversation.",
        kept="until the person leaves the conversation or is erased",
    ),
    _declared(
        "Epoch", "conversation", "number", "mac", "made_at",
        subject="", kind=Kind.TECHNICAL,
        why="A time in which the participants stayed the same, and proof of who they were.",
        kept="as long as the conversation", erasure=Erasure.KEEP,
    ),
    _declared(
        "EpochKey", "epoch", "holder", "sealed", "mac",
        subject="holder__account", kind=Kind.SECRET,
        why="A conversation's key in a box that only one person's key opens.",
        kept="until the person leaves the conversation or is erased",
    ),
    _declared(
        "CustodyShare", "key_pair", "organisation_id",
        subject="key_pair__account", kind=Kind.PERSONAL, readers=OWNER, exported=True,
        why="That you asked custodians to be able to help you open your private space, and whose they are.",
        kept="until you stop taking part, the custodians change, or you are erased",
    ),
    _declared(
        "CustodyShare", "holder", "number", "sealed", "mac",
        subject="key_pair__account holder__account", kind=Kind.SECRET,
        why="One of three shares of what opens a key, readable by one custodian; two together are needed.",
        kept="until the owner stops taking part, the custodians change, or either is erased",
    ),
    _declared(
        "CustodyRequest", "key_pair", "asked_at", "expires_at",
        subject="key_pair__account", kind=Kind.PERSONAL, readers=("the person", "their custodians"), exported=True,
        why="That you asked the custodians for help, and until when they can give it.",
        kept="until it is used or refused; two weeks at most",
    ),
    _declared(
        "CustodyRequest", "public_key", "mac", "sealed",
        subject="key_pair__account", kind=Kind.SECRET,
        why="The key that the custodians' shares are sealed to; its secret half needs the browser that asked.",
        kept="until it is used or refused; two weeks at most",
    ),
    _declared(
        "CustodyAnswer", "request", "share", "sealed", "mac", "given_at",
        subject="request__key_pair__account", kind=Kind.SECRET,
        why="A custodian's share, sealed to the browser that asked.",
        kept="until the request is used or refused; two weeks at most",
    ),
    _declared(
        "CarriedForm", "account", "sealed", "expires_at",
        subject="account", kind=Kind.PRIVATE, readers=OWNER,
        why="What somebody typed when their session ended, under a key that only their browser holds.",
        kept="24 hours", erasure=Erasure.EXPIRES,
    ),
    _declared(
        "Erasure", "account_id", "erased_at", "finished",
        subject="", kind=Kind.TECHNICAL,
        why="A number and a time, so that an older backup does not bring an erased person back.",
        kept="as long as the installation", erasure=Erasure.KEEP,
    ),
)  # fmt: skip
