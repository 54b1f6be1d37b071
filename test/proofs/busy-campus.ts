/** A campus on which everything has happened once: what a payment can become, money that came in, and a day that was closed. */
import { createHash, randomBytes } from 'node:crypto';
import { SettleOwed } from '../../src/offline-sales/settle-owed.js';
import { SellPass } from '../../src/gates/sell-pass.js';
import { FindPayments } from '../../src/payments/find-payments.js';
import type { Payment } from '../../src/payments/payment.js';
import { IssuePlastic } from '../../src/static-credentials/issue-plastic.js';
import { CloseBusinessDay } from '../../src/settlement/close-business-day.js';
import { givenColleague } from '../support/given-office.js';
import { GivenSales } from '../support/given-sales.js';
import { entered, Given, metered } from '../support/given.js';
import { OfflineCampus } from '../support/offline-campus.js';
import { startService, type TestService } from '../support/service.js';

export type BusyCampus = {
  readonly service: TestService;
  /** By what became of them; `open` is captured in part and still held. */
  readonly payments: Readonly<
    Record<
      | 'sale'
      | 'other'
      | 'declined'
      | 'taken_back'
      | 'refunded'
      | 'metered'
      | 'open'
      | 'expired'
      | 'confirmed'
      | 'unconfirmed'
      | 'pending'
      | 'unplugged'
      | 'owing',
      Payment
    >
  >;
};

export async function startBusyCampus(): Promise<BusyCampus> {
  const service = await startService();
  const office = await givenColleague(service, 'wang.li', ['administrator']);
  const given = new Given(service);
  // Before any of the sales below: their phones have no seeds that a scan could be looked up by.
  await goThroughGate(service, given);
  await useDevice(given);
  await liveInRoom(service, given);
  const sales = new GivenSales(service);
  const merchant = await sales.merchant('Noodles');
  const till = await sales.till(merchant, 'C1');
  const washer = await sales.till(merchant, 'D1', metered);

  const expired = await washer.sell(500n);
  await service.passTime(1_000);
  await service.runJob('end-expired-holds');
  const part = await washer.sell(500n);
  await washer.capture(part, 200n);
  const open = await washer.sell(500n);
  await washer.capture(open, 100n, false);
  const sale = await till.sell(1_250n);
  const other = await till.sell(900n);
  const declined = await till.sellInVain(300n);
  const takenBack = await till.sell(400n);
  await till.reverse(takenBack);
  await till.void(await till.sell(450n));
  const refunded = await till.sell(600n);
  await refund(service, refunded, 250n);
  const confirmed = await askedAbout(service, () => till.sell(800n), 'confirmed');
  const unconfirmed = await askedAbout(service, () => till.sell(700n), 'refused');
  const pending = await askedAbout(service, () => till.sell(500n));
  await fundBySale(service, sale);
  // A phone that could pay at a terminal without a network.
  await (await given.student(10_000n)).phone.prepareOffline();
  await payWithoutPhone(service, given);
  const { unplugged, owing } = await sellWithoutNetwork(service, given);
  await service.get(CloseBusinessDay).close(sale.businessDate, office.id);

  return {
    service,
    payments: {
      sale,
      other,
      declined,
      taken_back: takenBack,
      refunded,
      metered: part,
      open,
      expired,
      confirmed,
      unconfirmed,
      pending,
      unplugged,
      owing,
    },
  };
}

/** One sale that was paid, one that was owed and paid in part since, and a code that came twice and the house bore. */
async function sellWithoutNetwork(
  service: TestService,
  given: Given,
): Promise<{ unplugged: Payment; owing: Payment }> {
  // Its till code is not one of the tills that are there.
  await given.gym();
  const campus = await OfflineCampus.on(service, given);
  const [till, other] = [await campus.till(), await campus.till()];
  const rich = await campus.student(10_000n);
  const code = rich.phone.signedQr();
  const unplugged = await till.sell(code, 1_250);
  await campus.say(other, await other.sell(code, 1_100), 'release');
  const poor = await campus.student(1_000n);
  const owing = await till.sell(poor.phone.signedQr(), 3_000);
  await campus.given.fund(poor.card, 500n);
  await service.inTransaction((tx) => service.get(SettleOwed).settle(tx, poor.card));
  const find = (order: string | null): Promise<Payment> =>
    service.get(FindPayments).byOrderNumber(till.terminal.id, String(order));
  return {
    unplugged: await find(unplugged.orderNumber),
    owing: await find(owing.orderNumber),
  };
}

/** Somebody paid once by a plastic card and once by number and PIN. */
async function payWithoutPhone(service: TestService, given: Given): Promise<void> {
  const till = await given.canteen();
  const { card } = await given.student(10_000n);
  const [number, token] = ['P000001', randomBytes(32)];
  const hash = createHash('sha256').update(token).digest();
  await service.get(IssuePlastic).issue(card, { printed: number, chip: '04A3B2C1' });
  await service.owner.query(
    `insert into static_credentials.pin_check (hash, card, terminal, made_at, expires_at)
     select $1::bytea, $2::bigint, $3::bigint, n.now, n.now + interval '1 minute' from platform.now() n (now)`,
    [hash, card.toString(), till.id.toString()],
  );
  for (const instrument of [
    { type: 'plastic', number },
    { type: 'number_pin', token: token.toString('base64url') },
  ]) {
    const answer = await till.post(till.draft('', 1_000 + instrument.type.length, { instrument }));
    if (answer.body['verdict'] === 'declined') throw new Error(answer.text);
  }
}

/** Somebody paid for an entry, left by a code that the phone signed, and is inside again by a pass. */
async function goThroughGate(service: TestService, given: Given): Promise<void> {
  const gate = await given.gym();
  const { card, cardholder, phone } = await given.student(1_000n);
  const place = `(select t.place from terminals.terminal t where t.id = ${gate.id})`;
  await service.owner.query(`select gates.set_gate(
    jsonb_build_object('place', ${place}, 'passback', 'hard', 'opens', '00:00', 'closes', '24:00', 'has_sensor', false,
      'forgotten_amount', 0),
    '[{"group_code": "student", "from_time": "00:00", "until_time": "24:00", "charge": "entry", "amount": 300}]')`);
  const scan = async (direction: string, instrument?: object): Promise<void> => {
    const signed = instrument === undefined ? {} : { instrument };
    const code = instrument === undefined ? phone.next() : '';
    const { body } = gate.draft(code, undefined, { direction, ...signed });
    const answer = await gate.send('POST', '/v1/passages', body);
    if (answer.body['state'] !== 'passed') throw new Error(answer.text);
  };
  await scan('entry');
  await phone.prepareOffline();
  await scan('exit', { type: 'signed_qr', text: phone.signedQr() });
  await service.owner
    .query(`select gates.give_pass(jsonb_build_object('card', ${card}, 'cardholder', ${cardholder},
    'places', jsonb_build_array(${place}), 'first_day', '2020-01-01', 'last_day', '2099-12-31', 'from_time', '00:00',
    'until_time', '24:00', 'given_by', 1))`);
  await scan('entry');
  const { rows } = await service.owner.query<{ offer: string }>(`select gates.offer_pass(
    jsonb_build_object('place', ${place}, 'name_zh', '月卡', 'name_en', 'Month', 'places', jsonb_build_array(${place}),
      'groups', jsonb_build_array('student'), 'days', 30, 'from_time', '00:00', 'until_time', '24:00', 'amount', 100,
      'offered_by', 1)) as offer`);
  const sold = await service.get(SellPass).sell({
    cardholder,
    orderNumber: gate.number(),
    code: phone.next(),
    offer: BigInt(rows[0]?.offer ?? 0),
  });
  if (sold.verdict !== 'approved') throw new Error(`The pass is ${sold.verdict}.`);
  await service.relayAll();
}

/** Somebody took a shower, and somebody else is taking one there. */
async function useDevice(given: Given): Promise<void> {
  const shower = await given.dorm();
  const use = async (reading: number, final: boolean): Promise<void> => {
    const { phone } = await given.student(1_000n);
    const { orderNumber, body } = shower.draft(phone.next());
    await shower.send('POST', '/v1/sessions', body);
    const said = await shower.send('POST', `/v1/sessions/${orderNumber}/progress`, {
      progressNumber: shower.number(),
      sequence: 1,
      reading,
      final,
      occurredAt: '2026-11-22T04:00:00.000Z',
    });
    if (said.body['outcome'] !== 'noted') throw new Error(said.text);
  };
  await use(27_400, true);
  await use(10_000, false);
}

/** Somebody bought credit for two meters, gave some of it back, used some, and had a meter without a network replaced. */
async function liveInRoom(service: TestService, given: Given): Promise<void> {
  const desk = await given.terminal('dorm', entered);
  const { phone, cardNumber } = await given.student(5_000n);
  const meter = { networked: true, price: 55, per: 1_000, daily_most: 50_000, warn_below: 500 };
  const meters = [
    { ...meter, kind: 'electricity', device: 101, reading: 1_000 },
    { ...meter, kind: 'water', device: 102, reading: 50, networked: false },
  ];
  await service.owner.query(
    `select meters.set_room(jsonb_build_object('building', 'A', 'number', '1', 'residents', jsonb_build_array($1::text),
       'meters', (select jsonb_agg(m || jsonb_build_object('place', t.place)) from jsonb_array_elements($2::jsonb) m)), 1)
     from terminals.terminal t where t.id = $3`,
    [cardNumber, JSON.stringify(meters), desk.id.toString()],
  );
  const buy = async (meterNumber: number, amount: number): Promise<string> => {
    const draft = desk.draft(phone.next(), amount);
    const { orderNumber } = draft;
    await desk.send('POST', '/v1/room-credits', { orderNumber, meterNumber });
    const { body } = await desk.post(draft);
    await service.owner.query('select meters.deliver($1)', [body['paymentId']]);
    return orderNumber;
  };
  await buy(101, 1_000);
  const back = await buy(101, 700);
  await desk.reverse(back);
  await service.owner.query(
    'select meters.take_back(p.payment) from meters.purchase p where p.order_no = $1',
    [back],
  );
  await buy(102, 550);
  await service.passTime(60);
  await service.owner.query(
    `select meters.take_reading(jsonb_build_object('staff', 1, 'device', 101, 'value', 3010, 'is_sure', false,
       'taken_at', platform.now()))`,
  );
  await service.owner.query(
    `select meters.replace_meter(jsonb_build_object('meter', m.id, 'device', 103, 'last_reading', 4050, 'first_reading', 0,
       'units_left', 6000, 'staff', 1)) from meters.meter m where m.device = 102`,
  );
}

/** A sale that is above what passes without a word, and the word, if any. */
async function askedAbout(
  service: TestService,
  sell: () => Promise<Payment>,
  word?: 'confirmed' | 'refused',
): Promise<Payment> {
  const above = (amount: string): string => `update cards.group_limit set asks_above = ${amount}`;
  await service.owner.query(above('1'));
  const payment = await sell();
  await service.owner.query(above('null'));
  if (word !== undefined)
    await service.owner.query(
      'select payments.give_word(p.id, $2, p.credential, null) from payments.payment p where p.id = $1',
      [payment.id.toString(), word],
    );
  return payment;
}

/** As if two people had agreed on it. */
async function refund(service: TestService, { id }: Payment, amount: bigint): Promise<void> {
  await service.owner.query(`
    do $$
    declare
      v_refund bigint;
    begin
      select r.refund into v_refund from payments.propose_refund(gen_random_uuid(), ${id}, ${amount}, 'cold', 1) r;
      perform payments.set_refund_approval(v_refund, 1);
      perform payments.decide_refund(v_refund, 1, 2, 'accepted');
      perform payments.carry_out_refund(v_refund);
    end $$`);
}

/** What a bank and a file brought: one collection and one line, as the modules leave them. */
async function fundBySale(service: TestService, { id }: Payment): Promise<void> {
  await service.owner.query(`
    with p as (select * from payments.payment where id = ${id}),
    e as (
      select p.*, a.id as purse, ledger.open_account(0, 'bank', null, false) as bank,
        ledger.open_account(0, 'subsidy-expense', null, false) as expense
      from p join ledger.account a on a.owner = p.card and a.kind = 'cash'
    ), agreement as (
      insert into bank.agreement (owner, number, holder_name, account_tail, status)
      select card, gen_random_uuid(), 'Z', '1234', 'active' from p returning id
    ), instruction as (
      insert into bank.instruction (number, kind, agreement, amount, purpose, state, resolved_at, booked_at)
      select gen_random_uuid(), 'debit', agreement.id, p.amount, 'x', 'succeeded', platform.now(), platform.now()
      from agreement, p returning id
    ), collection as (
      insert into funding.collection (card, cardholder, payment, entry, spent, amount, instruction, state,
        posted_entry, resolved_at)
      select e.card, e.cardholder, e.id, e.entry, e.amount, e.amount, instruction.id, 'succeeded',
        ledger.record('collection', array[e.bank, e.purse], array[-e.amount, e.amount], '{}'), platform.now()
      from e, instruction
    ), import as (
      insert into funding.import (kind, purse, batch_number, sha256, lines, amount, state, maker, checker, posted_at)
      values ('top-up', 'cash', 'B-1', 'x', 1, 700, 'posted', 1, 2, platform.now()) returning id
    )
    insert into funding.import_line (import, line, card, cardholder, amount, entry, posted_at)
    select import.id, 1, e.card, e.cardholder, 700,
      ledger.record('top-up', array[e.expense, e.purse], array[-700, 700], '{}'), platform.now()
    from e, import`);
}
