/** What a plain gate and a plain device have in common: a key, a disk in memory, and a queue that is said until heard. */
import { generateTerminalKey, type TerminalKey } from '@campus-paycode/terminal-client';
import {
  makeOrderNumber,
  toBase64Url,
  type TerminalSettings,
} from '@campus-paycode/terminal-protocol';
import { randomBytes } from 'node:crypto';
import type { Ability, Action, Candidate, Screen, Where } from '../terminal/candidate.js';
import type { Habits } from './habits.js';
import { PlainChannel, type Answer, type Line } from './plain-channel.js';

const MOST_WAIT = 300_000;
const READY: Screen = { says: 'ready', shortNumber: null, text: '' };

export type Queued = {
  readonly target: string;
  readonly body: string;
  readonly heard?: (answer: Answer) => void;
};

export abstract class PlainMachine implements Candidate {
  abstract readonly abilities: ReadonlySet<Ability>;
  /** What an earlier run still hears is nobody's. */
  protected run = 0;
  protected shown: Screen = READY;
  /** What survives a loss of power, as everything here but `run` and the screen. */
  protected waiting: Queued[] = [];
  protected sequence = 0;
  protected readonly channel: PlainChannel;
  private key: TerminalKey = generateTerminalKey('ed25519');
  private keyId = '';
  private serviceName = '';
  private settings: TerminalSettings | null = null;

  constructor(
    protected readonly line: Line,
    habits: Habits,
  ) {
    this.channel = new PlainChannel(line, habits);
  }

  abstract act(action: Action): Promise<void>;

  async begin({ serviceName, enrolmentCode }: Where): Promise<void> {
    this.run += 1;
    this.shown = READY;
    this.waiting = [];
    this.sequence = 0;
    this.channel.offset = 0;
    this.settings = null;
    this.key = generateTerminalKey('ed25519');
    this.serviceName = serviceName;
    this.keyId = 'enrolment';
    const { algorithm, publicKey } = this.key;
    const shown = { algorithm, publicKey: toBase64Url(publicKey) };
    const body = JSON.stringify({ enrolmentCode, ...shown, model: 'plain', softwareVersion: '1' });
    const answer = await this.ask('POST', '/v1/terminal-enrolments', body);
    if (answer?.status !== 201) throw new Error('not enrolled');
    this.keyId = String(answer.body['keyId']);
    this.settings = answer.body['settings'] as TerminalSettings;
  }

  screen(): Promise<Screen> {
    return Promise.resolve(this.shown);
  }

  keeps(): Promise<boolean> {
    return Promise.resolve(false);
  }

  end(): Promise<void> {
    this.run += 1;
    return Promise.resolve();
  }

  protected powerLost(): void {
    this.run += 1;
    this.shown = READY;
    for (const queued of this.waiting) this.send(queued, 0, this.run);
  }

  protected ask(method: string, target: string, body = '', timeout = 5_000) {
    const { key, keyId, serviceName } = this;
    const keys = this.settings?.serviceKeys ?? [];
    return this.channel.ask({ key, keyId, serviceName, keys }, { method, target, body }, timeout);
  }

  protected number(): string {
    return makeOrderNumber(this.channel.now(), randomBytes(10));
  }

  protected instant(): string {
    return new Date(this.channel.now()).toISOString();
  }

  protected show(says: Screen['says'], { body }: Pick<Answer, 'body'> = { body: {} }): void {
    const { zh = '', en = '' } = (body['message'] ?? {}) as { zh?: string; en?: string };
    this.shown = { says, shortNumber: null, text: `${zh} ${en}` };
  }

  /** Written down, and said until it is heard. */
  protected say(queued: Queued): void {
    this.waiting.push(queued);
    this.send(queued, 0, this.run);
  }

  private send(queued: Queued, tries: number, run: number): void {
    const isOver = (): boolean => run !== this.run || !this.waiting.includes(queued);
    const again = (): void => {
      this.line.after(Math.min(1_000 * 2 ** tries, MOST_WAIT), () => {
        if (!isOver()) this.send(queued, tries + 1, run);
      });
    };
    this.ask('POST', queued.target, queued.body).then(
      (answer) => {
        if (isOver()) return;
        const { retryable } = answer?.body ?? {};
        const isHeard = answer !== null && (answer.status < 400 || retryable === false);
        if (!isHeard) return again();
        this.waiting = this.waiting.filter((other) => other !== queued);
        queued.heard?.(answer);
      },
      () => {},
    );
  }
}
