import { sha256 } from '@campus-paycode/terminal-client';
import {
  contentDigest,
  problemMeanings,
  problemType,
  singleHeader,
  type ProblemCode,
} from '@campus-paycode/terminal-protocol';
import type { Answering, Asking, Change } from './resigning-front.js';

export type WrongService = {
  readonly name: string;
  readonly rule: string;
  /** The rules that it is held against, its own among them; all of the form and of signatures when they are left out. */
  readonly beside?: readonly string[];
  readonly change: Change;
};

const bodyOf = ({ text }: Answering): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
};

const JSON_TYPE = 'application/json; charset=utf-8';
const isBeat = ({ method, target }: Asking): boolean =>
  method === 'POST' && target.startsWith('/v1/terminal-heartbeats');
const inputOf = ({ headers }: Asking): string => singleHeader(headers, 'signature-input') ?? '';

function problem(right: Answering, code: ProblemCode): Answering {
  const { status, retryable, effect } = problemMeanings[code];
  const message = { zh: code, en: code };
  const told = { type: problemType(code), title: code, status, detail: code, code, message };
  const text = JSON.stringify({ ...told, retryable, effect, requestId: 'r-1' });
  return { ...right, status, contentType: 'application/problem+json; charset=utf-8', text };
}

/** A heartbeat that had to be refused is answered as if it were right. */
const takesBeat =
  (code: ProblemCode, isTaken: (asked: Asking, right: Answering) => boolean): Change =>
  (right, asked) => {
    if (!isBeat(asked) || bodyOf(right)['code'] !== code || !isTaken(asked, right)) return right;
    const serverTime = new Date(right.created * 1000).toISOString();
    const beat = { serverTime, settingsVersion: '1' };
    return { ...right, status: 200, contentType: JSON_TYPE, text: JSON.stringify(beat) };
  };

/** So that what is judged before the signature is still judged. */
const isSignedWithin = (seconds: number, asked: Asking, { created }: Answering): boolean =>
  Math.abs(Number(/;created=(\d+)/.exec(inputOf(asked))?.[1] ?? 0) - created) <= seconds;

function hasOtherDigest({ headers, body }: Asking): boolean {
  const said = singleHeader(headers, 'content-digest');
  return said?.startsWith('sha-256=') === true && said !== contentDigest(sha256(body));
}

const refusesFor =
  (isRefused: (asked: Asking) => boolean): Change =>
  (right, asked) =>
    isRefused(asked) ? problem(right, 'signature_invalid') : right;

const settingsAnyhow: Change = (right, { method, target, headers }, seen) => {
  const key = `${method} ${target}`;
  if (method === 'GET' && right.status === 200) seen.set(key, right.text);
  const known = seen.get(key);
  const isOther = bodyOf(right)['code'] === 'protocol_unsupported';
  const isNamed = singleHeader(headers, 'campus-protocol') !== null;
  return isOther && isNamed && known !== undefined
    ? { ...right, status: 200, contentType: JSON_TYPE, text: known }
    : right;
};

const judgesAnew: Change = (right, { target, body }, seen) => {
  if (target !== '/v1/payments' || right.status !== 200) return right;
  const text = body.toString('utf8');
  const isAgain = seen.has(text);
  seen.set(text, '');
  return isAgain
    ? { ...right, text: right.text.replace('"paymentId":"', '"paymentId":"9') }
    : right;
};

/** Each is right but for one thing; the rule is the one that the kit must find broken, and no other. */
export const wrongServices: readonly WrongService[] = [
  {
    name: 'listens to X-Forwarded-Host',
    rule: 'R1',
    change: refusesFor(({ headers }) => singleHeader(headers, 'x-forwarded-host') !== null),
  },
  {
    name: 'takes amounts as they come',
    rule: 'R2',
    change: (right, { target }) => {
      const isTaken = target === '/v1/payments' && bodyOf(right)['code'] === 'malformed_request';
      return isTaken ? { ...right, status: 200, contentType: JSON_TYPE, text: '{}' } : right;
    },
  },
  {
    name: 'reads over what it does not know',
    rule: 'R3',
    change: takesBeat('unknown_field', () => true),
  },
  { name: 'speaks every version', rule: 'R4', change: settingsAnyhow },
  {
    name: 'takes every type of body',
    rule: 'R5',
    change: takesBeat('unsupported_media_type', () => true),
  },
  {
    name: 'takes the components in any order',
    rule: 'R7',
    change: takesBeat('signature_invalid', (asked) =>
      inputOf(asked).includes('"@authority" "@method"'),
    ),
  },
  {
    name: 'verifies over the Host',
    rule: 'R8',
    change: refusesFor(({ headers, host }) => singleHeader(headers, 'host') !== host),
  },
  {
    name: 'does not look at the digest',
    rule: 'R9',
    change: takesBeat(
      'signature_invalid',
      (asked, right) => hasOtherDigest(asked) && isSignedWithin(60, asked, right),
    ),
  },
  {
    name: 'takes any parameters',
    rule: 'R10',
    change: takesBeat('signature_invalid', (asked) => inputOf(asked).includes(';nonce=')),
  },
  {
    name: 'takes signatures of two minutes ago',
    rule: 'R11',
    change: takesBeat('clock_off', (asked, right) => isSignedWithin(120, asked, right)),
  },
  {
    name: 'signs no problems',
    rule: 'R12',
    change: (right) =>
      right.status >= 400 && right.signed === 'bound' ? { ...right, signed: 'no' } : right,
  },
  {
    name: 'binds no answer to a heartbeat',
    rule: 'R12',
    change: (right, asked) =>
      isBeat(asked) && right.signed === 'bound' ? { ...right, signed: 'unbound' } : right,
  },
  {
    name: 'signs for strangers',
    rule: 'R14',
    change: (right) => (right.signed === 'no' ? { ...right, signed: 'unbound' } : right),
  },
  {
    name: 'gives problems as plain JSON',
    rule: 'R39',
    change: (right) => (right.status >= 400 ? { ...right, contentType: JSON_TYPE } : right),
  },
  {
    name: 'says that a malformed request may be sent again',
    rule: 'R40',
    change: (right) =>
      bodyOf(right)['code'] === 'malformed_request'
        ? { ...right, text: right.text.replace('"retryable":false', '"retryable":true') }
        : right,
  },
  {
    name: 'declines with 402',
    rule: 'R24',
    beside: ['R24', 'R25', 'R28'],
    change: (right) =>
      bodyOf(right)['verdict'] === 'declined' ? { ...right, status: 402 } : right,
  },
  {
    name: 'judges the same bytes anew',
    rule: 'R25',
    beside: ['R25', 'R28'],
    change: judgesAnew,
  },
  {
    name: 'forgets what was barred',
    rule: 'R28',
    beside: ['R25', 'R28'],
    change: (right, { method }) =>
      method === 'GET' && bodyOf(right)['code'] === 'order_number_reversed'
        ? problem(right, 'order_unknown')
        : right,
  },
  {
    name: 'reverses only what it has seen',
    rule: 'R31',
    beside: ['R25', 'R28', 'R31'],
    change: (right) =>
      bodyOf(right)['outcome'] === 'never_seen' ? problem(right, 'order_unknown') : right,
  },
];
