"""The pages of the log: a client's own, and the care team's."""
