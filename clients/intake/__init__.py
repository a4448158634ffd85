"""Intake on a phone: what is asked beside the questionnaires, links to come back by, drafts that end."""
