/** What the reference client does at a gate, at a device, and where somebody types, behind the screen of a candidate. */
import {
  TerminalProblem,
  type PassResult,
  type TerminalClient,
} from '@campus-paycode/terminal-client';
import type { Instrument, InstrumentType, LocalText } from '@campus-paycode/terminal-protocol';
import type { Action, Screen } from './candidate.js';

type Around = {
  readonly client: () => TerminalClient;
  readonly after: (millis: number, action: () => void) => () => void;
  readonly show: (screen: Partial<Screen>) => void;
  readonly lastSale: () => string;
};

type Further = Exclude<Action, { do: Plain }>;
type Plain =
  'scan' | 'reboot' | 'use' | 'capture' | 'confirm' | 'close_shift' | 'rotate_key' | 'enrol';

const REPORT_MILLIS = 30_000;
export const wordsOf = ({ zh, en }: LocalText): string => `${zh} ${en}`;

export class ReferenceMachine {
  /** What the meter has counted of this session; it goes on counting through a loss of power. */
  meter = 0;
  private giving: string | null = null;
  private opened: string | null = null;

  constructor(private readonly around: Around) {}

  private get client(): TerminalClient {
    return this.around.client();
  }

  act(action: Further): void {
    this.begin(action).catch((error: unknown) => {
      const isProblem = error instanceof TerminalProblem;
      const text = isProblem ? wordsOf(error.problem.message) : '没有回音，请再来一次 Once more';
      this.around.show({ says: 'problem', text });
    });
  }

  /** With what is on the disk, the gate is shut and the valve closed. */
  rebooted(): void {
    this.giving = null;
    this.opened = null;
    for (const { orderNumber, ending } of this.client.sessions.running()) {
      if (!ending) this.say(orderNumber, true).catch(() => {});
    }
  }

  /** A sale was approved: of a session, when the client says so. @returns whether the device gives */
  gives(orderNumber: string): boolean {
    const isSession = this.client.sessions
      .running()
      .some((running) => running.orderNumber === orderNumber);
    if (!isSession) return false;
    this.giving = orderNumber;
    this.meter = 0;
    this.reportLater(orderNumber);
    return true;
  }

  private async begin(action: Further): Promise<void> {
    const { client } = this;
    switch (action.do) {
      case 'plastic':
        return this.sell('plastic', action.amount, () =>
          Promise.resolve({ type: 'plastic', number: action.number }),
        );
      case 'type_pin': {
        const { number, pin } = action;
        return this.sell('number_pin', action.amount, async () => {
          return (await client.checkPin({ number, pin })).instrument;
        });
      }
      case 'void':
        return this.void(action);
      case 'open_shift':
        await client.openShift({ cashier: action.cashier });
        return;
      case 'pass':
        return this.showPass(await client.pass(action));
      case 'walk':
        if (this.opened !== null) await client.gate.passed(this.opened);
        return;
      case 'start': {
        const { code, programme } = action;
        await client.sessions.start({ code, ...(programme === undefined ? {} : { programme }) });
        return;
      }
      case 'credit':
        return this.sellCredit(action);
      case 'read': {
        const { meterNumber, reading, takenAt } = action;
        return client.readings.send([{ meterNumber, reading, takenAt }]);
      }
      case 'finish':
        this.finish();
    }
  }

  private async sell(
    type: InstrumentType,
    amount: number | undefined,
    read: () => Promise<Instrument>,
  ): Promise<void> {
    const { client, around } = this;
    if (client.settings().instruments?.includes(type) !== true) {
      around.show({ says: 'problem', text: '请使用手机付款码 Please use the code on the phone' });
      return;
    }
    const instrument = await read();
    await client.sell({ instrument, ...(amount === undefined ? {} : { amount }) });
  }

  private async sellCredit(wish: Extract<Action, { do: 'credit' }>): Promise<void> {
    const { rooms } = this.client;
    const { meterNumber, code, amount } = wish;
    const { orderNumber } = await rooms.order({ meterNumber });
    const { outcome } = await rooms.sell({ orderNumber, code, amount });
    if (outcome !== 'approved') return;
    const isThere = (await rooms.delivered(orderNumber)) !== null;
    // Meanwhile somebody else may have begun.
    if (this.around.lastSale() !== orderNumber) return;
    if (isThere) this.around.show({ says: 'delivered', text: '已到账 It is at the meter' });
    else this.around.show({ says: 'on_its_way', text: '稍后到账 It is on its way' });
  }

  private async void({ supervisor, pin }: { supervisor: string; pin: string }): Promise<void> {
    const { client } = this;
    const orderNumber = this.around.lastSale();
    try {
      await client.void({ orderNumber });
    } catch (error) {
      const isAsked =
        error instanceof TerminalProblem && error.problem.code === 'supervision_needed';
      if (!isAsked) throw error;
      const { supervision } = await client.supervise({ supervisor, pin });
      await client.void({ orderNumber, supervision });
    }
  }

  private showPass(result: PassResult): void {
    const { show } = this.around;
    const { shortNumber } = result;
    if (result.outcome === 'open') {
      this.opened = result.orderNumber;
      show({ says: 'gate_open', shortNumber, text: wordsOf(result.answer.message) });
      const shut = () => {
        this.opened = null;
        show({ says: 'ready', text: '' });
      };
      if (result.awaitsSensor) result.ended.then(shut, () => {});
    } else if (result.outcome === 'declined') {
      show({ says: 'declined', shortNumber, text: wordsOf(result.answer.message) });
    } else if (result.outcome === 'problem') {
      show({ says: 'problem', shortNumber, text: wordsOf(result.problem.message) });
    } else show({ says: 'not_confirmed', shortNumber, text: '请再扫一次 Please scan again' });
  }

  private reportLater(orderNumber: string): void {
    this.around.after(REPORT_MILLIS, () => {
      if (this.giving !== orderNumber) return;
      this.say(orderNumber, false).catch(() => {});
      this.reportLater(orderNumber);
    });
  }

  private finish(): void {
    const { giving } = this;
    if (giving === null) return;
    this.giving = null;
    this.around.show({ says: 'ready', text: '' });
    this.say(giving, true).catch(() => {});
  }

  private async say(orderNumber: string, final: boolean): Promise<void> {
    const { sessions } = this.client;
    const said = { orderNumber, reading: this.meter };
    const answer = await (final ? sessions.end(said) : sessions.report(said));
    if (answer?.stop === true && this.giving === orderNumber) this.finish();
  }
}
