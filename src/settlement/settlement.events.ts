/** A business day was closed for good: its totals by merchant stand. */
export const businessDayClosed = 'business_day.closed';

export type BusinessDayClosed = {
  /** `2026-11-22`, in campus time. */
  readonly date: string;
};
