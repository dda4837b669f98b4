#!/bin/sh
# nats-server takes secrets from its environment only; here they come from files.
set -eu

address=$(cat /run/secrets/loeft_nats_url) # nats://<token>@nats:4222, as the services read it
token=${address#nats://}
LOEFT_NATS_TOKEN=${token%@*}
LOEFT_JETSTREAM_KEY=$(cat /run/secrets/jetstream_key)
export LOEFT_NATS_TOKEN LOEFT_JETSTREAM_KEY

exec nats-server --config /etc/loeft/nats.conf
