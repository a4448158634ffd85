"""Breaking the glass: a record opened outside the care team, for an hour, with a reason, told to everybody concerned.

It opens reading, and writing notes and safety alerts, as covering would. It opens no bookings, decisions, details,
summaries or exports.
"""
