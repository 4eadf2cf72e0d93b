#!/bin/sh
# nginx's image runs this before nginx: once an hour it takes up the certificate that certificates.sh has renewed.
(while sleep 3600; do nginx -s reload; done) &
