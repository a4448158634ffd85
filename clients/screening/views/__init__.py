"""The pages of this room: the client's own, and the clinicians'."""
