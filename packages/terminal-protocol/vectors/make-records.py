#!/usr/bin/env python3
"""Makes records.json with Python's `cryptography`, sharing nothing with the package it tests.

Run it here after a change of the protocol: python3 make-records.py
"""
import base64
import hashlib
import json

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

TAG = b"cpc1/record\0"
BOOTS = ["7d9c2f5e-8a41-4c0b-9f3d-1b6e5a2c4d10", "0b3f6a77-2e19-4d58-8c64-9e0d7f1a5b23"]
HOTLIST_AT = "2026-11-22T03:10:00.000Z"
P256_SCALAR = int.from_bytes(hashlib.sha256(b"campus-paycode test key").digest(), "big") >> 8

with open("../../paycode/vectors/signed-qr.json", encoding="utf-8") as file:
    SCANS = [code["digits"] for code in json.load(file)["codes"]]


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Ed25519Key:
    key_id, algorithm = "t-12.1", "ed25519"

    def __init__(self):
        self.key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))

    def sign(self, data):
        return self.key.sign(data)

    def public(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )


class P256Key:
    key_id, algorithm = "t-13.1", "ecdsa-p256-sha256"

    def __init__(self):
        self.key = ec.derive_private_key(P256_SCALAR, ec.SECP256R1())

    def sign(self, data):
        rule = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self.key.sign(data, rule))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def public(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )


terminal, p256 = Ed25519Key(), P256Key()


def described(key):
    return {"keyId": key.key_id, "algorithm": key.algorithm, "publicKey": b64url(key.public())}


def write(fields):
    return json.dumps(fields, separators=(",", ":"))


def fields_of(sequence, previous, second, monotonic, boot=0, key=terminal, **changes):
    fields = {
        "terminalId": key.key_id[2:4],
        "keyId": key.key_id,
        "sequence": sequence,
        "previous": b64url(previous),
        "orderNumber": "01a20169-2e00-7a11-8b22-%012x" % sequence,
        "saleSequence": 426 + sequence,
        "signedQr": SCANS[sequence % len(SCANS)],
        "amount": 1250 + sequence,
        "occurredAt": "2026-11-22T04:%02d:%02d.000Z" % divmod(second, 60),
        "monotonic": monotonic,
        "boot": BOOTS[boot],
        "hotlistVersion": 12,
        "hotlistAt": HOTLIST_AT,
    }
    fields.update(changes)
    return fields


def signed(fields, key=terminal, text=None):
    text = text or write(fields)
    message = TAG + text.encode()
    return {
        "fields": fields,
        "record": text,
        "hash": b64url(hashlib.sha256(message).digest()),
        "signature": b64url(key.sign(message)),
    }


def raw_hash(record):
    return hashlib.sha256(TAG + record["record"].encode()).digest()


first = signed(fields_of(1, bytes(32), 0, 5_000))
second = signed(fields_of(2, raw_hash(first), 42, 47_000))
restarted = signed(fields_of(3, raw_hash(second), 600, 900, boot=1))
chain = [first, second, restarted]
with_p256 = signed(fields_of(1, bytes(32), 0, 5_000, key=p256), key=p256)

spaced = {"fields": second["fields"], "record": json.dumps(second["fields"])}


def third(name, fault, **changes):
    given = {"previous": raw_hash(second), "second": 600, "monotonic": 90_000, "sequence": 3}
    given.update(changes)
    return {"name": name, "after": 2, "fault": fault, **signed(fields_of(**given))}


refused = [
    third("one is left out", "record_gap", sequence=4),
    third("it was there already", "record_repeated", sequence=2),
    third("it follows the record before the last", "chain_broken", previous=raw_hash(first)),
    third("it follows nothing", "chain_broken", previous=bytes(32)),
    third("it happened before the last one", "time_disorder", second=41),
    third("the monotonic clock went back within one boot", "time_disorder", monotonic=46_999),
    dict(third("the first follows something", "chain_broken", sequence=1), after=0),
    dict(third("the first is not number one", "record_gap", sequence=2), after=0),
]
TEXT = second["record"]
BASE = second["fields"]


def with_field(**changes):
    return write({**BASE, **changes})


def without(name):
    return write({key: value for key, value in BASE.items() if key != name})


malformed = [
    {"name": "nothing", "record": ""},
    {"name": "no JSON", "record": TEXT[:-1]},
    {"name": "null", "record": "null"},
    {"name": "a list", "record": "[" + TEXT + "]"},
    {"name": "a line end after it", "record": TEXT + "\n"},
    {"name": "a letter outside ASCII", "record": TEXT[:-1] + ',"note":"\u5f20"}'},
    {"name": "too long", "record": TEXT + " " * 2000},
    {"name": "a field more", "record": with_field(note="x")},
    *({"name": "without " + name, "record": without(name)} for name in BASE),
    *({"name": "%s is %s" % (name, json.dumps(value)), "record": with_field(**{name: value})}
      for name, value in [
          ("terminalId", 12), ("terminalId", "012"), ("keyId", "T 12"), ("sequence", 0),
          ("sequence", "2"), ("sequence", 2.5), ("previous", b64url(bytes(31))),
          ("previous", b64url(bytes(32)) + "="), ("previous", b64url(bytes(32))[:-1] + "B"),
          ("orderNumber", "01A20169-2E00-7A11-8B22-000000000002"),
          ("orderNumber", "01a20169-2e00-4a11-8b22-000000000002"), ("saleSequence", -1),
          ("signedQr", SCANS[0][:-1]), ("signedQr", SCANS[0][:-1] + "x"), ("amount", 0),
          ("amount", -1), ("amount", 12.5), ("amount", 10**12 + 1), ("amount", "1250"),
          ("occurredAt", "2026-11-22T04:00:00Z"), ("occurredAt", "2026-02-30T04:00:00.000Z"),
          ("occurredAt", "2026-11-22T12:00:00.000+08:00"), ("monotonic", -1),
          ("monotonic", 2**53), ("boot", "1"), ("hotlistVersion", -1),
          ("hotlistVersion", 2**32), ("hotlistAt", ""),
      ]),
]

vectors = {
    "about": "Test vectors of the records in docs/terminal-protocol.md. A record's message is "
             "'cpc1/record' and a zero byte, then its text; keys, hashes and signatures are "
             "base64url. `after` says how many records of the chain stand before a refused one.",
    "keys": {"terminal": described(terminal), "p256": described(p256)},
    "chain": chain,
    "alone": [{"name": "signed with ECDSA", "key": "p256", **with_p256}],
    "sameFields": [spaced],
    "refused": refused,
    "malformed": malformed,
    "unsigned": [
        {"name": "another amount", "record": TEXT.replace("1252", "1253"),
         "signature": second["signature"]},
        {"name": "another record's signature", "record": TEXT, "signature": first["signature"]},
        {"name": "signed without the tag", "record": TEXT,
         "signature": b64url(terminal.sign(TEXT.encode()))},
        {"name": "signed by another terminal", "record": TEXT,
         "signature": b64url(p256.sign(TAG + TEXT.encode()))},
    ],
}
with open("records.json", "w", encoding="utf-8") as file:
    json.dump(vectors, file, ensure_ascii=False, indent=2)
    file.write("\n")
