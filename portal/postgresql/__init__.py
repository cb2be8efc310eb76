"""Django's PostgreSQL backend, with a pool that a restarted server does not leave full of dead lines."""
