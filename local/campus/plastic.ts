/** Plastic cards for the students whom people hold in their hands, so that a till can be tried without a phone. */
import type { INestApplicationContext } from '@nestjs/common';
import { randomBytes, randomInt } from 'node:crypto';
import { FindCardholder } from '../../src/cardholders/find-cardholder.js';
import { FindCard } from '../../src/cards/find-card.js';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { IssuePlastic } from '../../src/static-credentials/issue-plastic.js';
import { handHeldCount, students } from './campus-data.js';
import { readDemoAccess, writeDemoAccess, type DemoPlastic } from './demo-access.js';

/** The service keeps neither number: whoever lost them issues new plastic. */
export async function loadPlastic(app: INestApplicationContext, config: AppConfig): Promise<void> {
  const access = readDemoAccess(config.DATA_DIR);
  if (access === undefined) return;
  const known = access.plastic ?? [];
  const plastic: DemoPlastic[] = [];
  for (const { number: student } of students(handHeldCount)) {
    const { id } = await app.get(FindCardholder).byNumber(student);
    const card = await app.get(FindCard).ofCardholder(id);
    const kept = known.find((each) => each.student === student);
    const inUse = (await app.get(IssuePlastic).list(card.id)).find((it) => it.status === 'active');
    if (kept !== undefined && inUse?.printedEnd === kept.printed.slice(-2)) {
      plastic.push(kept);
      continue;
    }
    const numbers = {
      printed: `P${randomInt(1_000_000, 10_000_000)}`,
      chip: `04${randomBytes(6).toString('hex').toUpperCase()}`,
    };
    await app.get(IssuePlastic).issue(card.id, numbers);
    plastic.push({ student, ...numbers });
  }
  writeDemoAccess(config.DATA_DIR, { ...access, plastic });
}
