"""What can go wrong with a store as a whole; the message says what to do."""


class StoreFault(Exception):
    """A backup or a restore cannot be done as asked."""
