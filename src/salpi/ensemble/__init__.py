"""Ensembles in shards: on the threads of this machine or on workers, put together to the same bytes."""
