"""Many small named checks over a whole plan; each yields its problems."""

from salpi.plan.checks.context import Context, run_checks, run_context

__all__ = ["Context", "run_checks", "run_context"]
