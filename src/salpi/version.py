"""The version of the package, below all layers: what a run's record and a cluster's workers compare."""

__version__ = "0.1.0"
