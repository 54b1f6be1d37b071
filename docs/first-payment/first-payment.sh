#!/usr/bin/env bash
# First payment against a sandbox, by docs/terminal-protocol.md, with curl and openssl 3.
#   ./first-payment.sh ADDRESS SERVICE-NAME ENROLMENT-CODE PAYMENT-CODE [AMOUNT]
set -euo pipefail
address=$1 service_name=$2 enrolment_code=$3 payment_code=$4 amount=${5:-100}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The key is made here and never leaves this machine. A terminal keeps it; this example throws it away.
openssl genpkey -algorithm ed25519 -out "$folder/key.pem"
public_key=$(openssl pkey -in "$folder/key.pem" -pubout -outform DER | tail -c 32 | base64 | tr -d '=\n' | tr '+/' '-_')

# Signs and sends exactly these bytes (R7 to R11): post PATH BODY KEY-ID
post() {
  local path=$1 body=$2 key_id=$3 digest parameters signature
  printf '%s' "$body" > "$folder/body"
  digest="sha-256=:$(openssl dgst -sha256 -binary "$folder/body" | base64):"
  parameters='("@method" "@authority" "@path" "@query" "campus-protocol" "content-type" "content-digest")'
  parameters+=";created=$(date +%s);keyid=\"$key_id\";alg=\"ed25519\";tag=\"cpc1-terminal\""
  printf '"@method": POST\n"@authority": %s\n"@path": %s\n"@query": ?\n"campus-protocol": 1\n"content-type": application/json\n"content-digest": %s\n"@signature-params": %s' \
    "$service_name" "$path" "$digest" "$parameters" > "$folder/base"
  openssl pkeyutl -sign -inkey "$folder/key.pem" -rawin -in "$folder/base" -out "$folder/signature"
  signature=$(base64 < "$folder/signature" | tr -d '\n')
  curl -sS --fail-with-body --max-time 10 "$address$path" -H 'Campus-Protocol: 1' -H 'Content-Type: application/json' \
    -H "Content-Digest: $digest" -H "Signature-Input: cp=$parameters" -H "Signature: cp=:$signature:" \
    --data-binary "@$folder/body"
}

enrolled=$(post /v1/terminal-enrolments "{\"enrolmentCode\":\"$enrolment_code\",\"algorithm\":\"ed25519\",\"publicKey\":\"$public_key\",\"model\":\"first payment\",\"softwareVersion\":\"1\"}" enrolment)
key_id=$(sed 's/.*"keyId":"\(t-[0-9.]*\)".*/\1/' <<< "$enrolled")
echo "enrolled as $key_id"

# A UUIDv7: 48 bits of milliseconds, then random bits around the version and the variant.
random=$(openssl rand -hex 10)
milliseconds=$(printf '%012x' "$(($(date +%s) * 1000))")
order_number="${milliseconds:0:8}-${milliseconds:8:4}-7${random:0:3}-8${random:3:3}-${random:6:12}"
now=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)

# A terminal stores these bytes before it sends them, and verifies the answer's signature (R13, R22).
post /v1/payments "{\"orderNumber\":\"$order_number\",\"sequence\":1,\"instrument\":{\"type\":\"code\",\"code\":\"$payment_code\"},\"amount\":$amount,\"occurredAt\":\"$now\"}" "$key_id"
echo
