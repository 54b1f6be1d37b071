#!/usr/bin/env python3
"""Checks that a payment stands in the sealed books of a campus, without asking anybody.

    python3 check_receipt.py PROOF [ANCHOR]

PROOF   the answer of GET /v1/me/payments/ID/proof, in a file
ANCHOR  what was kept elsewhere: a file with lines of anchors, or the 64 digits of one hash
"""
import hashlib
import json
import os
import struct
import sys


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def optional(number):
    return b"\x00" if number is None else b"\x01" + struct.pack(">q", int(number))


def text(value):
    encoded = value.encode("utf-8")
    return struct.pack(">i", len(encoded)) + encoded


def leaf_hash(e):
    parts = [b"\x00", b"\x01", bytes.fromhex(e["nonce"])]
    parts.append(struct.pack(">qiQq", int(e["id"]), e["era"], int(e["xid"]), int(e["postedAt"])))
    parts += [text(e["kind"]), optional(e["reverses"]), optional(e["hold"]), text(e["about"])]
    parts.append(struct.pack(">i", len(e["lines"])))
    for line in e["lines"]:
        parts.append(struct.pack(">hqq", line["line"], int(line["account"]), line["amount"]))
        parts += [optional(line["seq"]), optional(line["balanceAfter"])]
    return sha256(*parts)


def root_of(leaf, index, size, path):
    """RFC 6962, section 2.1.1: up the tree, each time with the sibling that the path gives."""
    last, path = size - 1, list(path)
    assert 0 <= index <= last, "there is no such leaf"
    while last > 0:
        if index % 2 == 1:
            leaf = sha256(b"\x01", path.pop(0), leaf)
        elif index < last:
            leaf = sha256(b"\x01", leaf, path.pop(0))
        index, last = index // 2, last // 2
    assert not path, "the path is too long"
    return leaf


def block_hash(b):
    position = lambda p: struct.pack(">iQq", p["era"], int(p["xid"]), int(p["id"]))
    return sha256(b"\x02\x01", struct.pack(">q", int(b["no"])), bytes.fromhex(b["prev"]),
                  position(b["first"]), position(b["last"]),
                  struct.pack(">iq", b["entries"], int(b["total"])), bytes.fromhex(b["root"]),
                  struct.pack(">q", int(b["sealedAt"])))


def check(proof, kept):
    blocks, entry = proof["blocks"], proof["entry"]
    path = [bytes.fromhex(sibling) for sibling in proof["path"]]
    root = root_of(leaf_hash(entry), proof["index"], blocks[0]["entries"], path)
    assert root.hex() == blocks[0]["root"], "the entry is not in its block"
    for before, block in zip([None] + blocks, blocks):
        assert before is None or block["prev"] == before["hash"], "a block does not follow"
        assert block_hash(block).hex() == block["hash"], "a block has another hash"
    head = blocks[-1]
    amounts = ", ".join(f"{line['amount']} fen on account {line['account']}" for line in entry["lines"])
    print(f"{entry['kind']} {entry['id']}: {amounts}; about {entry['about']}")
    if kept is None:
        anchor = json.loads(proof["anchor"]) if proof["anchor"] else None
        assert anchor is None or anchor["hash"] == head["hash"], "the anchor is of another block"
        print(f"  is in block {blocks[0]['no']}, if block {head['no']} has the hash {head['hash']}.")
        print("  Compare that with an anchor that was kept elsewhere.")
    else:
        assert head["hash"] in kept, "no anchor that was kept has this hash"
        print(f"  stands in block {blocks[0]['no']}, as anchored with block {head['no']}.")


def main(proof_file, anchor=None):
    kept = None
    if anchor is not None:
        lines = open(anchor, encoding="utf-8") if os.path.exists(anchor) else [json.dumps({"hash": anchor})]
        kept = {json.loads(line)["hash"] for line in lines if line.strip()}
    answer = json.load(open(proof_file, encoding="utf-8"))
    for proof in answer.get("proofs", [answer]):
        check(proof, kept)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (AssertionError, KeyError, IndexError, ValueError, struct.error) as problem:
        sys.exit(f"NOT PROVEN: {problem}")
