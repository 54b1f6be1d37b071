/** What somebody with every right could do to what is kept of sales without a phone. */
import type { Damage } from './damages.js';

const ownCredential =
  "every static sale is a payment of the card whose credential it was, and no phone's";
const bound = 'static credentials of a card never pay more than 500 yuan a day';

export const damagesOfStaticCredentials: readonly Damage[] = [
  { by: `update payments.static_sale set plastic = plastic + 1`, breaks: [ownCredential] },
  {
    by: `update static_credentials.pin_check set order_no = null where order_no is not null`,
    breaks: [ownCredential],
  },
  {
    by: `update static_credentials.pin_check set terminal = terminal + 1`,
    breaks: [ownCredential],
  },
  { by: `update static_credentials.plastic set card = card + 1`, breaks: [ownCredential] },
  {
    by: `insert into payments.static_sale (payment, decided_at, card, business_date, instrument, plastic)
         select s.id, s.decided_at, s.card, s.business_date, 'plastic', 1 from sale s`,
    breaks: [ownCredential],
  },
  {
    by: `update payments.payment p set amount = 50001, captured = 50001 from payments.static_sale s
         where p.id = s.payment and s.instrument = 'plastic'`,
    breaks: [
      bound,
      // Nobody changes an amount unseen.
      'a closed day came to what moved in it',
      'an approved sale without a hold has one entry of its amount, a declined one none',
      'what a card counts in its day, month and meal is what its payments say',
      'what moved for each merchant is what the books say',
    ],
  },
];
