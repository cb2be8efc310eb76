"""The same 8 kB letters sent three ways: the outbox, a plain script, a Celery task for each."""
