import { sha256 } from './leaf.js';

const nodeMark = Uint8Array.of(0x01);
const hashBytes = 32;

const node = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeMark, left, right);

/** The level above: nodes in pairs, from the left; the one that has no pair goes up as it is. */
const above = (level: readonly Buffer[]): Buffer[] =>
  level.flatMap((left, at) => {
    if (at % 2 === 1) return [];
    const right = level[at + 1];
    return [right === undefined ? left : node(left, right)];
  });

/** Leaves' hashes as a block keeps them: one after the other. */
export const splitLeaves = (leaves: Buffer): Buffer[] =>
  Array.from({ length: leaves.length / hashBytes }, (_, at) =>
    leaves.subarray(at * hashBytes, (at + 1) * hashBytes),
  );

/** The root of RFC 6962, section 2.1, over at least one leaf's hash. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  let level = [...leaves];
  while (level.length > 1) level = above(level);
  const [root] = level;
  if (root === undefined) throw new RangeError('A tree has at least one leaf.');
  return root;
}

/** The audit path of RFC 6962, section 2.1.1: the siblings from the leaf up to below the root. */
export function auditPath(leaves: readonly Buffer[], index: number): Buffer[] {
  const path: Buffer[] = [];
  let level = [...leaves];
  let at = index;
  while (level.length > 1) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling !== undefined) path.push(sibling);
    level = above(level);
    at = Math.floor(at / 2);
  }
  return path;
}

/** The root that a leaf leads to by its path; undefined when the path does not fit the tree's size. */
export function rootOfPath(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
): Buffer | undefined {
  let hash = leaf;
  let [at, last, used] = [index, size - 1, 0];
  if (at > last || at < 0) return undefined;
  while (last > 0) {
    if (at % 2 === 1 || at < last) {
      const sibling = path[used];
      if (sibling === undefined) return undefined;
      used += 1;
      hash = at % 2 === 1 ? node(sibling, hash) : node(hash, sibling);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return used === path.length ? hash : undefined;
}
