import type { SealHead } from '../../ledger/read-seal.js';
import { toWireAmount } from '../../money/amount.js';
import { netOf, type BusinessDay, type DayTotals } from '../read-business-day.js';
import type { TrialBalance } from '../read-trial-balance.js';
import type { SalesTotals, Total } from '../totals.js';
import type {
  BusinessDayResponse,
  DayTotalResponse,
  SalesTotalsResponse,
  SealOnSheetResponse,
  ShiftTotalsResponse,
  TotalResponse,
  TrialBalanceResponse,
} from './settlement.response.js';

const presentTotal = ({ count, amount }: Total): TotalResponse => ({
  count,
  amount: toWireAmount(amount),
});

export const presentSalesTotals = ({
  sales,
  reversals,
}: SalesTotals): Pick<SalesTotalsResponse, 'sales' | 'reversals'> => ({
  sales: presentTotal(sales),
  reversals: presentTotal(reversals),
});

/** Voids are told to terminals that tell them. */
export const presentShiftTotals = (totals: SalesTotals): ShiftTotalsResponse => ({
  ...presentSalesTotals(totals),
  ...(totals.voids === undefined ? {} : { voids: presentTotal(totals.voids) }),
});

type PresentedTotals = Pick<DayTotalResponse, 'sales' | 'reversals' | 'voids' | 'refunds' | 'net'>;

const presentDayTotals = (totals: DayTotals): PresentedTotals => ({
  ...presentSalesTotals(totals),
  voids: presentTotal(totals.voids),
  refunds: presentTotal(totals.refunds),
  net: toWireAmount(netOf(totals)),
});

export const presentBusinessDay = (day: BusinessDay): Omit<BusinessDayResponse, 'seal'> => ({
  date: day.date,
  state: day.closedAt === null ? 'open' : 'closed',
  closedAt: day.closedAt?.toISOString() ?? null,
  closedBy: day.closedBy?.toString() ?? null,
  beginsAt: day.beginsAt.toISOString(),
  endsAt: day.endsAt.toISOString(),
  merchants: day.merchants.map((merchant) => ({
    merchantId: merchant.merchant.toString(),
    name: merchant.name,
    ...presentDayTotals(merchant),
  })),
  total: presentDayTotals(day.total),
  openHolds: presentTotal(day.openHolds),
  afterClose: toWireAmount(day.afterClose),
});

export const presentSealHead = (head: SealHead | null): SealOnSheetResponse | null =>
  head && {
    block: head.block.toString(),
    total: head.total.toString(),
    hash: head.hash,
    sealedAt: head.sealedAt.toISOString(),
  };

export const presentTrialBalance = ({ lines, total }: TrialBalance): TrialBalanceResponse => ({
  lines: lines.map((line) => ({
    ...line,
    balance: toWireAmount(line.balance),
    held: toWireAmount(line.held),
  })),
  total: toWireAmount(total),
  balanced: total === 0n,
});
