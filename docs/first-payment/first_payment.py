"""First payment against a sandbox, by docs/terminal-protocol.md. Python 3.9 or later, and openssl 3 on the PATH.

    python3 first_payment.py ADDRESS SERVICE-NAME ENROLMENT-CODE PAYMENT-CODE [AMOUNT]
"""

import base64
import datetime
import hashlib
import json
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

address, service_name, enrolment_code, payment_code = sys.argv[1:5]
amount = int(sys.argv[5]) if len(sys.argv) > 5 else 100
folder = pathlib.Path(tempfile.mkdtemp())


def openssl(*arguments):
    return subprocess.run(["openssl", *arguments], check=True, capture_output=True).stdout


# The key is made here and never leaves this machine. A terminal keeps it; this example throws it away.
key = folder / "key.pem"
openssl("genpkey", "-algorithm", "ed25519", "-out", str(key))
os.chmod(key, 0o600)
public_key = openssl("pkey", "-in", str(key), "-pubout", "-outform", "DER")[-32:]


def sign(data):
    file = folder / "base"
    file.write_bytes(data)
    return openssl("pkeyutl", "-sign", "-inkey", str(key), "-rawin", "-in", str(file))


def send(method, path, body, key_id):
    """Sends exactly the bytes that were signed (R7 to R11)."""
    data = body.encode()
    components = ["@method", "@authority", "@path", "@query", "campus-protocol"]
    headers = {"campus-protocol": "1"}
    if data:
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        headers["content-type"] = "application/json"
        headers["content-digest"] = f"sha-256=:{digest}:"
        components += ["content-type", "content-digest"]
    names = " ".join(f'"{name}"' for name in components)
    created = int(time.time())
    parameters = f'({names});created={created};keyid="{key_id}";alg="ed25519";tag="cpc1-terminal"'
    derived = {"@method": method, "@authority": service_name, "@path": path, "@query": "?"}
    lines = [f'"{name}": {derived.get(name) or headers[name]}' for name in components]
    lines.append(f'"@signature-params": {parameters}')
    signature = base64.b64encode(sign("\n".join(lines).encode())).decode()
    headers["signature-input"] = f"cp={parameters}"
    headers["signature"] = f"cp=:{signature}:"
    request = urllib.request.Request(address + path, data or None, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        sys.exit(f"{refusal.code} {refusal.read().decode()}")


def uuid7():
    milliseconds = int(time.time() * 1000)
    rest = secrets.randbits(74)
    value = milliseconds << 80 | 7 << 76 | (rest >> 62) << 64 | 2 << 62 | rest & (1 << 62) - 1
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


enrolled = send(
    "POST",
    "/v1/terminal-enrolments",
    json.dumps(
        {
            "enrolmentCode": enrolment_code,
            "algorithm": "ed25519",
            "publicKey": base64.urlsafe_b64encode(public_key).decode().rstrip("="),
            "model": "first payment",
            "softwareVersion": "1",
        }
    ),
    "enrolment",
)
print("enrolled as", enrolled["keyId"])

sale = {
    "orderNumber": uuid7(),
    "sequence": 1,
    "instrument": {"type": "code", "code": payment_code},
    "amount": amount,
    "occurredAt": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")[:23] + "Z",
}
# A terminal stores these bytes before it sends them, and verifies the answer's signature (R13, R22).
verdict = send("POST", "/v1/payments", json.dumps(sale), enrolled["keyId"])
print(verdict["shortNumber"], verdict["verdict"], verdict["reason"] or "", verdict["message"]["en"])
