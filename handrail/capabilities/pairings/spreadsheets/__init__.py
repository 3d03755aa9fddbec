"""A running scheme from a spreadsheet, and the same back out at any time."""
