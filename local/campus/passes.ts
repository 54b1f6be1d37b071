/** Passes that the demo campus sells on phones, at every place with a gate. Amounts in fen. */
import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { OfferPass, type NewOffer } from '../../src/gates/offer-pass.js';

type Sold = Omit<NewOffer, 'place' | 'places'>;

const hours = { from: '06:00', until: '22:00' } as const;
const passes: readonly Sold[] = [
  {
    name: { zh: '十次卡', en: 'Ten entries' },
    groups: ['student', 'staff'],
    days: 90,
    uses: 10,
    amount: 8_000n,
    ...hours,
  },
  {
    name: { zh: '学生月卡', en: "Students' month" },
    groups: ['student'],
    days: 30,
    uses: null,
    amount: 12_000n,
    ...hours,
  },
];

export async function loadPasses(
  { app, database }: { readonly app: INestApplicationContext; readonly database: DataSource },
  staff: bigint,
): Promise<void> {
  const gates = await database.query<{ place: string }[]>(
    'select g.place from gates.gate g where not exists (select from gates.offer) order by g.place',
  );
  for (const gate of gates) {
    const place = BigInt(gate.place);
    for (const pass of passes)
      await app.get(OfferPass).offer({ ...pass, place, places: [place] }, staff);
  }
}
