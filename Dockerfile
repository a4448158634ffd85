# Towpath in a container: `python -m practice.machine web`, `worker`, `beat` or `migrate`; see docker-compose.yml.
FROM python:3.13-slim-bookworm

# Pango, for PDFs; with the fonts the documents fall back to.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent towpath \
    && install --directory --owner=towpath --group=towpath --mode=0700 /var/lib/towpath

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1

WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.txt \
    && python -m compileall -q /usr/local/lib/python3.13/site-packages

COPY manage.py pyproject.toml LICENSE .env.example ./
COPY practice ./practice
COPY clients ./clients
COPY sessions ./sessions
COPY templates ./templates

# Static files are packed here. No database is asked, and the keys are for this one command.
RUN python -m compileall -q . \
    && DATABASE_URL=postgresql://nobody@localhost/none TOWPATH_SECRET_KEY=only-for-packing-static-files \
       TOWPATH_KEY=only-for-packing-static-files-0123456789-abcdefghijklmnop \
       TOWPATH_STATIC=/app/static-collected python manage.py collectstatic --no-input -v0 --ignore=redoc

USER towpath
ENV TOWPATH_HOME=/var/lib/towpath TOWPATH_STATIC=/app/static-collected TOWPATH_BIND=0.0.0.0
VOLUME /var/lib/towpath
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "practice.machine", "healthy"]
CMD ["python", "-m", "practice.machine", "web"]
