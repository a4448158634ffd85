"""The pages about agreements: the client's own, the care team's, the practice's."""
