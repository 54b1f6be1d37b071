/** What may be spent: in one sale, and in all sales of a meal, a day and a month. Fen and times; null is no limit. */
export type Limits = {
  readonly sale: bigint | null;
  readonly mealAmount: bigint | null;
  readonly mealCount: number | null;
  readonly dayAmount: bigint | null;
  readonly dayCount: number | null;
  readonly monthAmount: bigint | null;
  readonly monthCount: number | null;
};

/** The columns of `cards.card` and `cards.group_limit`, in the order of the fields. */
export const limitColumns = [
  'sale_limit',
  'meal_limit',
  'meal_count_limit',
  'day_limit',
  'day_count_limit',
  'month_limit',
  'month_count_limit',
] as const;

export type LimitsRow = Record<(typeof limitColumns)[number], string | number | null>;

const amountOf = (value: string | number | null): bigint | null =>
  value === null ? null : BigInt(value);
const countOf = (value: string | number | null): number | null =>
  value === null ? null : Number(value);

export const limitsOf = (row: LimitsRow): Limits => ({
  sale: amountOf(row.sale_limit),
  mealAmount: amountOf(row.meal_limit),
  mealCount: countOf(row.meal_count_limit),
  dayAmount: amountOf(row.day_limit),
  dayCount: countOf(row.day_count_limit),
  monthAmount: amountOf(row.month_limit),
  monthCount: countOf(row.month_count_limit),
});

/** In the order of `limitColumns`, as parameters of a query. */
export const limitParameters = (limits: Limits): (string | number | null)[] => [
  limits.sale?.toString() ?? null,
  limits.mealAmount?.toString() ?? null,
  limits.mealCount,
  limits.dayAmount?.toString() ?? null,
  limits.dayCount,
  limits.monthAmount?.toString() ?? null,
  limits.monthCount,
];
