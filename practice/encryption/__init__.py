"""What a client said is kept sealed: a stolen disk, dump or backup says nothing without the key.

    TOWPATH_KEY (key-encryption key)  →  one DataKey per client, kept wrapped  →  fields of records

Values are AES-256-GCM, bound to their table, row and field, so one that was moved, cut or changed is found. `fields` has
the model fields, `secrets` seals what belongs to the installation, `reading` puts calm words where a part is damaged.
"""

from practice.encryption.problems import Damaged, Erased, KeyMissing, Unreadable

__all__ = ["Damaged", "Erased", "KeyMissing", "Unreadable"]
