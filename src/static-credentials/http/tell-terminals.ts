import { Injectable, type OnModuleInit } from '@nestjs/common';
import { toWireAmount } from '../../money/amount.js';
import type { Place } from '../../places/place.js';
import { ReadSettings } from '../../terminals/read-settings.js';
import type { Terminal } from '../../terminals/terminal.js';
import { ReadInstruments } from '../read-instruments.js';

/** Tells each terminal what its place takes, and up to which amount without a phone. */
@Injectable()
export class TellTerminals implements OnModuleInit {
  constructor(
    private readonly settings: ReadSettings,
    private readonly instruments: ReadInstruments,
  ) {}

  onModuleInit(): void {
    this.settings.add({
      name: 'instruments',
      read: (_: Terminal, place: Place) => this.instruments.at(place.id),
      version: () => this.instruments.version(),
    });
    this.settings.add({
      name: 'staticCaps',
      read: () => this.caps(),
      version: () => Promise.resolve('1'),
    });
  }

  private async caps(): Promise<{ perSale: number; perDay: number }> {
    const { perSale, perDay } = await this.instruments.caps();
    return { perSale: toWireAmount(perSale), perDay: toWireAmount(perDay) };
  }
}
