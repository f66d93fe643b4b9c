# A PostgreSQL server whose database has the extension:
#
#   docker build -t provider_codes .
#   docker run --rm --name provider_codes -e POSTGRES_PASSWORD=secret -p 127.0.0.1:5432:5432 provider_codes
#   docker exec -it provider_codes psql -U postgres
#
# The settings are those of the official image: https://hub.docker.com/_/postgres. For another version of PostgreSQL, build
# with --build-arg PG_MAJOR=18.
ARG PG_MAJOR=17

FROM postgres:${PG_MAJOR} AS build
RUN apt-get update && \
    apt-get install -y --no-install-recommends gcc make "postgresql-server-dev-$PG_MAJOR"
WORKDIR /src
COPY . .
RUN make -j"$(nproc)" with_llvm=no && \
    make with_llvm=no install DESTDIR=/install

FROM postgres:${PG_MAJOR}
COPY --from=build /install /
RUN echo 'CREATE EXTENSION provider_codes;' >/docker-entrypoint-initdb.d/provider_codes.sql
