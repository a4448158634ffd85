"""How a client gets pages of their own: invited, taken up, confirmed by somebody who knows them."""
