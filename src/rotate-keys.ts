import { DataSource } from 'typeorm';
import { countOldIssuerKeys, resealIssuerKeys } from './payment-codes/issuer-keys.js';
import { countOldSeeds, resealSeeds } from './payment-codes/reseal-seeds.js';
import type { AppConfig } from './platform/config/app-config.js';
import {
  addWrappingKey,
  openKeyRing,
  useNewestWrappingKey,
  type KeyRing,
} from './platform/config/key-ring.js';
import { createDataSource } from './platform/database/data-source.js';
import { countOldSecrets, resealSecrets } from './staff/reseal-secrets.js';

/** What was in use by a sale at one look is free at the next. */
const looksMax = 10;

/**
 * Puts everything that rests sealed under the newest wrapping key, while the service runs; a rotation that was interrupted
 * is gone on with, and a new key is made only when there is none to go on with.
 * @returns true when nothing is left under another key.
 */
export async function rotateKeys(
  config: AppConfig,
  print: (line: string) => void,
): Promise<boolean> {
  const database = await createDataSource(config).initialize();
  try {
    const keys = openKeyRing(config);
    const isOver = (await countLeft(database, keys)) === 0;
    if (useNewestWrappingKey(config.keysFile).wasCurrent && isOver) {
      addWrappingKey(config.keysFile);
      useNewestWrappingKey(config.keysFile);
    }
    const current = keys.currentWrappingKey;
    print(
      `Sealing under ${current}. Keep a copy of ${config.keysFile} where no copy of the database is.`,
    );
    let left = Infinity;
    for (let look = 0; look < looksMax && left > 0; look += 1) {
      const done =
        (await resealSeeds(database, keys)) +
        (await resealIssuerKeys(database, keys)) +
        (await resealSecrets(database, keys));
      left = await countLeft(database, keys);
      print(`${done} sealed anew, ${left} left.`);
    }
    if (left > 0)
      print('A process still seals under another key: give it the keys file, then run this again.');
    else print(`Nothing is sealed under another key than ${current}.`);
    return left === 0;
  } finally {
    await database.destroy();
  }
}

const countLeft = async (database: DataSource, keys: KeyRing): Promise<number> =>
  (await countOldSeeds(database, keys)) +
  (await countOldIssuerKeys(database, keys)) +
  (await countOldSecrets(database, keys));
