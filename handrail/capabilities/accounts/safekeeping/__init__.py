"""Keeping one's private space openable: opening it, the phrase, the recovery code, devices, and losing everything."""
