#!/bin/sh
# Runs once, when the data directory is empty: a database and a role for each service, closed to the others.
# A role owns its database, for it also runs its service's migrations.
set -eu

for service in intake assessment courses outcomes; do
  psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set service="$service" --set password="$(cat "/run/secrets/loeft_database_password_$service")" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --command "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC"
