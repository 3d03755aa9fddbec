"""The vault: private text that not even somebody holding the database file can read.

Two public surfaces, because an import rule separates them:

`handrail.foundation.vault.keys`: a person's key and how it is kept. Any capability with a page about that may use it.
    is_open(request) -> bool                       can private text be read in this request?
    begin(request, own_device=True) -> OpenVault   at the first private answer: makes the key, sealed to this device.
                                                   Raises VaultClosed when there is a key that this device cannot open
    open_with_phrase / open_with_recovery_code / open_with_passkey(request, …, own_device)
    state_of(account_id) -> Safekeeping            has_keys, has_phrase, has_recovery_code, passkeys, devices
    make_for_demo(account_id) -> OpenVault         demo only: makes a vault that opens itself

`handrail.foundation.vault.keys.custody`: where an organisation has custodians, two of three can help who takes part.

`handrail.foundation.vault.texts`: for openers only (starting_point, check, pairings, practice, journal).
    open_vault(request) -> OpenVault | None        cached on the request, and on nothing that outlives it
    @needs_open_vault                              a view's line: sends people to open first, a POST's text is kept
    start_conversation(subject=, participants=[account ids]) -> Conversation     needs no open vault;
                                                   NoKeys when one of them has no key yet (its .account_ids say who)
    conversation_for(subject=, reader=) -> OpenConversation         only the reader opens it later; the writer this once
    own_conversation(opened, subject) -> OpenConversation            one person's own text, made when first asked for
    open_conversation(opened, conversation_id) -> OpenConversation   NotShared when it is not shared with this key
    add_participant(opened, conversation_id, account_id, share_earlier=)   a new epoch; earlier ones if wanted
    remove_participant(conversation_id, account_id)  their keys go, the others get a new epoch; needs no open vault
    waiting_for_reshare(conversation_id) -> [account ids] with a new key that lacks what they could read before
    reshare(opened, conversation_id, account_id) -> int epochs re-shared: another participant's explicit act

A sealed column is `text = SealedField()` in a model with `id = UUIDField(primary_key=True, default=uuid.uuid4)` and
`conversation = ForeignKey("vault.Conversation", on_delete=CASCADE)`; then, with `conversation = open_conversation(…)`:
    write(conversation, note, text="…")            seals into the row's columns (the row then wants saving)
    read(conversation, note, "text") -> str
    seal(conversation, model_label, row_id, field, text) -> bytes, unseal(…, sealed) -> str    the same without a row

Faults are in `handrail.foundation.vault.faults`: whatever was changed, swapped or moved raises Tampered. Before
an account is deleted call `erase_private(account_id)` of `handrail.foundation.vault.erasure`; after a restore its
`replay_ledger`.
Forms that outlive their session: `handrail.foundation.vault.carried`. Docs: docs/methods/vault.md.
"""
