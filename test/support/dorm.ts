/** A dorm with rooms and meters: its desk sells credit and brings readings, its office sets rooms. */
import { TerminalClient, type TerminalEvent } from '@campus-paycode/terminal-client';
import { expect } from '@jest/globals';
import { SetPaymentPin } from '../../src/cards/set-payment-pin.js';
import { RegisterTerminal } from '../../src/terminals/register-terminal.js';
import { ask, type Answer } from './ask.js';
import { givenColleague, type Colleague } from './given-office.js';
import { entered, type Given, type Student } from './given.js';
import type { TestService } from './service.js';
import type { TestTerminal } from './test-terminal.js';

const pin = '402917';

export type Room = { readonly id: string; readonly meter: string; readonly device: number };
type Fields = Record<string, unknown>;
type Order = { readonly orderNumber: string; readonly code: string; readonly amount: number };

export class Dorm {
  private rooms = 0;

  private constructor(
    private readonly service: TestService,
    /** An enrolled terminal that sells at an entered amount. */
    readonly desk: TestTerminal,
    private readonly place: string,
    readonly office: Colleague,
    private readonly cashiers: readonly [Colleague, Colleague],
  ) {}

  static async open(service: TestService, given: Given): Promise<Dorm> {
    const office = await givenColleague(service, 'dorm.office', ['administrator']);
    const cashiers: [Colleague, Colleague] = [
      await givenColleague(service, 'wang.li', ['cashier-office']),
      await givenColleague(service, 'li.na', ['cashier-office']),
    ];
    const desk = await given.terminal('dorm', entered);
    return new Dorm(service, desk, await placeIn(service, desk), office, cashiers);
  }

  placeOf(terminal: TestTerminal): Promise<string> {
    return placeIn(this.service, terminal);
  }

  meterOf(device: number, changes: Fields = {}): Fields {
    return {
      kind: 'electricity',
      placeId: this.place,
      meterNumber: device,
      networked: true,
      price: 55,
      per: 1_000,
      dailyMost: 50_000,
      warnBelow: 500,
      reading: 1_000,
      ...changes,
    };
  }

  /** A room with one meter, by default of electricity and with a network. */
  async room(residents: readonly Student[], changes: Fields = {}): Promise<Room> {
    this.rooms += 1;
    const device = 30_000 + this.rooms;
    const { status, body } = await this.office.put('rooms', {
      building: '三号楼',
      number: `4${String(this.rooms).padStart(2, '0')}`,
      residents: residents.map(({ cardNumber }) => cardNumber),
      meters: [this.meterOf(device, changes)],
    });
    expect([status, body.code]).toEqual([200, undefined]);
    const [meter] = body['meters'] as { meterId: string }[];
    return { id: String(body['roomId']), meter: meter?.meterId ?? '', device };
  }

  /** What a student's phone asks. */
  me({ phone }: Student, path: string, body?: Fields): Promise<Answer> {
    return ask(`${this.service.url}/v1/me/${path}`, {
      token: phone.signInToken,
      ...(body === undefined ? {} : { method: 'POST' as const, body }),
    });
  }

  order(who: Student, amount: number, orderNumber = this.desk.number()): Order {
    return { orderNumber, code: who.phone.next(), amount };
  }

  /** The phone's word about the sale that waits for it, by a PIN that it gets first. */
  async say({ cardholder, phone }: Student, word: 'confirm' | 'refuse'): Promise<void> {
    const { service } = this;
    await service.inTransaction((tx) => service.get(SetPaymentPin).give(tx, cardholder, pin));
    const [asked] = await phone.asked();
    if (asked === undefined) throw new Error('Nobody is asked.');
    await phone.answer(asked, phone.word(asked, word, pin));
  }

  /** A terminal that was registered and not enrolled yet, as the client library drives it. */
  async client(
    { id }: Pick<TestTerminal, 'id'>,
    onEvent: (event: TerminalEvent) => void,
  ): Promise<TerminalClient> {
    const { code } = await this.service.get(RegisterTerminal).issueEnrolmentCode(id);
    return TerminalClient.enrol({
      baseUrl: this.service.url,
      stateDir: null,
      serviceName: this.service.config.SERVICE_NAME,
      enrolmentCode: code,
      model: 'story',
      softwareVersion: '1',
      onEvent,
    });
  }

  /** Buys on the phone, and waits until it came. */
  async buy(who: Student, { meter }: Room, amount: number): Promise<Answer> {
    const bought = await this.me(who, `meters/${meter}/credits`, this.order(who, amount));
    expect([bought.status, bought.body['verdict']]).toEqual([200, 'approved']);
    await this.service.relayAll();
    return bought;
  }

  /** What the room's meter has, as a room-mate sees it. */
  async seen(who: Student, { meter }: Room): Promise<Fields> {
    const { body } = await this.me(who, 'rooms');
    const rooms = body['rooms'] as { meters: Fields[] }[];
    return rooms.flatMap(({ meters }) => meters).find(({ meterId }) => meterId === meter) ?? {};
  }

  async creditOf(who: Student, where: Room): Promise<unknown> {
    return (await this.seen(who, where))['credit'];
  }

  async statement(who: Student, { meter }: Room): Promise<Fields[]> {
    const { body } = await this.me(who, `meters/${meter}/statement`);
    return body['lines'] as Fields[];
  }

  now(): string {
    return this.service.clock.now().toISOString();
  }

  async bring(
    { device }: Pick<Room, 'device'>,
    reading: number,
    takenAt = this.now(),
    by = this.desk,
  ): Promise<Fields> {
    const { body } = await by.send('POST', '/v1/meter-readings', {
      readings: [{ meterNumber: device, reading, takenAt }],
    });
    return (body['readings'] as Fields[])[0] ?? {};
  }

  /** A reading of some time later. */
  async use(where: Pick<Room, 'device'>, reading: number): Promise<Fields> {
    await this.service.passTime(60);
    return this.bring(where, reading);
  }

  async refund(payment: unknown, amount: number): Promise<void> {
    const [maker, checker] = this.cashiers;
    const { body } = await maker.post('refunds', {
      refundNumber: this.desk.number(),
      paymentId: payment,
      amount,
      reason: 'moved out',
    });
    const consent = await checker.post(`approvals/${String(body['approvalId'])}/consent`);
    expect(consent.status).toBe(200);
    await this.service.relayAll();
    await this.service.runJob('carry-out-refunds');
    await this.service.relayAll();
  }

  async warningsOf(who: Student): Promise<number> {
    const { body } = await this.me(who, 'inbox?limit=50');
    const messages = body['messages'] as { kind: string }[];
    return messages.filter(({ kind }) => kind === 'credit-low').length;
  }
}

async function placeIn({ owner }: TestService, { id }: TestTerminal): Promise<string> {
  const { rows } = await owner.query<{ place: string }>(
    'select place from terminals.terminal where id = $1',
    [id.toString()],
  );
  return rows[0]?.place ?? '';
}
