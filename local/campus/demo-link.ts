/**
 * Makes another one-time link for the running demo.
 * `npm run demo:link` · `npm run demo:link -- --student 202600004` · `npm run demo:link -- --till G1`
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Refusal } from '../../src/platform/errors/problem.js';
import { handHeldCount, students } from './campus-data.js';
import { phoneLink, tillLink } from './links.js';
import { openCampus } from './open-campus.js';

const { values } = parseArgs({
  options: { student: { type: 'string' }, till: { type: 'string' } },
});

try {
  await openCampus(async (campus, config) => {
    if (values.till !== undefined) {
      const { label, url } = await tillLink(campus, config, values.till);
      console.log(`${label}\n  ${url}`);
      return;
    }
    const numbers =
      values.student === undefined
        ? students(handHeldCount).map(({ number }) => number)
        : [values.student];
    for (const number of numbers) {
      const { label, url } = await phoneLink(campus, number);
      console.log(`${label}\n  ${url}`);
    }
  });
  process.exit(0);
} catch (error) {
  console.error(error instanceof Refusal || error instanceof Error ? error.message : error);
  process.exit(1);
}
