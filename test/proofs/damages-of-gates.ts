/** What somebody with every right could do to what gates keep. */
import type { Damage } from './damages.js';

const insideOnce = 'nobody is inside a place twice at once';
const scanned = 'every visit has its scan, and every entry that was let in its visit';
const ownSale = 'every visit that costs something has its own sale, and costs what that took';
const passUses = 'a pass was used as often as its visits say, and by its own card';

const bought = 'every pass that a phone bought has its order and its approved payment';
const delivered = 'every order of a pass that was paid has its pass';
const signedOnce =
  "every signed code that moved somebody through a gate was its card's own, used up there, and moved nobody else";
const certificateMark = "a certificate's mark is the highest counter that was accepted";

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
  {
    by: `update gates.passage set card = card + 1 where certificate is not null`,
    breaks: [signedOnce],
  },
  {
    by: `update gates.passage set terminal = terminal + 1 where certificate is not null`,
    breaks: [signedOnce],
  },
  {
    by: `insert into gates.passage (order_no, terminal, hash, sequence, short_number, place, direction, verdict, state, card,
           certificate, counter, visit, amount, occurred_at, decided_at)
         select gen_random_uuid(), p.terminal, p.hash, p.sequence, p.short_number, p.place, p.direction, p.verdict, p.state,
           p.card, p.certificate, p.counter, p.visit, p.amount, p.occurred_at, p.decided_at
         from gates.passage p where p.certificate is not null`,
    breaks: [signedOnce],
  },
  {
    by: `delete from payment_codes.certificate_use where certificate in (select certificate from gates.passage)`,
    breaks: [signedOnce, certificateMark],
  },
];
