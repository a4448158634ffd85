"""What a client reads about a decision, and who else was told: written, previewed, signed, kept."""
