/** A day was compared with the terminals and the bank. */
export const businessDayReconciled = 'business_day.reconciled';

export type BusinessDayReconciled = {
  /** `2026-11-22`, in campus time. */
  readonly date: string;
  /** Discrepancies that are open now. */
  readonly open: number;
};
