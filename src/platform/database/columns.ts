import type { ColumnOptions, ValueTransformer } from 'typeorm';

/** pg hands bigint over as text; the service works with bigint. Money and ids survive beyond 2^53. */
export const bigintTransformer: ValueTransformer = {
  from: (stored: string | null) => (stored === null ? null : BigInt(stored)),
  to: (value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
};

type BigintColumn = { type: 'bigint'; transformer: ValueTransformer };

/** A bigint column of a row class, also its key. */
export function bigintColumn(): BigintColumn;
export function bigintColumn(options: ColumnOptions): BigintColumn & ColumnOptions;
export function bigintColumn(options: ColumnOptions = {}): BigintColumn & ColumnOptions {
  return { ...options, type: 'bigint', transformer: bigintTransformer };
}
