"""Whether two people would like to meet, or one of them somebody else."""
