/** The reference client as a terminal with a screen and a power plug, in the time of the kit. */
import {
  MemoryJournalStore,
  TerminalClient,
  type OfflineResult,
  type SaleResult,
  type Surroundings,
  type TerminalEvent,
  type Transport,
} from '@campus-paycode/terminal-client';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { abilities, type Action, type Candidate, type Screen, type Where } from './candidate.js';
import { ReferenceMachine, wordsOf } from './reference-machine.js';

export type Around = {
  /** Carries the bytes; a terminal over a real network makes its own. */
  readonly transport?: Transport;
  readonly now: () => number;
  readonly after: (millis: number, action: () => void) => () => void;
};

const REMOVED = { recursive: true, force: true, maxRetries: 10, retryDelay: 10 };
const HEARTBEAT_MILLIS = 60_000;
const READY: Screen = { says: 'ready', shortNumber: null, text: '' };

export class ReferenceCandidate implements Candidate {
  readonly abilities = new Set(abilities);
  /** Whether the service answered last. */
  protected isUp = true;
  private client: TerminalClient | null = null;
  private journal = new MemoryJournalStore();
  private stateDir = '';
  private shown: Screen = READY;
  private lastSale = '';
  private settingsVersion = '';
  private stopBeating = () => {};
  private baseUrl = '';
  private readonly machine: ReferenceMachine;

  constructor(private readonly around: Around) {
    this.machine = new ReferenceMachine({
      client: () => this.till,
      after: around.after,
      show: (changes) => {
        this.shown = { ...this.shown, ...changes };
      },
      lastSale: () => this.lastSale,
    });
  }

  async begin(where: Where): Promise<void> {
    await this.end();
    this.journal = new MemoryJournalStore();
    this.stateDir = await mkdtemp(join(tmpdir(), 'conformance-'));
    this.shown = READY;
    this.settingsVersion = '';
    this.isUp = true;
    await this.enrol(where);
  }

  async act(action: Action): Promise<void> {
    switch (action.do) {
      case 'scan':
        // The line is up or not: what comes of it is told by events.
        this.till.sell(action).catch(() => {});
        return;
      case 'reboot':
        await this.client?.close();
        this.powerLost(this.journal);
        this.shown = READY;
        this.isUp = true;
        this.client = await TerminalClient.open(this.options());
        this.machine.rebooted();
        this.beat();
        return;
      case 'use':
        this.machine.meter = action.reading;
        return;
      case 'capture': {
        const { amount, final } = action;
        this.till.capture({ orderNumber: this.lastSale, amount, final }).catch(() => {});
        return;
      }
      case 'confirm':
        this.till.confirm(action.decision).catch(() => {});
        return;
      case 'close_shift':
        this.till.closeShift().catch(() => {});
        return;
      case 'rotate_key':
        // Its disk knows nothing of the kit's time: a new key is on it before it is sent.
        await this.till.rotateKey().catch(() => {});
        return;
      case 'enrol':
        await this.enrol(action);
        return;
      case 'plastic':
      case 'type_pin':
      case 'void':
      case 'open_shift':
      case 'pass':
      case 'walk':
      case 'start':
      case 'finish':
      case 'credit':
      case 'read':
        this.machine.act(action);
    }
  }

  async keeps(text: string): Promise<boolean> {
    const files = await readdir(this.stateDir);
    const kept = await Promise.all(files.map((name) => readFile(join(this.stateDir, name))));
    return [this.journal.bytes, ...kept].some((bytes) => Buffer.from(bytes).includes(text));
  }

  screen(): Promise<Screen> {
    return Promise.resolve(this.shown);
  }

  async end(): Promise<void> {
    this.stopBeating();
    await this.client?.close();
    this.client = null;
    // Settings that were fetched at the very end may still be on their way to the disk.
    if (this.stateDir !== '') await rm(this.stateDir, REMOVED);
  }

  /** Another one after each loss of power. */
  protected bootNow(): string {
    return randomUUID();
  }

  /** All that was written is there afterwards. */
  protected powerLost(_journal: MemoryJournalStore): void {}

  protected get till(): TerminalClient {
    if (this.client === null) throw new Error('the terminal is not enrolled');
    return this.client;
  }

  private async enrol({ url, serviceName, enrolmentCode }: Where): Promise<void> {
    this.baseUrl = url;
    const own = { serviceName, enrolmentCode, model: 'reference', softwareVersion: '1' };
    this.client = await TerminalClient.enrol({ ...this.options(), ...own });
    // With them comes what it has to know before the network goes.
    if (this.client.settings().offline) await this.client.fetchSettings();
    this.beat();
  }

  private options() {
    const { transport, now, after } = this.around;
    const boot = this.bootNow();
    const random = (length: number) => randomBytes(length);
    const surroundings: Surroundings = { now, after, random, monotonic: now, boot };
    const { baseUrl, stateDir, journal } = this;
    const onEvent = (event: TerminalEvent) => {
      this.show(event);
    };
    const carried = transport === undefined ? {} : { transport };
    return { baseUrl, stateDir, journal, surroundings, onEvent, ...carried };
  }

  /** Every minute, and the settings again when they have changed (R19, R37). */
  private beat(): void {
    this.stopBeating();
    const { client } = this;
    const next = async (): Promise<void> => {
      const answer = await client?.heartbeat('1').catch(() => null);
      const version = answer?.settingsVersion ?? this.settingsVersion;
      const changed = version !== this.settingsVersion && this.settingsVersion !== '';
      if (changed) await client?.fetchSettings().catch(() => null);
      this.settingsVersion = version;
    };
    const again = () => {
      if (client !== this.client) return;
      next().catch(() => {});
      this.stopBeating = this.around.after(HEARTBEAT_MILLIS, again);
    };
    again();
  }

  private show(event: TerminalEvent): void {
    const { shortNumber } = this.shown;
    if (event.type === 'link') this.isUp = event.up;
    else if (event.type === 'sent') {
      this.lastSale = event.orderNumber;
      this.shown = { says: 'ready', shortNumber: event.shortNumber, text: '' };
    } else if (event.type === 'checking') {
      this.shown = { says: 'checking', shortNumber: event.shortNumber, text: CHECKING };
    } else if (event.type === 'pending') {
      this.shown = { says: 'pending', shortNumber, text: '请在手机上确认 Look at the phone' };
    } else if (event.type === 'reversing') {
      this.shown = { says: 'not_confirmed', shortNumber, text: NOT_CONFIRMED };
    } else if (event.type === 'voided') {
      this.shown = { says: 'ready', shortNumber, text: '已撤销 Taken back' };
    } else if (event.type === 'ended') {
      const { result } = event;
      this.shown = endOf(result);
      const isGiving = result.outcome === 'approved' && this.machine.gives(result.orderNumber);
      if (isGiving) this.shown = { ...this.shown, says: 'giving' };
    }
    if (event.type === 'ended_offline') this.shown = endWithout(event.result);
  }
}

function endWithout(result: OfflineResult): Screen {
  if (result.outcome === 'refused_offline') {
    return { says: 'offline_refused', shortNumber: null, text: wordsOf(result.message) };
  }
  const { shortNumber, again } = result;
  const text = again ? '此码已收过款，没有再收' : '离线已收款 Accepted without network';
  return { says: again ? 'problem' : 'offline_accepted', shortNumber, text };
}

function endOf(result: SaleResult): Screen {
  const { shortNumber, outcome } = result;
  if (outcome === 'approved' || outcome === 'declined') {
    return { says: outcome, shortNumber, text: wordsOf(result.answer.message) };
  }
  if (outcome === 'problem') {
    return { says: outcome, shortNumber, text: wordsOf(result.problem.message) };
  }
  return { says: 'not_confirmed', shortNumber, text: NOT_CONFIRMED };
}

const CHECKING = '正在确认，请勿重复支付 Checking, do not pay again';
const NOT_CONFIRMED =
  '未确认：未扣款，或将自动退回 Not confirmed: not charged, or returned automatically';
