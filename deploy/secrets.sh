#!/bin/sh
# Makes the secret files that docker-compose.yml mounts; what is there is left alone. Run it before the first start.
#
#   deploy/secrets.sh [DIRECTORY]      (default: deploy/secrets; another one goes into LOEFT_SECRETS)
#
# The directory is closed to everyone else on this machine; the files in it can be read, because containers read
# them under accounts of their own.
set -eu

directory=${1:-$(dirname "$0")/secrets}
mkdir -p "$directory"
chmod 700 "$directory"
cd "$directory"

random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

keep() { # NAME VALUE: write the file unless it is there
  [ ! -s "$1" ] || return 0
  printf '%s\n' "$2" >"$1.new"
  chmod 444 "$1.new"
  mv "$1.new" "$1"
  echo "made $directory/$1"
}

keep postgres_password "$(random)"
for service in intake assessment courses outcomes; do
  keep "loeft_database_password_$service" "$(random)"
done
keep loeft_cpr_key "$(random)" # without this one no CPR number in a backup can be read: keep it with the backups' key
keep loeft_link_key "$(random)" # without this one the links to tests, check-in and calendars open nothing
keep loeft_research_key "$(random)" # without this one a research project's next extract has other ids than its last
[ -e loeft_client_secret ] || { : >loeft_client_secret && chmod 444 loeft_client_secret; } # of the page at your issuer
# the letter keeps NATS from reading a value that begins with digits as a number
keep jetstream_key "k$(random)"
keep loeft_nats_url "nats://t$(random)@nats:4222"
