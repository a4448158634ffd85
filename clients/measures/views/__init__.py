"""The pages of this room: the clinicians', and the client's own."""
