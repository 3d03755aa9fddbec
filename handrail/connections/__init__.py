"""Clients of other systems over the network."""
