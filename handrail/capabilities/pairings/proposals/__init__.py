"""From the pairs a search proposes to pairs that are asked; and leaders who choose for themselves."""
