/** A rule that a request breaks, and how. */
export type Seen = { readonly rule: string; readonly what: string };

type Judge = (value: unknown) => boolean;
type Fields = Readonly<Record<string, { readonly judge: Judge; readonly optional?: true }>>;

const isText = (most: number) => (value: unknown) =>
  typeof value === 'string' && value.length >= 1 && value.length <= most;
const isInteger =
  (least: number, most = 10 ** 12) =>
  (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const matches = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);
const isOneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value);
const isListOf = (most: number) => (value: unknown) =>
  Array.isArray(value) && value.length >= 1 && value.length <= most;
const isObject: Judge = (value) => typeof value === 'object' && value !== null;

const number = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const instant = matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
const key = matches(/^[A-Za-z0-9_-]+$/);
const algorithm = isOneOf('ed25519', 'ecdsa-p256-sha256');

const must = (judge: Judge) => ({ judge });
const may = (judge: Judge) => ({ judge, optional: true as const });

const sale: Fields = {
  orderNumber: must(number),
  sequence: must(isInteger(1, 2_147_483_647)),
  instrument: must(isObject),
  amount: may(isInteger(1)),
  occurredAt: must(instant),
};

/** The bodies of the requests that the kit answers, by the end of their path. */
const shapes: readonly (readonly [RegExp, Fields])[] = [
  [
    /\/terminal-enrolments$/,
    {
      enrolmentCode: must(isText(60)),
      algorithm: must(algorithm),
      publicKey: must(key),
      model: must(isText(60)),
      softwareVersion: must(isText(60)),
    },
  ],
  [/\/payments$/, sale],
  [/\/reversal$/, { reason: must(isText(20)) }],
  [/\/confirmation$/, { decision: must(isOneOf('confirm', 'refuse')) }],
  [
    /\/captures$/,
    {
      captureNumber: must(number),
      amount: must(isInteger(0)),
      final: must(isOneOf(true, false)),
    },
  ],
  [
    /\/terminal-heartbeats$/,
    {
      softwareVersion: must(isText(60)),
      queuedReversals: must(isInteger(0)),
    },
  ],
  [
    /\/shifts$/,
    {
      shiftNumber: must(number),
      openedAt: must(instant),
      closedAt: must(instant),
      sales: must(isObject),
      reversals: must(isObject),
      voids: may(isObject),
    },
  ],
  [
    /\/passages$/,
    {
      orderNumber: must(number),
      sequence: must(isInteger(1, 2_147_483_647)),
      instrument: must(isObject),
      direction: must(isOneOf('entry', 'exit')),
      occurredAt: must(instant),
    },
  ],
  [
    /\/sessions$/,
    {
      orderNumber: must(number),
      sequence: must(isInteger(1, 2_147_483_647)),
      instrument: must(isObject),
      programme: may(isText(60)),
      occurredAt: must(instant),
    },
  ],
  [
    /\/progress$/,
    {
      progressNumber: must(number),
      sequence: must(isInteger(1, 2_147_483_647)),
      reading: must(isInteger(0)),
      final: must(isOneOf(true, false)),
      occurredAt: must(instant),
    },
  ],
  [/\/pin-checks$/, { number: must(isText(40)), pin: must(matches(/^\d{6}$/)) }],
  [/\/supervisions$/, { supervisor: must(isText(40)), pin: must(matches(/^\d{6}$/)) }],
  [
    /\/voids$/,
    { voidNumber: must(number), orderNumber: must(number), supervision: may(isText(200)) },
  ],
  [
    /\/shift-openings$/,
    {
      shiftNumber: must(number),
      openedAt: must(instant),
      cashier: may(matches(/^\d{1,8}$/)),
    },
  ],
  [
    /\/room-credits$/,
    { orderNumber: must(number), meterNumber: must(isInteger(1, 4_294_967_295)) },
  ],
  [/\/meter-readings$/, { readings: must(isListOf(200)) }],
  [/\/terminal-keys$/, { algorithm: must(algorithm), publicKey: must(key), proof: must(key) }],
];

/** A field that is not there (R3), and a value that is not written as it must be (R2, R15). */
export function judgeBody(method: string, target: string, body: Buffer): Seen[] {
  const fields = shapes.find(([path]) => method === 'POST' && path.test(target))?.[1];
  if (fields === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    return [{ rule: 'R1', what: 'the body is no JSON' }];
  }
  const given = isObject(value) ? (value as Record<string, unknown>) : {};
  const unknown = Object.keys(given).filter((name) => fields[name] === undefined);
  const seen = unknown.map((name) => ({ rule: 'R3', what: `there is a field ${name}` }));
  for (const [name, { judge, optional }] of Object.entries(fields)) {
    const is = given[name];
    if (is === undefined && optional) continue;
    const rule = /model|softwareVersion/.test(name) ? 'R15' : is === undefined ? 'R3' : 'R2';
    if (!judge(is)) seen.push({ rule, what: `${name} is ${JSON.stringify(is)}` });
  }
  return seen;
}
