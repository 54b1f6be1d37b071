import { checkDigit } from '@campus-paycode/paycode';
import { shortNumber } from '@campus-paycode/terminal-protocol';
import { must, mustEqual } from '../check.js';
import { mustSay } from './probe.js';
import type { ServiceCheck } from './service-world.js';

/** Sections 4 and 5: a sale, and how it is taken back. */
export const saleChecks: readonly ServiceCheck[] = [
  {
    rule: 'R20',
    title: 'tells what is no payment code from what is somebody else’s, and judges the rest itself',
    run: async ({ desk }) => {
      const scan = (code: string) => desk.post(desk.draft(code, 100));
      await desk.refused(scan('123'), 422, 'code_malformed');
      const foreign = ['134567890123456789', '281234567890123456', '6212345678901234567'];
      for (const code of foreign) await desk.refused(scan(code), 422, 'code_foreign');
      const digits = `${desk.settings?.codePrefix ?? '97'}00000000012345678`;
      const { status, body } = await scan(`${digits}${checkDigit(digits)}`);
      mustEqual(
        [status, body['verdict'], body['reason']],
        [200, 'declined', 'code_invalid'],
        'a code of nobody',
      );
      return 'malformed, foreign, and invalid';
    },
  },
  {
    rule: 'R22',
    title: 'shows the same short number as the terminal, and keeps its number for it alone',
    run: async (world) => {
      const { desk } = world;
      const { heard, orderNumber, body } = await world.sell();
      const expected = shortNumber(desk.settings?.code ?? '', desk.sequence);
      mustSay(heard, { orderNumber, shortNumber: expected, verdict: 'approved' });
      const other = world.terminal('entered', 1);
      await other.refused(other.find(orderNumber), 404, 'order_unknown');
      const stranger = await other.post({ body });
      must(stranger.text !== heard.text, 'another terminal was told of the sale');
      must(stranger.body['verdict'] !== 'approved', stranger.text);
      return expected;
    },
  },
  {
    rule: 'R23',
    title:
      'takes the scan of an hour ago like that of now, and no instrument that it does not know',
    run: async (world) => {
      const { desk } = world;
      const occurredAt = new Date(desk.now() - 3_600_000).toISOString();
      mustSay((await world.sell({ occurredAt })).heard, { verdict: 'approved' });
      const sale = desk.draft({ type: 'face', text: 'x' }, 100);
      const { status } = await desk.post(sale);
      must(status === 400 || status === 422, `an instrument that there is not: ${status}`);
      return 'approved; the unknown instrument is refused';
    },
  },
  {
    rule: 'R24',
    title: 'answers 200 whatever the verdict, and says all of it',
    run: async (world) => {
      const { desk } = world;
      const { heard } = await world.sell();
      mustSay(heard, { verdict: 'approved', reason: null, state: 'captured' });
      const { amount, captured, paymentId, cardholder, decidedAt, businessDate } = heard.body;
      mustEqual(captured, amount, 'captured');
      must(/^\d+$/.test(String(paymentId)), `paymentId ${JSON.stringify(paymentId)}`);
      must(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(decidedAt)), String(decidedAt));
      must(/^\d{4}-\d\d-\d\d$/.test(String(businessDate)), String(businessDate));
      const masked = (cardholder as { maskedName?: string } | null)?.maskedName ?? '';
      must(masked === '' || masked.includes('*'), masked);
      const declined = await desk.post(desk.draft(await world.code('insufficient'), world.price()));
      mustEqual(declined.status, 200, 'a decline');
      mustSay(declined, { verdict: 'declined', state: 'declined', captured: 0 });
      must(typeof declined.body['reason'] === 'string', declined.text);
      return `approved, and declined for ${String(declined.body['reason'])}`;
    },
  },
  {
    rule: 'R25',
    title: 'gives the same bytes the stored verdict with the state of now, and other bytes none',
    run: async (world) => {
      const { desk } = world;
      const sale = await world.sell();
      const again = await desk.post(sale);
      mustEqual(again.text, sale.heard.text, 'the same bytes');
      const other = { body: sale.body.replace(/"amount":\d+/, '"amount":1') };
      await desk.refused(desk.post(other), 409, 'order_number_reused');
      await desk.refused(desk.post({ body: ` ${sale.body}` }), 409, 'order_number_reused');
      await desk.reverse(sale.orderNumber);
      mustSay(await desk.post(sale), { verdict: 'approved', state: 'reversed' });
      const late = desk.draft(await world.code(), world.price());
      await desk.reverse(late.orderNumber);
      await desk.refused(desk.post(late), 409, 'order_number_reversed');
      return 'stored, reused, reversed';
    },
  },
  {
    rule: 'R26',
    title: 'sells once, however often and however fast the same bytes come',
    run: async (world) => {
      const { desk } = world;
      const draft = desk.draft(await world.code(), world.price());
      const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => desk.post(draft)));
      const sold = answers.filter(({ status }) => status === 200);
      const ids = new Set(sold.map(({ body }) => body['paymentId']));
      mustEqual([ids.size, sold.length > 0], [1, true], 'sales');
      const busy = answers.filter(({ status }) => status !== 200);
      must(
        busy.every(({ body }) => body['retryable'] === true),
        busy[0]?.text ?? '',
      );
      return `six at once, one payment ${String([...ids][0])}`;
    },
  },
  {
    rule: 'R28',
    title: 'shows a sale as it stands, and none where there is none',
    run: async (world) => {
      const { desk } = world;
      const sale = await world.sell();
      mustEqual((await desk.find(sale.orderNumber)).text, sale.heard.text, 'the sale');
      await desk.refused(desk.find(desk.number()), 404, 'order_unknown');
      const barred = desk.number();
      await desk.reverse(barred);
      await desk.refused(desk.find(barred), 409, 'order_number_reversed');
      return 'as sold, order_unknown, order_number_reversed';
    },
  },
  {
    rule: 'R30',
    title: 'takes the whole sale back',
    run: async (world) => {
      const { desk } = world;
      const { heard, orderNumber } = await world.sell();
      const back = await desk.reverse(orderNumber, 'device');
      const returned = heard.body['captured'];
      mustEqual(back.status, 200, 'the reversal');
      mustSay(back, { orderNumber, outcome: 'reversed', returned });
      mustSay(await desk.find(orderNumber), { state: 'reversed' });
      return `returned ${String(returned)}`;
    },
  },
  {
    rule: 'R31',
    title: 'acknowledges every reversal, and bars a number that it never saw',
    run: async (world) => {
      const { desk } = world;
      const { heard, orderNumber } = await world.sell();
      const returned = heard.body['captured'];
      const [first, second] = await Promise.all([1, 2].map(() => desk.reverse(orderNumber)));
      const outcomes = new Set([first?.body['outcome'], second?.body['outcome']]);
      must(outcomes.has('reversed') && outcomes.has('already_reversed'), [...outcomes].join(', '));
      mustSay(await desk.reverse(orderNumber), { outcome: 'already_reversed', returned });
      const declined = desk.draft(await world.code('insufficient'), world.price());
      await desk.post(declined);
      mustSay(await desk.reverse(declined.orderNumber), { outcome: 'was_declined', returned: 0 });
      const never = desk.number();
      for (const turn of [1, 2]) {
        const { body } = await desk.reverse(never);
        mustEqual([turn, body['outcome']], [turn, 'never_seen'], 'a number never seen');
      }
      const other = await world.sell();
      const stranger = world.terminal('entered', 1);
      mustSay(await stranger.reverse(other.orderNumber), { outcome: 'never_seen' });
      mustSay(await desk.find(other.orderNumber), { state: 'captured' });
      return 'reversed, already_reversed, was_declined, never_seen';
    },
  },
  {
    rule: 'R33',
    title: 'keeps a code used, also when its sale was taken back',
    run: async (world) => {
      const { desk } = world;
      const code = await world.code();
      const sale = desk.draft(code, world.price());
      mustSay(await desk.post(sale), { verdict: 'approved' });
      await desk.reverse(sale.orderNumber);
      const again = await desk.post(desk.draft(code, world.price()));
      mustSay(again, { verdict: 'declined', reason: 'code_used' });
      return 'code_used';
    },
  },
];
