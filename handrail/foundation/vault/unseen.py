"""What the program must act on and no person may see: sealed under a key that the key store holds and no role reads.

Not the vault: whoever runs the installation, with both stores, can open it. With the database alone nobody can. Every
text takes at least one block, the empty one too, so that nothing tells who has written something.
"""

from handrail.foundation.vault import cipher, shares

KEY = "unseen"


def seal_unseen(text: str, *bound_to: str | int) -> bytes:
    """The text, to be opened in the same place only."""
    return cipher.encrypt(shares.named_key(KEY), cipher.pad(text.encode()), cipher.context(*bound_to))


def open_unseen(sealed: bytes | memoryview, *bound_to: str | int) -> str:
    """What `seal_unseen` was given; raises cipher.Unreadable where the key store is another, or the place."""
    opened = cipher.decrypt(shares.named_key(KEY), bytes(sealed), cipher.context(*bound_to))
    return cipher.unpad(opened).decode()
