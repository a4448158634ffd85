"""Passwords of the tests: hashed as the product does, but with little of the time and memory that it takes on purpose."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Nobody steals the database of a test. That the product keeps the full price is tested in people/test_actions.py."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
