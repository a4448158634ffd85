"""Whoever must hear at once gets a letter that says nothing: a safety answer, a task for which nobody is named."""
