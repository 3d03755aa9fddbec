"""Looking back when it is over: three questions each, sealed, and who sees each said beside it. Nothing is quoted."""
