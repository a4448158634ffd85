"""One page for the moment when something happens on the way: where we are, whom to call, what helpers should know."""
