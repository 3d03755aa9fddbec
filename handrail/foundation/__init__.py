"""What every capability stands on: access, audit, private text, clock, mail, jobs, the data-lifecycle registry."""
