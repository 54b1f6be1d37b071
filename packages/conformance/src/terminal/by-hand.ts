/** A terminal that a person holds: the kit says what to do, and asks what the screen says. */
import { createInterface, type Interface } from 'node:readline/promises';
import type { Ability, Action, Candidate, Screen, Where } from './candidate.js';

const SAYS: readonly Screen['says'][] = [
  'ready',
  'checking',
  'pending',
  'approved',
  'declined',
  'problem',
  'not_confirmed',
  'gate_open',
  'giving',
  'delivered',
  'on_its_way',
  'offline_accepted',
  'offline_refused',
];

export class ByHand implements Candidate {
  readonly abilities: ReadonlySet<Ability>;
  private readonly lines: Interface;

  constructor(
    abilities: readonly Ability[],
    streams = { input: process.stdin, output: process.stdout },
  ) {
    this.abilities = new Set(abilities);
    this.lines = createInterface(streams);
  }

  begin({ url, serviceName, enrolmentCode }: Where): Promise<void> {
    return this.tell(
      `Make the terminal forget everything, and enrol it: ${url}, ${serviceName}, ${enrolmentCode}`,
    );
  }

  act(action: Action): Promise<void> {
    return this.tell(wordsFor(action));
  }

  async screen(): Promise<Screen> {
    const list = SAYS.map((says, at) => `${at + 1} ${says}`).join('  ');
    const chosen = Number(await this.lines.question(`What does the screen say? ${list}: `));
    const says = SAYS[chosen - 1] ?? 'ready';
    const shortNumber = await this.lines.question('Which short number does it show? ');
    const text = await this.lines.question('In which words? ');
    return { says, shortNumber: shortNumber.trim() || null, text };
  }

  async keeps(text: string): Promise<boolean> {
    const found = await this.lines.question(
      `Search its disk and its logs for ${text}. Found? y/n: `,
    );
    return /^y/i.test(found);
  }

  end(): Promise<void> {
    this.lines.close();
    return Promise.resolve();
  }

  private async tell(what: string): Promise<void> {
    await this.lines.question(`${what}. Then press Enter. `);
  }
}

const yuan = (amount: number | undefined): string =>
  amount === undefined ? '' : `${(amount / 100).toFixed(2)}: `;

function wordsFor(action: Action): string {
  switch (action.do) {
    case 'scan':
      return `Enter ${yuan(action.amount)}and scan ${action.code}`;
    case 'plastic':
      return `Enter ${yuan(action.amount)}and give it the plastic card ${action.number}`;
    case 'type_pin':
      return `Enter ${yuan(action.amount)}and type number ${action.number} with PIN ${action.pin}`;
    case 'void': {
      const { supervisor, pin } = action;
      return `Take the last sale back; the supervisor, if it asks, is ${supervisor} with PIN ${pin}`;
    }
    case 'open_shift':
      return `Open a shift for cashier ${action.cashier}`;
    case 'pass':
      return `Scan ${action.code} at the ${action.direction}`;
    case 'walk':
      return 'Go through the gate, if it is open';
    case 'start':
      return `Start with ${action.programme ?? 'no programme'} and scan ${action.code}`;
    case 'credit':
      return `Choose meter ${action.meterNumber}, enter ${yuan(action.amount)}and scan ${action.code}`;
    case 'read':
      return `Let meter ${action.meterNumber} show ${action.reading} at ${action.takenAt}, and be read`;
    case 'use':
      return `Let its meter count to ${action.reading / 1_000} units of this session`;
    case 'finish':
      return 'Press the button that ends the session';
    case 'reboot':
      return 'Cut the power of the terminal, and start it again';
    case 'capture':
      return `Take ${action.amount} fen of the hold${action.final ? ', the last' : ''}`;
    case 'confirm':
      return `Press ${action.decision} on the terminal`;
    case 'close_shift':
      return 'Close the shift on the terminal';
    case 'rotate_key':
      return 'Have the terminal bring a new key';
    case 'enrol':
      return `Enrol it again with ${action.enrolmentCode}, without forgetting anything`;
  }
}
