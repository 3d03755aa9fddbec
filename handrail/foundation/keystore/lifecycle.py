"""What the key store holds about people: shares, and the ledger of erasures."""

from handrail.foundation.lifecycle.registry import Declaration, Erasure, Kind

DECLARATIONS = (
    Declaration(
        model="keystore.ServerShare",
        fields=("share",),
        subject="account_id",
        kind=Kind.SECRET,
        why="Without it nothing that a person holds opens their key, so a stolen database can be guessed at in vain.",
        readers=("nobody: the program only",),
        kept="until the person is erased; in the key store's backups 30 days more",
        exported=False,
        erasure=Erasure.DELETE_ROW,
    ),
    Declaration(
        model="keystore.NamedKey",
        fields=("key",),
        subject="",
        kind=Kind.SECRET,
        why="Vouches for public keys and for who may read a conversation, so that none can be swapped in the database.",
        readers=("nobody: the program only",),
        kept="as long as the installation",
        exported=False,
        erasure=Erasure.KEEP,
    ),
    Declaration(
        model="keystore.ErasedAccount",
        fields=("account_id", "erased_at"),
        subject="",
        kind=Kind.TECHNICAL,
        why="A number and a time, so that an older backup does not bring an erased person back.",
        readers=("nobody: the program only",),
        kept="as long as the installation",
        exported=False,
        erasure=Erasure.KEEP,
    ),
)
