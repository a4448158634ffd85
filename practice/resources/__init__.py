"""Where people can turn: numbers and services by country, kept by the practice and shown on the help page."""
