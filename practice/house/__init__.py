"""What an owner says about the practice as a whole."""
