"""Servers from wheels, for `make run` and the tests: standard library only, no Django.

    with PostgresServer(folder) as database, ValkeyServer(folder) as broker:
        ... database.url, broker.url

Nothing here starts where DATABASE_URL, REDIS_URL and EMAIL_URL name servers of their own.
"""
