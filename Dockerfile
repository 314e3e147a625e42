# frontdoor in a container: locked dependencies, no root, one volume for the database and the keys.
FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv /app/venv
COPY requirements.lock ./
RUN /app/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY messages messages
COPY connectors connectors
COPY detectors detectors
COPY migrations migrations
COPY service service
RUN /app/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
# Digests and quiet hours go by people's time zones: the base image brings Debian's zone data, and this fails if it no longer does.
RUN python -c "import zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')"
RUN useradd --system --uid 10001 --home-dir /var/lib/frontdoor --create-home frontdoor
COPY --from=build /app/venv /app/venv
ENV PATH=/app/venv/bin:$PATH PYTHONUNBUFFERED=1
USER frontdoor
WORKDIR /var/lib/frontdoor
VOLUME /var/lib/frontdoor
EXPOSE 8400
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8400/health', timeout=4)"]
ENTRYPOINT ["frontdoor"]
CMD ["run", "--config", "/etc/frontdoor/frontdoor.toml"]
