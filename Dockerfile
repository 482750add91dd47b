# One image for every part: migrate, API, workers, schedule. Built from the lock file; runs as a user without rights.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md ./
RUN python -m venv /opt/bosai && /opt/bosai/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY alerts alerts
COPY workers workers
COPY api api
COPY bosai bosai
# setuptools builds the wheel; it is in the lock's sister file, and not needed in the image that runs.
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel . && /opt/bosai/bin/pip install --no-cache-dir --no-deps /wheel/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --home-dir /var/lib/bosai --create-home bosai
COPY --from=build /opt/bosai /opt/bosai
ENV PATH=/opt/bosai/bin:$PATH PYTHONUNBUFFERED=1 BOSAI_DATA=/var/lib/bosai BOSAI_ENVIRONMENT=production
USER bosai
WORKDIR /var/lib/bosai
EXPOSE 8000
ENTRYPOINT ["bosai"]
CMD ["serve"]
