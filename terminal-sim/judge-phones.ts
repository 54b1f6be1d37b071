import type { BookedPayment } from './books.js';
import type { Fate } from './fates.js';
import type { Check } from './judge.js';
import type { PhoneLine } from './student-phone.js';

export type SeenByPhone = { readonly student: number; readonly lines: readonly PhoneLine[] };

const shown = 3;

/**
 * What the students' phones show, beside what the tills did: each paid sale stands there once, with what was taken, each
 * decline with its reason, and nobody sees a payment that is another's. Older lines than a screen asks for are not judged.
 */
export function judgePhones(
  fates: readonly Fate[],
  payments: readonly BookedPayment[],
  seen: readonly SeenByPhone[],
): Check[] {
  const orderOf = new Map(payments.map(({ id, orderNumber }) => [id, orderNumber]));
  const fateOf = new Map(fates.map((fate) => [fate.orderNumber, fate]));
  const idOf = new Map(payments.map(({ id, orderNumber }) => [orderNumber, id]));
  const differ: string[] = [];
  const strange: string[] = [];
  let compared = 0;
  const paidBy = groupByStudent(fates);
  for (const { student, lines } of seen) {
    const byId = new Map(lines.map((line) => [line.id, line]));
    for (const line of lines) {
      const fate = fateOf.get(orderOf.get(line.id) ?? '');
      if (fate !== undefined && fate.student !== student) strange.push(fate.orderNumber);
    }
    if (byId.size !== lines.length) strange.push(`student ${student}`);
    for (const fate of paidBy.get(student) ?? []) {
      compared += 1;
      const line = byId.get(idOf.get(fate.orderNumber) ?? '');
      if (!tellsTheSame(fate, line)) differ.push(fate.orderNumber);
    }
  }
  return [
    {
      name: `Till and phone agree on every sale (${compared})`,
      holds: differ.length === 0,
      detail: listed(differ),
    },
    {
      name: `No phone shows a sale of somebody else (${seen.length} phones)`,
      holds: strange.length === 0,
      detail: listed(strange),
    },
  ];
}

function tellsTheSame(fate: Fate, line: PhoneLine | undefined): boolean {
  switch (fate.outcome) {
    case 'approved':
      return line?.verdict === 'approved' && line.captured - line.returned === fate.captured;
    case 'declined':
      // A code that nobody could be found for is on nobody's phone.
      return line === undefined || (line.verdict === 'declined' && line.reason === fate.reason);
    case 'reversed':
      return line === undefined || line.captured - line.returned === 0;
    case 'refused':
      return line === undefined;
    case 'pending':
    case 'unknown':
      return true;
  }
}

function groupByStudent(fates: readonly Fate[]): Map<number, Fate[]> {
  const groups = new Map<number, Fate[]>();
  for (const fate of fates) groups.set(fate.student, [...(groups.get(fate.student) ?? []), fate]);
  return groups;
}

function listed(orders: readonly string[]): string {
  if (orders.length === 0) return '';
  const more = orders.length > shown ? ', ...' : '';
  return `${orders.length} differ: ${orders.slice(0, shown).join(', ')}${more}`;
}
