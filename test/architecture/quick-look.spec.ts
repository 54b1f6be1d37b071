import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validate } from 'class-validator';
import fc from 'fast-check';
import { rows } from '../../src/app.module.js';
import { PaymentRequest } from '../../src/payments/http/payments.request.js';
import { passesAtOnce } from '../../src/platform/http/quick-look.js';

type Shape = new () => object;

/** Every class that a route checks its bodies, queries and parameters against. */
function requestShapes(): Shape[] {
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<Shape, unknown>;
  };
  return [...validationMetadatas.keys()];
}

const fieldsOf = (shape: Shape): string[] => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
};

const instruments = [
  { type: 'code', code: '97185965475126865312' },
  { type: 'code' },
  { type: 'code', code: '1', more: 1 },
  { type: 'plastic', cardNumber: '1' },
  { type: 'nothing' },
];

// prettier-ignore
const samples: unknown[] = [
  undefined, null, '', 'x', '12', 'code', 'timeout', 'canteen', 'zh', true, false, 0, 1, 2.5, -1, 1250, 1e13, [], {},
  ['a'], [{}], '2026-11-22', '2026-11-22T04:00:00.000Z', '2026-13-01T00:00:00Z', { zh: '二食堂', en: 'Canteen 2' },
  '01936f4e-7c5a-7d3e-8f21-5b1c9a2e4d77', 't-12.1', 'A'.repeat(43), 'ed25519', 'approved', 'person@example.org',
  { amount: 1 },
];

/** Right for one field and wrong for another. */
const values = fc.oneof(
  fc.constantFrom<unknown>(...samples, ...instruments),
  fc.string(),
  fc.integer(),
);

const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

describe('a request that passes at once', () => {
  const shapes = requestShapes();

  it('is what class-validator finds nothing wrong with, for every request of the service', async () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(shapes.length).toBeGreaterThan(30);
    let passed = 0;
    for (const shape of shapes) {
      const fields = fieldsOf(shape);
      const plain = fc.record(Object.fromEntries(fields.map((name) => [name, values])), {
        requiredKeys: [],
      });
      const bodies = fc.oneof(
        { weight: 9, arbitrary: plain },
        { weight: 1, arbitrary: fc.object() },
      );
      for (const body of fc.sample(bodies, { numRuns: 15, seed: 1 })) {
        const instance = plainToInstance(shape, body);
        const isRight = (await validate(instance, options)).length === 0;
        const atOnce = passesAtOnce(plainToInstance(shape, body));
        if (atOnce !== isRight && (atOnce || !mayNotPass(shape)))
          throw new Error(`${shape.name}: ${JSON.stringify(body)} passes at once: ${atOnce}`);
        passed += Number(atOnce);
      }
    }
    expect(passed).toBeGreaterThan(20);
  });

  it('is a plain sale, and no sale that has one field wrong', async () => {
    const sale = {
      orderNumber: '01936f4e-7c5a-7d3e-8f21-5b1c9a2e4d77',
      sequence: 427,
      instrument: { type: 'code', code: '97185965475126865312' },
      amount: 1250,
      occurredAt: '2026-11-22T04:00:00.000Z',
    };
    const bodies = fc
      .tuple(fc.constantFrom(...Object.keys(sale), 'more'), values)
      .map(([name, value]) => ({ ...sale, [name]: value }));
    const passed = { plain: passesAtOnce(plainToInstance(PaymentRequest, sale)), changed: 0 };
    for (const body of fc.sample(bodies, { numRuns: 300, seed: 1 })) {
      const isRight = (await validate(plainToInstance(PaymentRequest, body), options)).length === 0;
      expect([body, passesAtOnce(plainToInstance(PaymentRequest, body))]).toEqual([body, isRight]);
      passed.changed += Number(isRight);
    }
    expect(passed.plain).toBe(true);
    expect(passed.changed).toBeGreaterThan(15);
  });
});

/** Lists are left to class-validator. */
function mayNotPass(shape: Shape): boolean {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return rules.some(({ each }) => each) || rules.some(({ type }) => type === 'nestedValidation');
}
