# One image for every part: migrate, API, workers, schedule. Built from the lock files; runs as a user without rights.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /opt/bosai
RUN /opt/bosai/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
# What builds the wheel has a venv of its own, so that it is not in the image that runs.
RUN python -m venv /opt/build
RUN /opt/build/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements-build.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY alerts alerts
COPY workers workers
COPY api api
COPY bosai bosai
RUN /opt/build/bin/pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel .
RUN /opt/bosai/bin/pip install --no-cache-dir --no-deps --no-index /wheel/*.whl
# Nothing is missing, and it starts.
RUN /opt/bosai/bin/pip check && /opt/bosai/bin/bosai --version

FROM python:3.11-slim-bookworm
# The number is fixed: the Firebase key on the host must be readable by it (docs/operations.md). The folder
# is made as the user's own, and with it a fresh volume of the API.
RUN useradd --system --uid 10001 --home-dir /var/lib/bosai --create-home bosai
COPY --from=build /opt/bosai /opt/bosai
ENV PATH=/opt/bosai/bin:$PATH PYTHONUNBUFFERED=1 BOSAI_DATA=/var/lib/bosai BOSAI_ENVIRONMENT=production
USER bosai
WORKDIR /var/lib/bosai
EXPOSE 8000
ENTRYPOINT ["bosai"]
CMD ["serve"]
