import type { AppConfig } from './platform/config/app-config.js';
import { createDataSource } from './platform/database/data-source.js';
import { inSnapshot } from './platform/database/transaction.js';
import type { Proof } from './platform/proofs/proof.js';
import { allProofs } from './proofs.js';

const linesOf = ({ proof, broken, findings = [] }: Proof): string =>
  broken === 0n
    ? `ok      ${proof}`
    : [`BROKEN  ${proof}: ${broken}`, ...findings.map((each) => `        ${each}`)].join('\n');

/**
 * Recomputes every promise of the books in one snapshot and prints a line for each.
 * @returns true when nothing is broken.
 */
export async function verify(config: AppConfig, print: (line: string) => void): Promise<boolean> {
  const database = await createDataSource(config).initialize();
  try {
    return await inSnapshot(database, async (snapshot) => {
      let isSound = true;
      for (const source of allProofs(config))
        for (const proof of await source.prove(snapshot)) {
          print(linesOf(proof));
          isSound &&= proof.broken === 0n;
        }
      return isSound;
    });
  } finally {
    await database.destroy();
  }
}
