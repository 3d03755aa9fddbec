"""Where an uploaded people file waits until it is loaded."""

from handrail.formats.people import MAXIMUM_BYTES
from handrail.foundation.shelf import Shelf, digest_of

SHELF = Shelf("people", MAXIMUM_BYTES)
path_of, keep, forget, forget_older_than = SHELF.path_of, SHELF.keep, SHELF.forget, SHELF.forget_older_than
__all__ = ["SHELF", "digest_of", "forget", "forget_older_than", "keep", "path_of"]
