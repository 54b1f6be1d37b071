import { describe, expect, it } from '@jest/globals';
import { sha256 } from './leaf.js';
import { auditPath, merkleRoot, rootOfPath, splitLeaves } from './merkle.js';

const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];

/** Roots over the first one, two, three … of these inputs, as implementations of Certificate Transparency publish them. */
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaves = inputs.map((input) => sha256(Uint8Array.of(0), Buffer.from(input, 'hex')));
const manyLeaves = Array.from({ length: 33 }, (_, at) => sha256(Uint8Array.of(at)));

describe('a Merkle tree', () => {
  it.each(roots.map((root, at) => [at + 1, root] as const))(
    'over %i leaves has the root that others publish',
    (size, root) => {
      expect(merkleRoot(leaves.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  it('leads from every leaf to its root, for every size', () => {
    for (let size = 1; size <= manyLeaves.length; size += 1) {
      const some = manyLeaves.slice(0, size);
      const root = merkleRoot(some);
      for (const [index, leaf] of some.entries())
        expect(rootOfPath(leaf, index, size, auditPath(some, index))).toEqual(root);
    }
  });

  it('leads nowhere else with another index, size or path', () => {
    const root = merkleRoot(manyLeaves);
    const [leaf] = manyLeaves.slice(5) as [Buffer];
    const path = auditPath(manyLeaves, 5);
    for (const index of [-1, 4, 6, 33]) expect(rootOfPath(leaf, index, 33, path)).not.toEqual(root);
    expect(rootOfPath(leaf, 5, 33, path.slice(1))).toBeUndefined();
    expect(rootOfPath(leaf, 5, 33, [...path, leaf])).toBeUndefined();
    expect(rootOfPath(leaf, 5, 16, path)).toBeUndefined();
  });

  it('is kept as its leaves one after the other', () => {
    expect(splitLeaves(Buffer.concat(leaves))).toEqual(leaves);
  });

  it('has at least one leaf', () => {
    expect(() => merkleRoot([])).toThrow(RangeError);
  });
});
