/** Terminals are updated one by one: while they are, the service speaks earlier versions of the protocol beside the newest. */
import { PROTOCOL_VERSION } from '@campus-paycode/terminal-protocol';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { ReadSettings } from '../read-settings.js';

/**
 * What an earlier version says otherwise than the newest. Both ways go by the route, as `POST /v1/payments` or
 * `GET /v1/payments/:orderNumber`. The form of signatures and numbers is the same in all versions.
 */
export type EarlierVersion = {
  readonly version: number;
  /** From then on it is refused. */
  readonly endsAt: Date;
  /** A request's body in the newest version's words. What has not the form of its version stays, and is refused for it. */
  read(route: string, body: unknown): unknown;
  /** An answer's body, or a problem's, in its own words. */
  say(route: string, status: number, body: unknown): unknown;
};

@Injectable()
export class SpokenVersions implements OnModuleInit {
  private readonly earlier = new Map<string, EarlierVersion>();

  constructor(
    private readonly clock: Clock,
    private readonly settings: ReadSettings,
  ) {}

  onModuleInit(): void {
    const version = (): Promise<string> => Promise.resolve(this.numbers().join('-'));
    const part = (name: string, read: () => unknown): void => {
      this.settings.add({ name, version, read: () => Promise.resolve(read()) });
    };
    part('protocolVersions', () => this.numbers());
    part('protocolEnds', () => this.ends());
  }

  /** At the start: what is added is spoken from then on. */
  add(version: EarlierVersion): void {
    this.earlier.set(String(version.version), version);
  }

  /** The versions that are spoken now, the earliest first. */
  numbers(): readonly number[] {
    if (this.earlier.size === 0) return [PROTOCOL_VERSION];
    const now = this.clock.now();
    const lasting = [...this.earlier.values()].filter(({ endsAt }) => endsAt > now);
    return [...lasting.map(({ version }) => version), PROTOCOL_VERSION].toSorted((a, b) => a - b);
  }

  /** The earlier version that a header names; undefined for the newest, and for what is none. */
  named(header: string | string[] | undefined): EarlierVersion | undefined {
    return this.earlier.size > 0 ? this.earlier.get(String(header)) : undefined;
  }

  private ends(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      [...this.earlier].map(([version, { endsAt }]) => [version, endsAt.toISOString()]),
    );
  }
}
