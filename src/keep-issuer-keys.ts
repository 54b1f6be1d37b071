import type { DataSource } from 'typeorm';
import {
  addIssuerKey,
  listIssuerKeys,
  retireIssuerKey,
  withdrawIssuerKey,
  type IssuerKeyState,
} from './payment-codes/issuer-keys.js';
import type { AppConfig } from './platform/config/app-config.js';
import { openKeyRing } from './platform/config/key-ring.js';
import { createDataSource } from './platform/database/data-source.js';

type Asked = { readonly action: string | undefined; readonly id: string | undefined };
type Print = (line: string) => void;

const usage =
  'issuer-keys list | add | retire ID (signs nothing new) | withdraw ID (nothing that it signed is good any more)';

/**
 * The keys that certify phones' keys for terminals without a network: lists them, adds the next one, ends one.
 * @returns false when what was asked for could not be done.
 */
export async function keepIssuerKeys(
  config: AppConfig,
  { action = 'list', id }: Asked,
  print: Print,
): Promise<boolean> {
  const database = await createDataSource(config).initialize();
  try {
    if (action === 'list') {
      for (const key of await listIssuerKeys(database)) print(lineOf(key));
      return true;
    }
    if (action === 'add') {
      const added = await addIssuerKey(database, openKeyRing(config));
      print(`Made issuer key ${added}. Terminals hear of it before it signs; see the list.`);
      return true;
    }
    return await end(database, { action, id }, print);
  } finally {
    await database.destroy();
  }
}

async function end(database: DataSource, { action, id }: Asked, print: Print): Promise<boolean> {
  const ends = { retire: retireIssuerKey, withdraw: withdrawIssuerKey };
  const chosen = action === 'retire' || action === 'withdraw' ? ends[action] : undefined;
  if (chosen === undefined || id === undefined || !/^\d{1,3}$/.test(id)) {
    print(usage);
    return false;
  }
  const isThere = await chosen(database, Number(id));
  print(isThere ? `Issuer key ${id}: ${action} done.` : `There is no issuer key ${id}.`);
  return isThere;
}

function lineOf(key: IssuerKeyState): string {
  const day = (at: Date): string => at.toISOString();
  const state =
    key.withdrawnAt !== null
      ? `withdrawn ${day(key.withdrawnAt)}`
      : key.retiredAt !== null
        ? `retired ${day(key.retiredAt)}`
        : `signs what lies from ${day(key.notBefore)} to ${day(key.notAfter)}`;
  const publicKey = key.publicKey.toString('base64url');
  return `${key.keyId}  ${publicKey}  ${state}, ${key.inUse} certificates in use`;
}
