#!/bin/sh
# Makes every secret that a deployment needs, once: files below FOLDER, each of mode 600 or 644 as its
# reader needs it, and a kustomization that turns them into Secrets of Kubernetes.
#   deploy/secrets.sh FOLDER
# What is there already is kept; to make all anew, remove the folder. Needs keytool of a JDK or JRE.
set -eu
umask 077
[ $# -eq 1 ] || { echo "usage: $0 FOLDER" >&2; exit 2; }
mkdir -p "$1"
cd "$1"
[ ! -f clients/complete ] || exit 0

random() { head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n'; }
sha256() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -c1-64; }
# Password files on the command line of keytool, so that no list of processes shows one.
key() { # keystore, password file, name
  keytool -genkeypair -alias "$3" -keyalg EC -groupname secp256r1 -validity 3650 -dname "CN=$3" \
    -ext "SAN=dns:$3,dns:localhost" -storetype PKCS12 -keystore "$1" -storepass:file "$2" 2>/dev/null
}
token() { # name, role: the token is printed, its hash is added to the console's file
  made=$(random)
  printf '%s:%s:%s\n' "$1" "$2" "$(printf %s "$made" | sha256)" >>console/tokens
  printf '%s\n' "$made"
}

# Left by a run that was interrupted; folders may be volumes, and stay.
rm -rf gateway/* console/* clients/* redis/*
mkdir -p gateway console clients redis

# The JMX port of gateways: the console is its operator, and knows their certificate.
jmx=$(random)
printf 'console:operator:%s\n' "$jmx" >gateway/jmx-users
random >gateway/key-password
key gateway/key.p12 gateway/key-password gateway
printf '%s\n' "$jmx" >console/jmx-password
random >console/trust-password
keytool -exportcert -rfc -alias gateway -keystore gateway/key.p12 -storepass:file gateway/key-password 2>/dev/null |
  keytool -importcert -noprompt -alias gateway -storetype PKCS12 -keystore console/trust.p12 \
    -storepass:file console/trust-password 2>/dev/null

# The console: its certificate, and who may ask it.
random >console/key-password
key console/key.p12 console/key-password console
token operator operator >clients/operator-token
token prometheus viewer >clients/prometheus-token
# Prometheus runs as a user of its own.
chmod 755 clients
chmod 644 clients/prometheus-token

redis=$(random)
printf %s "$redis" >redis/password
printf 'requirepass %s\n' "$redis" >redis/redis.conf

cat >kustomization.yaml <<'EOF'
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
generatorOptions:
  disableNameSuffixHash: true
secretGenerator:
  - name: slipstream-gateway
    files: [gateway/jmx-users, gateway/key.p12, gateway/key-password]
  - name: slipstream-console
    files: [console/tokens, console/jmx-password, console/trust.p12, console/trust-password, console/key.p12, console/key-password]
  - name: slipstream-clients
    files: [clients/operator-token, clients/prometheus-token]
  - name: slipstream-redis
    files: [redis/password, redis/redis.conf]
EOF
: >clients/complete
echo "made the secrets in $(pwd)"
