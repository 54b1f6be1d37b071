#!/usr/bin/env python3
"""Makes signatures.json with Python's `cryptography`, sharing nothing with the package it tests.

Run it here after a change of the protocol: python3 make-signatures.py
"""
import base64
import hashlib
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

AUTHORITY = "pay.demo-campus.example"
CREATED = 1795320000
P256_SCALAR = int.from_bytes(hashlib.sha256(b"campus-paycode test key").digest(), "big") >> 8


def b64(data):
    return base64.b64encode(data).decode()


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Ed25519Key:
    algorithm = "ed25519"

    def __init__(self, key_id, seed):
        self.key_id, self.seed = key_id, seed
        self.key = ed25519.Ed25519PrivateKey.from_private_bytes(seed)

    def sign(self, data):
        return self.key.sign(data)

    def described(self):
        raw = self.key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )
        return self.key_id, self.algorithm, b64url(self.seed), b64url(raw)


class P256Key:
    algorithm = "ecdsa-p256-sha256"

    def __init__(self, key_id, scalar):
        self.key_id, self.scalar = key_id, scalar
        self.key = ec.derive_private_key(scalar, ec.SECP256R1())

    def sign(self, data):
        rule = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self.key.sign(data, rule))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def described(self):
        raw = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return self.key_id, self.algorithm, b64url(self.scalar.to_bytes(32, "big")), b64url(raw)


terminal = Ed25519Key("t-12.1", bytes(range(32)))
p256 = P256Key("t-13.1", P256_SCALAR)
enrolling = Ed25519Key("enrolment", bytes(range(32)))
service = Ed25519Key("s-1", bytes(range(32, 64)))
KEYS = {"terminal": terminal, "p256": p256, "enrolling": enrolling, "service": service}


def digest(body):
    return "sha-256=:%s:" % b64(hashlib.sha256(body).digest())


def parameters(components, key, tag, created=CREATED):
    return '(%s);created=%d;keyid="%s";alg="%s";tag="%s"' % (
        " ".join(components), created, key.key_id, key.algorithm, tag
    )


def request(name, key_name, method, target, body="", created=CREATED):
    key, raw = KEYS[key_name], body.encode()
    path, mark, query = target.partition("?")
    headers = {"campus-protocol": "1"}
    lines = [
        ("@method", method),
        ("@authority", AUTHORITY),
        ("@path", path),
        ("@query", mark + query if mark else "?"),
        ("campus-protocol", "1"),
    ]
    if raw:
        headers["content-type"] = "application/json"
        headers["content-digest"] = digest(raw)
        lines += [(n, headers[n]) for n in ("content-type", "content-digest")]
    given = parameters(['"%s"' % n for n, _ in lines], key, "cpc1-terminal", created)
    base = "\n".join(['"%s": %s' % line for line in lines] + ['"@signature-params": ' + given])
    headers["signature-input"] = "cp=" + given
    headers["signature"] = "cp=:%s:" % b64(key.sign(base.encode()))
    return {
        "name": name, "key": key_name, "created": created, "method": method,
        "authority": AUTHORITY, "target": target, "body": body, "headers": headers, "base": base,
    }


def answer(name, status, content_type, body, asked):
    raw = body.encode()
    headers = {"content-type": content_type, "content-digest": digest(raw)}
    lines = [
        ('"@status"', str(status)),
        ('"content-type"', content_type),
        ('"content-digest"', headers["content-digest"]),
    ]
    if asked:
        lines.append(('"signature";req;key="cp"', asked["headers"]["signature"][3:]))
    given = parameters([n for n, _ in lines], service, "cpc1-answer")
    base = "\n".join(["%s: %s" % line for line in lines] + ['"@signature-params": ' + given])
    headers["signature-input"] = "cp=" + given
    headers["signature"] = "cp=:%s:" % b64(service.sign(base.encode()))
    return {
        "name": name, "key": "service", "created": CREATED, "status": status, "body": body,
        "headers": headers, "requestSignature": asked["headers"]["signature"] if asked else None,
        "base": base,
    }


def changed(vector, name, refusal, now=CREATED, **changes):
    copy = json.loads(json.dumps({k: v for k, v in vector.items() if k not in ("base", "created")}))
    for header, value in changes.pop("headers", {}).items():
        if value is None:
            del copy["headers"][header]
        else:
            copy["headers"][header] = value
    copy.update(changes)
    copy.update(name=name, refusal=refusal)
    if "method" in copy:
        copy["now"] = now
    return copy


SALE_BODY = (
    '{"orderNumber":"01a20169-2e00-7a11-8b22-c33d44e55f66","sequence":427,'
    '"instrument":{"type":"code","code":"97185965475126865312"},"amount":1250,'
    '"occurredAt":"2026-11-22T04:00:00.000Z"}'
)
ENROLMENT_BODY = '{"enrolmentCode":"7F3K-9QXA","algorithm":"ed25519","publicKey":"%s",' \
    '"model":"Till 2","softwareVersion":"1.0.0"}' % enrolling.described()[3]
VERDICT = (
    '{"paymentId":"123","orderNumber":"01a20169-2e00-7a11-8b22-c33d44e55f66",'
    '"shortNumber":"B3-0427","verdict":"approved","reason":null,'
    '"message":{"zh":"支付成功","en":"Paid"},"amount":1250,"captured":1250,"state":"captured",'
    '"cardholder":{"maskedName":"张*"},"expiresAt":null,"decidedAt":"2026-11-22T04:00:00.120Z",'
    '"businessDate":"2026-11-22"}'
)
CLOCK_OFF = (
    '{"type":"urn:campus-paycode:problem:clock_off","title":"Clock off","status":401,'
    '"detail":"Set the clock by created of this answer and send the request again.",'
    '"code":"clock_off","message":{"zh":"终端时间不准","en":"The terminal\'s clock is off"},'
    '"retryable":true,"effect":"none","requestId":"r-1"}'
)

sale = request("a sale", "terminal", "POST", "/v1/payments", SALE_BODY)
reading = request("a request without a body", "terminal", "GET", "/v1/terminal-settings")
queried = request(
    "a query string, and a body", "terminal", "POST", "/v1/terminal-heartbeats?trace=a%20b&x=",
    '{"softwareVersion":"1.0.0","queuedReversals":0}',
)
bare_query = request(
    "a query string that is only its mark", "terminal", "GET", "/v1/terminal-settings?"
)
with_p256 = request("a sale signed with ECDSA", "p256", "POST", "/v1/payments", SALE_BODY)
enrolment = request(
    "an enrolment, signed with the key it brings", "enrolling", "POST",
    "/v1/terminal-enrolments", ENROLMENT_BODY,
)
verdict = answer("a verdict", 200, "application/json; charset=utf-8", VERDICT, sale)
problem = answer("a problem", 401, "application/problem+json; charset=utf-8", CLOCK_OFF, sale)
unbound = answer(
    "an answer to a request without a readable signature", 401,
    "application/problem+json; charset=utf-8", CLOCK_OFF, None,
)


def rotation(name, new, signing="terminal", terminal_id="12", **said):
    """A new key (R91, R92); what the proof says otherwise than the request makes a refused one."""
    key_id, algorithm, _, public_key = new.described()
    words = {"serviceName": AUTHORITY, "terminalId": terminal_id, "keyId": KEYS[signing].key_id,
             "algorithm": algorithm, "publicKey": public_key, **said}
    message = "\n".join(["cpc1-new-key", *words.values()])
    proof = b64url(new.sign(message.encode()))
    body = '{"algorithm":"%s","publicKey":"%s","proof":"%s"}' % (algorithm, public_key, proof)
    return {**request(name, signing, "POST", "/v1/terminal-keys", body), "proofMessage": message}


def without(vector, *names):
    return {name: value for name, value in vector.items() if name not in names}


renewed = Ed25519Key("t-12.2", bytes(range(64, 96)))
renewed_p256 = P256Key("t-12.2", P256_SCALAR + 1)
KEYS["renewed"] = renewed
rotations = [
    rotation("a new key", renewed),
    rotation("a new key of the other algorithm", renewed_p256),
]
refused_rotations = [
    without(rotation(name, renewed, **said), "base", "created") for name, said in [
        ("the proof of another campus", {"serviceName": "pay.elsewhere.example"}),
        ("the proof of another terminal", {"terminalId": "13"}),
        ("the proof under another key of now", {"keyId": "t-12.9"}),
        ("the proof of another algorithm", {"algorithm": "ecdsa-p256-sha256"}),
        ("the proof of another new key", {"publicKey": terminal.described()[3]}),
    ]
]

INPUT = sale["headers"]["signature-input"]
SIGNATURE = sale["headers"]["signature"]
FLIPPED = "cp=:%s:" % b64(bytes([base64.b64decode(SIGNATURE[4:-1])[0] ^ 1])
                          + base64.b64decode(SIGNATURE[4:-1])[1:])


def bad_input(name, value):
    return changed(sale, name, "signature_invalid", headers={"signature-input": value})


refused_requests = [
    changed(sale, "no protocol version", "protocol_unsupported", headers={"campus-protocol": None}),
    changed(sale, "another version", "protocol_unsupported", headers={"campus-protocol": "2"}),
    changed(sale, "no signature", "signature_missing", headers={"signature": None}),
    changed(sale, "no signature input", "signature_missing", headers={"signature-input": None}),
    changed(sale, "61 s late", "clock_off", now=CREATED + 61),
    changed(sale, "61 s early", "clock_off", now=CREATED - 61),
    changed(sale, "another method", "signature_invalid", method="PUT"),
    changed(sale, "another authority", "signature_invalid", authority="127.0.0.1:3000"),
    changed(sale, "another path", "signature_invalid", target="/v1/payments/"),
    changed(sale, "a query added", "signature_invalid", target="/v1/payments?x=1"),
    changed(sale, "another body", "signature_invalid", body=SALE_BODY.replace("1250", "1251")),
    changed(sale, "the body dropped", "signature_invalid", body=""),
    changed(reading, "a body added", "signature_invalid", body="{}"),
    changed(sale, "another content type", "signature_invalid", headers={"content-type": "text/plain"}),
    changed(sale, "a signature with one bit changed", "signature_invalid",
            headers={"signature": FLIPPED}),
    changed(sale, "another terminal's key", "signature_invalid", key="p256"),
    bad_input("components in another order",
              INPUT.replace('"@method" "@authority"', '"@authority" "@method"')),
    bad_input("a component left out", INPUT.replace(' "@query"', "")),
    bad_input("a component twice", INPUT.replace('"@path"', '"@path" "@path"')),
    bad_input("a component added", INPUT.replace('"content-digest")', '"content-digest" "date")')),
    bad_input("another tag", INPUT.replace("cpc1-terminal", "cpc1-answer")),
    bad_input("no tag", INPUT.replace(';tag="cpc1-terminal"', "")),
    bad_input("another algorithm's name", INPUT.replace("ed25519", "ecdsa-p256-sha256")),
    bad_input("an unknown algorithm", INPUT.replace("ed25519", "rsa-pss-sha512")),
    bad_input("created twice", INPUT.replace(";keyid", ";created=%d;keyid" % CREATED)),
    bad_input("a parameter added", INPUT + ";expires=%d" % (CREATED + 9)),
    bad_input("another label", INPUT.replace("cp=", "sig1=")),
    bad_input("two labels", INPUT + ", other=()"),
    bad_input("not a structured field", "cp=("),
    changed(sale, "a digest of another kind", "signature_invalid",
            headers={"content-digest": sale["headers"]["content-digest"].replace("256=", "512=")}),
]
refused_answers = [
    changed(verdict, "another status", "answer_invalid", status=201),
    changed(verdict, "another body", "answer_invalid", body=VERDICT.replace("approved", "declined")),
    changed(verdict, "an answer to another request", "answer_invalid",
            requestSignature=reading["headers"]["signature"]),
    changed(verdict, "another content type", "answer_invalid",
            headers={"content-type": "application/json"}),
    changed(verdict, "signed by a stranger", "answer_invalid", key="terminal"),
    changed(verdict, "no signature", "answer_invalid", headers={"signature": None}),
    changed(verdict, "a request's tag", "answer_invalid", headers={
        "signature-input": verdict["headers"]["signature-input"].replace(
            "cpc1-answer", "cpc1-terminal")}),
]

FIELDS = ("keyId", "algorithm", "privateKey", "publicKey")
vectors = {
    "about": "Test vectors of docs/terminal-protocol.md. Keys are base64url: the Ed25519 seed or "
             "the P-256 scalar, and the raw public key. ECDSA signatures are random elsewhere; "
             "verify them, and compare the base.",
    "keys": {name: dict(zip(FIELDS, key.described())) for name, key in KEYS.items()},
    "requests": [sale, reading, queried, bare_query, with_p256, enrolment],
    "answers": [verdict, problem, unbound],
    "refusedRequests": refused_requests,
    "refusedAnswers": refused_answers,
    "newKeys": rotations,
    "refusedNewKeys": refused_rotations,
    "orderNumbers": {
        "right": ["01a20169-2e00-7a11-8b22-c33d44e55f66", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"],
        "wrong": ["017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
                  "017f22e2-79b0-7cc3-78c4-dc0c0c07398f", "017f22e279b07cc398c4dc0c0c07398f", ""],
    },
    "shortNumbers": [["B3", 427, "B3-0427"], ["B3", 10427, "B3-0427"], ["G1", 20000, "G1-0000"]],
}
with open("signatures.json", "w", encoding="utf-8") as file:
    json.dump(vectors, file, ensure_ascii=False, indent=2)
    file.write("\n")
