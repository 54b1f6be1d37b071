/** What somebody with every right could do to what is kept of sessions. */
import type { Damage } from './damages.js';

const oneAtATime = 'a device runs for one student at a time';
const ownSale = 'every session has its own sale, and takes no more than that holds';
const asLeft = 'a session stands where its device left it';
const charged = 'a session that ended costs what its device said last, and its sale took it';

export const damagesOfSessions: readonly Damage[] = [
  {
    by: `update meters.session set began_at = began_at - interval '1 day' where ended_at is null`,
    breaks: [oneAtATime],
  },
  { by: `update meters.session set payment = payment + 1000000`, breaks: [ownSale] },
  { by: `update meters.session set amount = amount + 1`, breaks: [ownSale] },
  { by: `delete from meters.progress`, breaks: [asLeft] },
  {
    by: `update meters.session set last_reading = last_reading + 1 where ended_at is null`,
    breaks: [asLeft],
  },
  {
    by: `update meters.session set charged = charged + 1 where ended_at is not null`,
    breaks: [charged],
  },
  {
    by: `update meters.session set last_reading = last_reading * 2 where ended_at is not null`,
    breaks: [charged, asLeft],
  },
];
