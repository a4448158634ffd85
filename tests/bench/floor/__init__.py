"""A log behind plain Django REST framework: what a program of this kind costs before it keeps anything safe.

No care team, no trail, no encryption, no wall. Its answers are the floor that the goals of speed are ratios of.
"""
