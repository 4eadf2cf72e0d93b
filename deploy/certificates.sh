#!/bin/sh
# Keeps the certificate of the containers: compose.yaml runs it in the image of certbot. nginx reads what lies in
# "served", and takes up a new one within the hour (reload.sh).
set -eu
served=${SERVED:-/etc/letsencrypt/served}
mkdir -p "$served"
cd "$served"

# One of our own at first, which browsers warn of: without any, nginx does not start, and Let's Encrypt asks nginx.
if [ ! -e fullchain.pem ]; then
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$SITE_HOST" -keyout privkey.pem -out fullchain.new
    mv fullchain.new fullchain.pem
    sleep 20  # until nginx answers
fi

while :; do
    # It does nothing while the certificate is good for a month more.
    if certbot certonly --non-interactive --agree-tos --email "$CERTIFICATE_EMAIL" --keep-until-expiring \
        --webroot --webroot-path /var/www/challenges --domain "$SITE_HOST" \
        --deploy-hook "cp -L \$RENEWED_LINEAGE/privkey.pem \$RENEWED_LINEAGE/fullchain.pem $served/"; then
        sleep 43200
    else
        # Let's Encrypt allows five tries in vain an hour.
        sleep 1200
    fi
done
