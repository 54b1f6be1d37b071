/** What must be so of every request that a terminal ever sends. */
import { sha256, type AnswerKey } from '@campus-paycode/terminal-client';
import {
  BODILESS_COMPONENTS,
  BODY_COMPONENTS,
  contentDigest,
  requestBase,
  REQUEST_TAG,
  requestSignatureOf,
  singleHeader,
  type RawHeaders,
} from '@campus-paycode/terminal-protocol';
import { judgeBody, type Seen } from './watch-body.js';

export type Incoming = {
  readonly method: string;
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
};

export type Watched = {
  readonly keyId: string;
  readonly created: number;
  readonly signature: Uint8Array | null;
  readonly broken: readonly Seen[];
};

const PARAMETERS = 'created keyid alg tag';

/** `keyFor` knows the terminal's keys, also the one that an enrolment is just bringing. */
export function watch(
  request: Incoming,
  serviceName: string,
  keyFor: (keyId: string) => AnswerKey | null,
): Watched {
  const { method, target, headers, body } = request;
  const broken: Seen[] = [];
  const note = (holds: boolean, rule: string, what: string) => {
    if (!holds) broken.push({ rule, what: `${method} ${target}: ${what}` });
  };
  const version = singleHeader(headers, 'campus-protocol');
  note(version === '1', 'R4', `Campus-Protocol is ${String(version)}`);
  const type = singleHeader(headers, 'content-type');
  const hasBody = body.length > 0;
  note(!hasBody || /^application\/json(; charset=utf-8)?$/i.test(type ?? ''), 'R5', `type ${type}`);
  note(singleHeader(headers, 'content-encoding') === null, 'R5', 'the body is compressed');
  note(method !== 'GET' || !hasBody, 'R5', 'a GET has a body');
  note(!target.includes('?'), 'R3', 'there is a query');
  if (hasBody) {
    const digest = singleHeader(headers, 'content-digest');
    note(digest === contentDigest(sha256(body)), 'R9', `Content-Digest is ${digest}`);
    for (const { rule, what } of judgeBody(method, target, body)) note(false, rule, what);
  }
  const input = singleHeader(headers, 'signature-input') ?? '';
  const parts = /^cp=\(([^)]*)\)((?:;[a-z]+=(?:"[^"]*"|\d+))*)$/.exec(input);
  note(parts !== null, 'R10', `Signature-Input is ${input}`);
  const components = (hasBody ? BODY_COMPONENTS : BODILESS_COMPONENTS).join(' ');
  note(parts === null || parts[1] === components, 'R7', `it covers ${parts?.[1]}`);
  const described = new Map(
    (parts?.[2] ?? '').split(';').map((text) => {
      const [name = '', value = ''] = text.split('=');
      return [name, value.replaceAll('"', '')];
    }),
  );
  described.delete('');
  const names = [...described.keys()];
  const isAll = PARAMETERS.split(' ').every((name) => names.includes(name)) && names.length === 4;
  note(isAll && described.get('tag') === REQUEST_TAG, 'R10', `the parameters are ${input}`);
  const keyId = described.get('keyid') ?? '';
  const key = keyFor(keyId);
  const signature = requestSignatureOf(headers);
  const verifies = (authority: string, path = target) => {
    const message = { method, authority, target: path, headers, body };
    const base = requestBase(message, input.replace(/^cp=/, ''));
    return base !== null && signature !== null && key?.verify(base, signature) === true;
  };
  // What it does not cover, or covers in another order, cannot be told from a wrong signature.
  const isJudged = parts !== null && isAll && parts[1] === components && key !== null;
  if (isJudged && !verifies(serviceName)) {
    const host = singleHeader(headers, 'host') ?? '';
    const wrongName = [host, host.split(':')[0] ?? ''].some((name) => name && verifies(name));
    if (wrongName) note(false, 'R8', `signed for ${host}`);
    else note(false, 'R6', 'the signature does not verify');
  }
  return { keyId, created: Number(described.get('created') ?? 0), signature, broken };
}
