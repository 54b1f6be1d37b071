/** The page about the proofs lists those that there are, with who makes them. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { allProofs } from '../../src/proofs.js';
import { startService, type TestService } from '../support/service.js';
import { absolute, exists, read } from '../support/sources.js';

const page = 'docs/proofs.md';
const begins = '<!-- the proofs: drawn by a test -->';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

it('docs/proofs.md lists every proof, in the order in which they are made', async () => {
  const lines: string[] = [];
  for (const source of allProofs(service.config)) {
    lines.push('', `### \`${source.source}\``, '');
    for (const { proof } of await source.prove(service.database)) lines.push(`- ${proof}`);
  }
  const text = exists(page) ? read(page) : '';
  const drawn = `${text.slice(0, text.indexOf(begins) + begins.length)}\n${lines.join('\n')}\n`;
  // UPDATE=1 draws the list anew after a proof was added.
  if (process.env['UPDATE'] === '1') writeFileSync(absolute(page), drawn);
  expect(read(page)).toBe(drawn);
});
