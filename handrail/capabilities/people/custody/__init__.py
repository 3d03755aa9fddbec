"""Three custodians of an organisation, two of whom can help somebody who lost everything. Off unless turned on."""
