/** "This was not me": one tap of the cardholder ends everything of the card that pays without the phone. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindCard } from '../cards/find-card.js';
import { SetPaymentPin } from '../cards/set-payment-pin.js';
import { IssuePlastic } from './issue-plastic.js';
import { ReadInstruments, type StaticCaps } from './read-instruments.js';

export type MyStaticCredentials = {
  /** How the printed number of the plastic card in use ends. */
  readonly plastic: string | null;
  readonly numberPin: 'usable' | 'stopped' | 'no_pin';
  readonly caps: StaticCaps;
};

@Injectable()
export class StopStaticCredentials {
  constructor(
    private readonly database: DataSource,
    private readonly cards: FindCard,
    private readonly pins: SetPaymentPin,
    private readonly plastics: IssuePlastic,
    private readonly instruments: ReadInstruments,
  ) {}

  /** Twice is once. @throws {Refusal} card_unknown */
  async stop(cardholder: bigint): Promise<void> {
    const { id } = await this.cards.ofCardholder(cardholder);
    await this.database.query('select static_credentials.stop_all($1, $2)', [
      id.toString(),
      cardholder.toString(),
    ]);
  }

  /** @throws {Refusal} card_unknown */
  async read(cardholder: bigint): Promise<MyStaticCredentials> {
    const { id } = await this.cards.ofCardholder(cardholder);
    const [row] = await this.database.query<{ is_stopped: boolean }[]>(
      'select static_credentials.is_pin_stopped($1) as is_stopped',
      [id.toString()],
    );
    const { isSet } = await this.pins.stateOf(cardholder);
    const plastic = (await this.plastics.list(id)).find(({ status }) => status === 'active');
    return {
      plastic: plastic?.printedEnd ?? null,
      numberPin: !isSet ? 'no_pin' : row?.is_stopped === true ? 'stopped' : 'usable',
      caps: await this.instruments.caps(),
    };
  }
}
