import type { Damage } from './damages.js';

export const voids =
  'what a void gave back is what its sale says, and every sale that a cashier took back has one void';
const once = 'a sale is voided once';
const numbers = 'the number of a void is that of no sale';

/** What could be done to what cashiers took back. */
export const damagesOfVoids: readonly Damage[] = [
  { by: `update settlement.void set returned = returned - 1`, breaks: [voids] },
  { by: `delete from settlement.void`, breaks: [voids] },
  {
    by: `update payments.reversal set reason = 'void' where payment = (select id from taken_back)`,
    breaks: [voids, 'a closed day came to what moved in it'],
  },
  {
    by: `insert into settlement.void select terminal, gen_random_uuid(), order_no, payment, hash, outcome, returned,
           supervisor, cashier, voided_at from settlement.void`,
    breaks: [once, numbers],
  },
  {
    by: `delete from payments.order_number where order_no in (select number from settlement.void)`,
    breaks: [numbers],
  },
];
