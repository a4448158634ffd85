"""The page of one's own keys for programs."""
