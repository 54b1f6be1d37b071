import { binaryArray } from '../../platform/database/binary-array.js';
import type { Sale } from './payments.store.js';

/** The parameters of the call that decides sales: one array for each, in its order. */
export function columnsOf(sales: readonly Sale[]): Buffer[] {
  const payers = sales.map(({ payer }) => ('card' in payer ? payer : null));
  const guessed = sales.map(({ payer }) => ('guessed' in payer ? payer.guessed : undefined));
  const bigints = (of: (sale: Sale) => bigint): Buffer => binaryArray('bigint', sales.map(of));
  const ints = (of: (sale: Sale) => number | null): Buffer => binaryArray('int', sales.map(of));
  const texts = (of: (sale: Sale) => string): Buffer => binaryArray('text', sales.map(of));
  const ofPayers = (of: (payer: Payer) => bigint): Buffer =>
    binaryArray(
      'bigint',
      payers.map((payer) => payer && of(payer)),
    );
  return [
    bigints(({ terminal }) => terminal),
    ints(({ keyGeneration }) => keyGeneration),
    binaryArray(
      'uuid',
      sales.map(({ orderNumber }) => orderNumber),
    ),
    binaryArray(
      'bytea',
      sales.map(({ hash }) => hash),
    ),
    bigints(({ sequence }) => BigInt(sequence)),
    texts(({ shortNumber }) => shortNumber),
    bigints(({ place }) => place),
    bigints(({ merchant }) => merchant),
    bigints(({ merchantAccount }) => merchantAccount),
    texts(({ purseKinds }) => purseKinds.join()),
    ints(({ holdSeconds }) => holdSeconds),
    ofPayers(({ card }) => card),
    ofPayers(({ credential }) => credential),
    ofPayers(({ counter }) => BigInt(counter)),
    binaryArray(
      'text',
      payers.map((payer) => payer && payer.name),
    ),
    bigints(({ amount }) => amount),
    binaryArray(
      'timestamptz',
      sales.map(({ occurredAt }) => occurredAt),
    ),
    binaryArray(
      'text',
      sales.map(({ payer }) => payer.refused ?? null),
    ),
    binaryArray(
      'int',
      payers.map((payer) => payer && payer.generation),
    ),
    binaryArray(
      'text',
      guessed.map((suspects) => suspects ?? null),
    ),
  ];
}

type Payer = Extract<Sale['payer'], { readonly card: bigint }>;
