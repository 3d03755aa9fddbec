"""Times of a pairing: offering, choosing, moving, calling off, and whether the two met. A delegate may arrange."""
