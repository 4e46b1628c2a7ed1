"""Public records of other people's work, replayed as repairs of invented homes: for rehearsals, measurements and tests."""
