/** What is committed in packages/api is what the service serves. `UPDATE=1 npm test -- contracts` writes it anew. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { projectRoot } from '../../src/platform/config/project-root.js';
import { contracts, type Contract } from '../../src/platform/http/open-api.js';
import { startService, type TestService } from '../support/service.js';

const folder = path.join(projectRoot, 'packages', 'api');
const names = Object.keys(contracts) as Contract[];
const mayUpdate = process.env['UPDATE'] === '1';

function expectFile(file: string, text: string): void {
  if (mayUpdate) writeFileSync(file, text);
  expect(readFileSync(file, 'utf8')).toBe(text);
}

describe('the contracts in packages/api', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it.each(names)('hold the %s contract as it is served', async (name) => {
    const served = (await (await fetch(`${service.url}/docs/${name}.json`)).json()) as object;
    expectFile(path.join(folder, `${name}.json`), `${JSON.stringify(served, null, 2)}\n`);
  });

  it.each(names)('hold types made from the %s contract', async (name) => {
    const document = JSON.parse(
      readFileSync(path.join(folder, `${name}.json`), 'utf8'),
    ) as Parameters<typeof openapiTS>[0];
    const types = astToString(await openapiTS(document));
    const header = '// Made from the OpenAPI document beside this package; not edited by hand.\n\n';
    expectFile(path.join(folder, 'src', `${name}.generated.ts`), header + types);
  });

  it('describe every route under exactly one contract', async () => {
    const counted = await Promise.all(
      names.map(async (name) => {
        const document = (await (await fetch(`${service.url}/docs/${name}.json`)).json()) as {
          paths: Record<string, object>;
        };
        return Object.entries(document.paths).flatMap(([route, item]) =>
          Object.keys(item).map((method) => `${method} ${route}`),
        );
      }),
    );
    const all = counted.flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(40);
  });
});
