import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** pg hands bigint over as text; the service works with bigint. Money and ids survive beyond 2^53. */
export const bigintTransformer: ValueTransformer = {
  from: (stored: string | null) => (stored === null ? null : BigInt(stored)),
  to: (value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
};

/** A bigint column of a row class, also its key. */
export const bigintColumn = <Options extends ColumnOptions = Record<never, never>>(
  options?: Options,
): { type: 'bigint'; transformer: ValueTransformer } & Options => ({
  type: 'bigint',
  transformer: bigintTransformer,
  ...(options as Options),
});
