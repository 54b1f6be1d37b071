import { toWireAmount } from '../../money/amount.js';
import type { BusinessDay } from '../read-business-day.js';
import type { TrialBalance } from '../read-trial-balance.js';
import { netOf, type SalesTotals, type Total } from '../totals.js';
import type {
  BusinessDayResponse,
  SalesTotalsResponse,
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

export const presentBusinessDay = (day: BusinessDay): BusinessDayResponse => ({
  date: day.date,
  state: day.closedAt === null ? 'open' : 'closed',
  closedAt: day.closedAt?.toISOString() ?? null,
  closedBy: day.closedBy?.toString() ?? null,
  beginsAt: day.beginsAt.toISOString(),
  endsAt: day.endsAt.toISOString(),
  merchants: day.merchants.map((merchant) => ({
    merchantId: merchant.merchant.toString(),
    name: merchant.name,
    ...presentSalesTotals(merchant),
    net: toWireAmount(netOf(merchant)),
  })),
  total: { ...presentSalesTotals(day.total), net: toWireAmount(netOf(day.total)) },
  openHolds: presentTotal(day.openHolds),
  afterClose: toWireAmount(day.afterClose),
});

export const presentTrialBalance = ({ lines, total }: TrialBalance): TrialBalanceResponse => ({
  lines: lines.map((line) => ({
    ...line,
    balance: toWireAmount(line.balance),
    held: toWireAmount(line.held),
  })),
  total: toWireAmount(total),
  balanced: total === 0n,
});
