"""The main job as people do it, on the running product: its own database, server, worker and beat."""
