"""What is kept about times and calendars."""

from handrail.capabilities.pairings.sessions.lifecycle import SESSION_DECLARATIONS

DECLARATIONS = (*SESSION_DECLARATIONS,)
