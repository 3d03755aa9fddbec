"""One step: done, not done after all, later, not for me, changed, taken out."""
