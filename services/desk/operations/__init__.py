"""Whether everything runs: the operator's page, with the events that could not be handled and their second try."""
