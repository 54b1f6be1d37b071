/** What somebody with every right could do to what gates keep. */
import type { Damage } from './damages.js';

const insideOnce = 'nobody is inside a place twice at once';
const scanned = 'every visit has its scan, and every entry that was let in its visit';
const ownSale = 'every visit that costs something has its own sale, and costs what that took';
const passUses = 'a pass was used as often as its visits say, and by its own card';

const bought = 'every pass that a phone bought has its order and its approved payment';
const delivered = 'every order of a pass that was paid has its pass';

export const damagesOfGates: readonly Damage[] = [
  {
    by: `update gates.visit set entered_at = entered_at - interval '1 day' where ended_at is null`,
    breaks: [insideOnce],
  },
  { by: `delete from gates.passage where direction = 'entry'`, breaks: [scanned] },
  { by: `update gates.passage set visit = null where direction = 'entry'`, breaks: [scanned] },
  { by: `update gates.visit set charged = 0 where ended_at is not null`, breaks: [ownSale] },
  {
    by: `update gates.visit set payment = payment + 1 where payment is not null`,
    breaks: [ownSale],
  },
  { by: `update gates.pass set used = used + 1`, breaks: [passUses] },
  { by: `update gates.pass set forgotten = used where used > 0`, breaks: [passUses] },
  {
    by: `update gates.visit set state = 'void', ended_at = platform.now(), end_reason = 'lapsed'
         where pass is not null`,
    breaks: [passUses],
  },
  { by: `update gates.pass_order set amount = amount + 1`, breaks: [bought] },
  { by: `update gates.pass_order set hash = '\\x00'`, breaks: [bought] },
  { by: `update gates.pass_order set pass = null`, breaks: [delivered, bought] },
];
