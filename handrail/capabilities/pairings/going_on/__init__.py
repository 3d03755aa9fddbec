"""Whether a pairing continues, pauses, changes or ends: asked of the two alone, before anybody else is told."""
