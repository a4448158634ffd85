"""Who works here: the owner's pages about colleagues, their roles and their rights."""
