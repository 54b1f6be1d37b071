import type { LocalText } from '../shared/language.js';
import { formatYuan } from '../shared/money.js';

export type Tally = { readonly count: number; readonly amount: number };
export type Tallies = Readonly<Record<string, Tally | undefined>>;

const KINDS: readonly { readonly name: string; readonly label: LocalText }[] = [
  { name: 'sales', label: { zh: '收款', en: 'Sales' } },
  { name: 'voids', label: { zh: '撤销', en: 'Voids' } },
  { name: 'reversals', label: { zh: '自动退回', en: 'Taken back by itself' } },
];

export type ShiftRow = {
  readonly name: string;
  readonly label: LocalText;
  readonly till: Tally;
  readonly service: Tally;
  /** What differs, in words; null where nothing does. */
  readonly difference: LocalText | null;
};

const NONE: Tally = { count: 0, amount: 0 };

/** The till's count beside the service's, one row for each kind that either of them has. */
export function compareShift(till: Tallies, service: Tallies): readonly ShiftRow[] {
  return KINDS.filter(({ name }) => till[name] !== undefined || service[name] !== undefined).map(
    ({ name, label }) => {
      const [mine, theirs] = [till[name] ?? NONE, service[name] ?? NONE];
      return { name, label, till: mine, service: theirs, difference: differ(mine, theirs) };
    },
  );
}

function differ(till: Tally, service: Tally): LocalText | null {
  const count = service.count - till.count;
  const amount = service.amount - till.amount;
  if (count === 0 && amount === 0) return null;
  const money = formatYuan(Math.abs(amount));
  if (count === 0) {
    return amount > 0
      ? { zh: `笔数相同，系统多 ${money}`, en: `As many, but the service has ${money} more` }
      : { zh: `笔数相同，系统少 ${money}`, en: `As many, but the service has ${money} less` };
  }
  const many = Math.abs(count);
  const signed = formatYuan(amount);
  return count > 0
    ? {
        zh: `系统多 ${many} 笔（金额差 ${signed}）`,
        en: `The service has ${many} more (${signed})`,
      }
    : {
        zh: `系统少 ${many} 笔（金额差 ${signed}）`,
        en: `The service has ${many} fewer (${signed})`,
      };
}
