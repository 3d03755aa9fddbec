"""What people do here, one folder each, with the same rooms in every folder (see ARCHITECTURE.md)."""
