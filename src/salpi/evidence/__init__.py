"""Evidence: documents → quantities → claims → observations, each step with a pointer to the one before it."""

from salpi import compiled

compiled.use()
