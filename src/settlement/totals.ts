/** How many and how much; amounts in fen. */
export type Total = { readonly count: number; readonly amount: bigint };

/** What was sold and what was given back. */
export type SalesTotals = {
  readonly sales: Total;
  readonly reversals: Total;
  /** What cashiers took back; undefined where it is among the reversals. */
  readonly voids?: Total | undefined;
};

/** The columns in which the database counts them. */
export type TotalsRow = {
  sales_count: number;
  sales_amount: string;
  reversals_count: number;
  reversals_amount: string;
  voids_count: number | null;
  voids_amount: string | null;
};

export const toSalesTotals = (row: TotalsRow): SalesTotals => ({
  sales: { count: row.sales_count, amount: BigInt(row.sales_amount) },
  reversals: { count: row.reversals_count, amount: BigInt(row.reversals_amount) },
  ...(row.voids_count === null
    ? {}
    : { voids: { count: row.voids_count, amount: BigInt(row.voids_amount ?? 0) } }),
});

export const isSameTotal = (a: Total | undefined, b: Total | undefined): boolean =>
  a?.count === b?.count && a?.amount === b?.amount;

export const addTotals = (a: Total, b: Total): Total => ({
  count: a.count + b.count,
  amount: a.amount + b.amount,
});
