import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FindPlaces } from '../../places/find-places.js';
import type { TillShows } from '../../places/place.js';
import type { Terminal } from '../../terminals/terminal.js';
import type { Payment } from '../payment.js';
import { presentVerdict } from './payments.presenter.js';
import type { CardholderOnScreen, VerdictResponse } from './payments.response.js';

type Shown = { purses: { kind: string; amount: number }[]; balance: string };

const hiddenName = '*';

/** A terminal is shown of whoever pays what its place allows; what is not shown is not read. */
@Injectable()
export class ShowSale {
  constructor(
    private readonly database: DataSource,
    private readonly places: FindPlaces,
  ) {}

  async present(payment: Payment, terminal: Terminal): Promise<VerdictResponse> {
    const verdict = presentVerdict(payment);
    const shows = (await this.places.byPlaceId(terminal.place))?.shows;
    if (shows === undefined || payment.payer === null) return verdict;
    if (shows.maskedName && !shows.purses && !shows.balance) return verdict;
    verdict.cardholder = await this.cardholder(payment, payment.payer, shows);
    return verdict;
  }

  private async cardholder(
    { id }: Payment,
    payer: string,
    shows: TillShows,
  ): Promise<CardholderOnScreen> {
    const name = { maskedName: shows.maskedName ? payer : hiddenName };
    if (!shows.purses && !shows.balance) return name;
    const [shown] = await this.database.query<Shown[]>('select * from payments.shown($1)', [
      id.toString(),
    ]);
    return {
      ...name,
      ...(shows.purses ? { purses: shown?.purses ?? [] } : {}),
      ...(shows.balance && shown !== undefined ? { balance: Number(shown.balance) } : {}),
    };
  }
}
