"""The command line. Each command is one module with `configure(parser)` and `run(arguments) -> exit code`."""
