/** What somebody with every right could do to what meters keep of credit. */
import type { Damage } from './damages.js';

const linesAddUp = 'what a meter has is what its lines add up to, one after the other';
const paidFor = 'credit that was bought has its payment, and is what that took less what went back';
const purchaseLines = 'every purchase has its lines, and they say what came and what went back';
const readingCosts =
  'every reading costs what was used since the one before, at its price, and has its line';
const ticketTotals =
  'every ticket says the total of its device, and took from the credit what it cost';

export const damagesOfMeters: readonly Damage[] = [
  { by: `update meters.meter set credit = credit + 1`, breaks: [linesAddUp] },
  {
    by: `update meters.movement set credit = credit + 1 where kind = 'reading'`,
    breaks: [linesAddUp],
  },
  {
    by: `update meters.purchase set payment = -payment where payment is not null`,
    breaks: [paidFor],
  },
  {
    by: `update meters.purchase set credited = credited + 100 where payment is not null`,
    breaks: [paidFor, purchaseLines],
  },
  {
    by: `update meters.purchase set taken_back = 1 where payment is not null and taken_back = 0`,
    breaks: [paidFor, purchaseLines],
  },
  {
    by: `update meters.purchase set taken_back = taken_back - 1, lost = lost + 1 where taken_back > 0`,
    breaks: [purchaseLines],
  },
  {
    by: `update meters.reading set value = value + 1 where source = 'first' and device = 101`,
    breaks: [readingCosts],
  },
  {
    by: `update meters.reading set charges = false, charged = 0, rest = 0 where charges`,
    breaks: [readingCosts],
  },
  {
    by: `update meters.movement set reading = (select min(r.id) from meters.reading r) where kind = 'moved'`,
    breaks: [readingCosts],
  },
  { by: `update meters.ticket set total = total + 1 where number = 1`, breaks: [ticketTotals] },
  { by: `update meters.ticket set amount = amount + 1`, breaks: [ticketTotals] },
];
