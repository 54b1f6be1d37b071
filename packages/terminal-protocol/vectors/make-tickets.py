#!/usr/bin/env python3
"""Makes tickets.json with Python's `cryptography`, sharing nothing with the package it tests.

Run it here after a change of the protocol: python3 make-tickets.py
"""
import hashlib
import json
import struct

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

TAG = b"cpc1/ticket\0"
ORDER = 2**252 + 27742317777372353535851937790883648493
KINDS = {"top_up": 1, "session": 2}
NOW = 1795320000
# y = 1: the neutral point, under which one signature passes for every message.
SMALL_ORDER_KEY = (1).to_bytes(32, "little")


def key(name):
    seed = hashlib.sha256(b"campus-paycode ticket key " + name).digest()
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed)


def public(private):
    return private.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )


service, next_key, stranger = key(b"1"), key(b"2"), key(b"stranger")
signers = {1: service, 2: next_key}
KEYS = {"1": public(service).hex(), "2": public(next_key).hex(), "3": SMALL_ORDER_KEY.hex()}


def unsigned(ticket, version=0xD1, kind=None):
    return struct.pack(
        ">BBBIIII", version, ticket["keyId"], KINDS[ticket["kind"]] if kind is None else kind,
        ticket["device"], ticket["number"], ticket["units"], ticket["expiresAt"],
    )


def digits(data):
    return str(int.from_bytes(data, "big")).zfill(200)


def fields(**changes):
    ticket = {"keyId": 1, "kind": "top_up", "device": 30412, "number": 7, "units": 90909,
              "expiresAt": NOW + 86400}
    ticket.update(changes)
    return ticket


def signed(ticket, signer=None, tag=TAG, **layout):
    data = unsigned(ticket, **layout)
    return data + (signer or signers[ticket["keyId"]]).sign(tag + data)


def device(**changes):
    known = {"device": 30412, "now": NOW, "lastNumber": 6, "lastTotal": 72727}
    known.update(changes)
    return known


def taken(name, ticket, units, **changes):
    data = signed(ticket)
    return {"name": name, "ticket": ticket, "bytes": data.hex(), "digits": digits(data),
            "meter": device(**changes), "units": units}


def refused(name, fault, scan, **changes):
    scan = digits(scan) if isinstance(scan, bytes) else scan
    return {"name": name, "fault": fault, "scan": scan, "meter": device(**changes)}


good = signed(fields())
session = signed(fields(kind="session"))
flipped = bytearray(good)
flipped[14] ^= 1
above_order = good[:51] + (int.from_bytes(good[51:], "little") + ORDER).to_bytes(32, "little")
# R is the neutral point and S is zero: valid under a key of small order for a lax library.
lax = unsigned(fields(keyId=3)) + SMALL_ORDER_KEY + bytes(32)

vectors = {
    "about": "Test vectors of the tickets in docs/terminal-protocol.md. A ticket's message is "
             "'cpc1/ticket' and a zero byte, then its first 19 bytes; keys and bytes are hex. "
             "`units` is what the meter gives for a ticket that it takes.",
    "keys": KEYS,
    "taken": [
        taken("a top-up adds what is new in its total", fields(), 18182),
        taken("the first top-up of a device", fields(number=1, units=18181), 18181,
              lastNumber=0, lastTotal=0),
        taken("a top-up after two that were never brought", fields(number=9, units=127272), 54545),
        taken("a session gives at most its units", fields(kind="session", units=60), 60),
        taken("signed with the next key", fields(keyId=2), 18182),
        taken("in its last second", fields(expiresAt=NOW + 1), 18182),
        taken("a meter without a clock looks at the number alone", fields(expiresAt=NOW - 1),
              18182, now=None),
        taken("the largest there is", fields(keyId=1, device=2**32 - 1, number=2**32 - 1,
              units=2**32 - 1, expiresAt=2**32 - 1), 2**32 - 1 - 72727, device=2**32 - 1),
    ],
    "refused": [
        refused("the same again", "ticket_used", good, lastNumber=7, lastTotal=90909),
        refused("one before the last", "ticket_used", good, lastNumber=8, lastTotal=90910),
        refused("a higher number without more in it", "ticket_used", good, lastTotal=90909),
        refused("a session again", "ticket_used", session, lastNumber=7),
        refused("in the second that it ends", "ticket_expired", good, now=NOW + 86400),
        refused("another device's", "ticket_of_another_meter", good, device=30413),
        refused("of a key that is not here", "ticket_key_unknown",
                unsigned(fields(keyId=9)) + good[19:]),
        refused("signed by a stranger", "ticket_forged", signed(fields(), stranger)),
        refused("one bit of the units", "ticket_forged", bytes(flipped)),
        refused("signed without the tag", "ticket_forged", signed(fields(), tag=b"")),
        refused("signed for another use", "ticket_forged", signed(fields(), tag=b"cpc1/record\0")),
        refused("the next key's ticket under this key's number", "ticket_forged",
                signed(fields(), next_key)),
        refused("S is not below the order", "ticket_forged", above_order),
        refused("under a key of small order", "ticket_forged", lax),
        refused("nothing", "ticket_malformed", ""),
        refused("a digit less", "ticket_malformed", digits(good)[:-1]),
        refused("a digit more", "ticket_malformed", digits(good) + "0"),
        refused("digits of another script", "ticket_malformed",
                digits(good)[:-1] + "\u0661"),
        refused("more than 83 bytes", "ticket_malformed", "9" * 200),
        refused("of another version", "ticket_malformed", signed(fields(), version=0xD2)),
        refused("of another kind", "ticket_malformed", signed(fields(), kind=3)),
        refused("of no device", "ticket_malformed", signed(fields(device=0))),
        refused("of no number", "ticket_malformed", signed(fields(number=0))),
        refused("of no units", "ticket_malformed", signed(fields(units=0))),
        refused("two line ends after it", "ticket_malformed", digits(good) + "\r\n"),
    ],
}
with open("tickets.json", "w", encoding="utf-8") as file:
    json.dump(vectors, file, ensure_ascii=False, indent=2)
    file.write("\n")
