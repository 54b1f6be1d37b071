import { Injectable } from '@nestjs/common';
import { toWireAmount } from '../money/amount.js';
import type { Place } from '../places/place.js';
import { FindPlaces } from '../places/find-places.js';
import { presentTariff } from '../places/present-tariff.js';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import type { KeyRing } from '../platform/config/key-ring.js';
import { InjectKeyRing } from '../platform/config/key-ring.token.js';
import { invariant, Refusal } from '../platform/errors/problem.js';
import { FindTerminals } from './find-terminals.js';
import type { Terminal } from './terminal.js';
import { terminalsProblems } from './terminals.errors.js';

/** What a module above says to terminals in their settings, under a name of its own. */
export interface SettingsPart {
  readonly name: string;
  /** In the words of the wire. */
  read(terminal: Terminal, place: Place): Promise<unknown>;
  /** Changes when terminals have something new to fetch. */
  version(): Promise<string>;
}

/** What a terminal works by, in the words of the wire. */
@Injectable()
export class ReadSettings {
  private readonly parts: SettingsPart[] = [];

  constructor(
    private readonly terminals: FindTerminals,
    private readonly places: FindPlaces,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    @InjectKeyRing() private readonly keys: KeyRing,
  ) {}

  /** At the start: what is added is in all settings from then on. */
  add(part: SettingsPart): void {
    this.parts.push(part);
  }

  /** What of the settings comes from elsewhere, as one word; empty when nothing does. */
  async versionOfParts(): Promise<string> {
    const versions = await Promise.all(this.parts.map((part) => part.version()));
    return versions.map((version) => `.${version}`).join('');
  }

  /** @throws {Refusal} terminal_unknown */
  async ofKey(keyId: string): Promise<Record<string, unknown>> {
    const key = await this.terminals.byKey(keyId);
    if (key === undefined) throw new Refusal(terminalsProblems, 'terminal_unknown');
    const { terminal } = key;
    const place = await this.places.byPlaceId(terminal.place);
    invariant(place !== undefined, `Terminal ${terminal.id} stands at a place that is not there.`);
    const parts: Record<string, unknown> = {};
    for (const part of this.parts) parts[part.name] = await part.read(terminal, place);
    return {
      terminalId: terminal.id.toString(),
      code: terminal.code,
      name: terminal.name,
      kind: place.kind,
      place: { id: place.id.toString(), name: place.name },
      merchant: { id: place.merchant.id.toString(), name: place.merchant.name },
      tariff: presentTariff(place.tariff),
      voids: place.isAttended
        ? {
            minutes: place.voids.minutes,
            supervisorAbove: toWireAmount(place.voids.supervisorAbove),
          }
        : null,
      shows: place.shows,
      currency: 'CNY',
      serviceName: this.config.SERVICE_NAME,
      codePrefix: this.config.CODE_PREFIX,
      serverTime: this.clock.now().toISOString(),
      serviceKeys: this.serviceKeys(),
      ...parts,
    };
  }

  serviceKeys(): { keyId: string; algorithm: 'ed25519'; publicKey: string }[] {
    const { id, publicKey } = this.keys.answerKey;
    return [{ keyId: id, algorithm: 'ed25519', publicKey: publicKey.toString('base64url') }];
  }
}
