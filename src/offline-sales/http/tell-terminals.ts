import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { toWireAmount } from '../../money/amount.js';
import { ReadOfflineTerms } from '../../payment-codes/read-offline-terms.js';
import type { Place } from '../../places/place.js';
import { ReadSettings, type SettingsPart } from '../../terminals/read-settings.js';
import type { Terminal } from '../../terminals/terminal.js';

/** Tells each terminal by which terms it may sell without a network; a stopped one, and a place that may not, hear null. */
@Injectable()
export class TellTerminals implements SettingsPart, OnModuleInit {
  readonly name = 'offline';

  constructor(
    private readonly database: DataSource,
    private readonly settings: ReadSettings,
    private readonly terms: ReadOfflineTerms,
  ) {}

  onModuleInit(): void {
    this.settings.add(this);
  }

  version(): Promise<string> {
    return this.terms.version();
  }

  async read(terminal: Terminal, place: Place): Promise<unknown> {
    if (!place.sellsOffline || (await this.isStopped(terminal.id))) return null;
    const terms = await this.terms.read();
    if (terms === null) return null;
    const { scheme, issuerKeys, classes, perTerminal, hotlistVersion } = terms;
    return {
      scheme,
      issuerKeys: issuerKeys.map(({ keyId, publicKey, notBefore, notAfter }) => ({
        keyId,
        publicKey: publicKey.toString('base64url'),
        notBefore: notBefore.toISOString(),
        notAfter: notAfter.toISOString(),
      })),
      classes: classes.map((each) => ({
        class: each.class,
        perSale: toWireAmount(each.perSale),
        perCard: toWireAmount(each.perCard),
      })),
      perTerminal: { ...perTerminal, amount: toWireAmount(perTerminal.amount) },
      hotlistVersion,
    };
  }

  private async isStopped(terminal: bigint): Promise<boolean> {
    const [row] = await this.database.query<{ stopped: boolean }[]>(
      'select t.offline_stopped_at is not null as stopped from terminals.terminal t where t.id = $1',
      [terminal.toString()],
    );
    return row?.stopped ?? true;
  }
}
