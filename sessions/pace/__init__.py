"""Pure arithmetic: talk-test words, gradient, and how long a route takes."""
