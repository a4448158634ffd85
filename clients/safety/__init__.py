"""For hard days: the safety plan that clinician and client write together, and what helpers should know."""
