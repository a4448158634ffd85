"""The pages of this room: copies, a move, erasing, keeping."""
