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
    switch (action.do) {
      case 'scan': {
        const amount = action.amount === undefined ? '' : `${(action.amount / 100).toFixed(2)}: `;
        return this.tell(`Enter ${amount}and scan ${action.code}`);
      }
      case 'reboot':
        return this.tell('Cut the power of the terminal, and start it again');
      case 'capture':
        return this.tell(
          `Take ${action.amount} fen of the hold${action.final ? ', the last' : ''}`,
        );
      case 'confirm':
        return this.tell(`Press ${action.decision} on the terminal`);
      case 'close_shift':
        return this.tell('Close the shift on the terminal');
      case 'rotate_key':
        return this.tell('Have the terminal bring a new key');
      case 'enrol':
        return this.tell(
          `Enrol it again with ${action.enrolmentCode}, without forgetting anything`,
        );
    }
  }

  async screen(): Promise<Screen> {
    const list = SAYS.map((says, at) => `${at + 1} ${says}`).join('  ');
    const chosen = Number(await this.lines.question(`What does the screen say? ${list}: `));
    const says = SAYS[chosen - 1] ?? 'ready';
    const shortNumber = await this.lines.question('Which short number does it show? ');
    const text = await this.lines.question('In which words? ');
    return { says, shortNumber: shortNumber.trim() || null, text };
  }

  end(): Promise<void> {
    this.lines.close();
    return Promise.resolve();
  }

  private async tell(what: string): Promise<void> {
    await this.lines.question(`${what}. Then press Enter. `);
  }
}
