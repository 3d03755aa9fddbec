"""Who has done what, in a few coarse states: for the coordinator, without shame and without a last-seen."""
