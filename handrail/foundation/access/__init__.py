"""Who may open which page. Every view says so with one of these; a test finds the view that does not."""
