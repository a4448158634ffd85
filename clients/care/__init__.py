"""The pages of a care team: who treats a client, from when to when. The rules are `clients.record.actions.team`'s."""
