import type { Reader } from '../database/transaction.js';

/** One promise of the books and how many things break it; zero is the only good number. */
export type Proof = {
  readonly proof: string;
  readonly broken: bigint;
  /** What breaks it, in sentences, where the proof can tell. */
  readonly findings?: readonly string[];
};

/** Makes some proofs at once, because they read the same rows. Reads only. */
export interface ProofSource {
  /** Says which it is: the name of the function. */
  readonly source: string;
  prove(reader: Reader): Promise<readonly Proof[]>;
}

/** Where the composition root leaves the proofs of all modules, from the ground up. */
export const proofSourcesToken = Symbol('proof sources');

/** The proofs of an SQL function that gives a row (proof, broken) for each. */
export const provedBy = (source: string): ProofSource => ({
  source,
  prove: async (reader) => {
    const rows = await reader.query<{ proof: string; broken: string }[]>(
      `select proof, broken from ${source}()`,
    );
    return rows.map(({ proof, broken }) => ({ proof, broken: BigInt(broken) }));
  },
});

/** All proofs of these sources, one source after another. */
export async function proveWith(
  sources: readonly ProofSource[],
  reader: Reader,
): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const source of sources) proofs.push(...(await source.prove(reader)));
  return proofs;
}
