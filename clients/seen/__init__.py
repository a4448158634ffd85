"""Who has seen a client's record: told to the care team, and to the client themself."""
