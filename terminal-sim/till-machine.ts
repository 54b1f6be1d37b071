import path from 'node:path';
import {
  TerminalClient,
  httpTransport,
  machine,
  type JournalStore,
  type TerminalClientOptions,
  type TerminalEvent,
} from '@campus-paycode/terminal-client';
import { BadLine } from './bad-line.js';
import type { CampusClock } from './campus-clock.js';
import type { EnrolmentCode } from './office.js';

export const softwareVersion = '1';
const model = 'Simulated terminal';

export type MachineOptions = {
  readonly algorithm: 'ed25519' | 'ecdsa-p256-sha256';
  readonly clock: CampusClock;
  /** How far its clock is off, milliseconds. */
  readonly offMs: number;
  /** Where it keeps what outlives a power cut; null where the power is never cut. */
  readonly folder: string | null;
  readonly onEvent: (event: TerminalEvent) => void;
};

/** The terminal as a thing: its power can be cut, and its disk can be put back to what it was. */
export class TillMachine {
  isOff = false;

  private constructor(
    public client: TerminalClient,
    readonly line: BadLine,
    private disk: Disk,
    private readonly options: TerminalClientOptions,
  ) {}

  /** @throws when the service's key is not the one that the office named. */
  static async enrol(
    url: string,
    { enrolmentCode, serviceName, serviceKey }: EnrolmentCode,
    { algorithm, clock, offMs, folder, onEvent }: MachineOptions,
  ): Promise<TillMachine> {
    const line = new BadLine(httpTransport(url));
    const disk = new Disk();
    const options: TerminalClientOptions = {
      baseUrl: url,
      transport: line.transport,
      surroundings: { ...machine, now: () => clock.now() + offMs },
      onEvent,
      stateDir: folder === null ? null : path.join(folder, enrolmentCode),
      ...(folder === null ? { durability: 'memory' as const } : {}),
    };
    const client = await TerminalClient.enrol({
      ...options,
      ...(folder === null ? {} : { journal: disk }),
      serviceName,
      enrolmentCode,
      algorithm,
      model,
      softwareVersion,
    });
    const known = client.settings().serviceKeys.some(({ publicKey }) => publicKey === serviceKey);
    if (!known) throw new Error('A terminal met a service with another key than the office named.');
    return new TillMachine(client, line, disk, options);
  }

  /** What is on the disk at this moment. */
  image(): Uint8Array {
    return this.disk.image();
  }

  /** The power goes, and comes back with this on the disk. A sale that was open has its end when this resolves. */
  async powerCut(image: Uint8Array): Promise<void> {
    await this.turnOff();
    await this.turnOn(image);
  }

  async turnOff(): Promise<void> {
    this.disk.die();
    this.isOff = true;
    await this.client.close();
  }

  async turnOn(image: Uint8Array = this.image()): Promise<void> {
    const { stateDir } = this.options;
    if (stateDir === null) throw new Error('This terminal keeps nothing.');
    this.disk = new Disk(image);
    const options = { ...this.options, stateDir, journal: this.disk };
    this.client = await TerminalClient.open(options);
    this.isOff = false;
    await this.client.ready();
  }
}

/** What it wrote down survives the power; what it would write afterwards does not reach the disk any more. */
class Disk implements JournalStore {
  private parts: Uint8Array[];
  private isDead = false;

  constructor(image: Uint8Array = new Uint8Array()) {
    this.parts = [image];
  }

  image(): Uint8Array {
    return Buffer.concat(this.parts);
  }

  die(): void {
    this.isDead = true;
  }

  read(): Promise<Uint8Array> {
    return Promise.resolve(this.image());
  }

  append(bytes: Uint8Array): Promise<void> {
    if (!this.isDead) this.parts.push(bytes);
    return Promise.resolve();
  }

  replace(bytes: Uint8Array): Promise<void> {
    if (!this.isDead) this.parts = [bytes];
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
