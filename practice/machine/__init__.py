"""The machine Towpath runs on when nobody brings one: a database, a web server, a worker, a beat, and who watches them.

Everything that runs before Django does, or without it, is pure standard library: a start must be quick.
"""
