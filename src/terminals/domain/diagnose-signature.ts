import {
  BODILESS_COMPONENTS,
  BODY_COMPONENTS,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';
import { verify } from 'node:crypto';
import { parsePublicKey, sha256 } from './signatures.js';
import type { SigningMistake } from './signing-mistakes.js';

/** A request that was refused for its signature, as it arrived. */
export type RefusedRequest = {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly code: string;
};

export type KnownKey = { readonly algorithm: SignatureAlgorithm; readonly publicKey: Uint8Array };

export type Diagnosis = {
  /** The signature base line by line: as the service built it, and as the request's own headers imply it. */
  readonly service: readonly string[];
  readonly client: readonly string[];
  readonly mistake: SigningMistake;
  /** Whether the signature or the digest fits exactly this mistake, rather than being guessed. */
  readonly isProven: boolean;
};

type Context = {
  readonly serviceName: string;
  readonly nowSeconds: number;
  /** The one that the request names first. */
  readonly keys: readonly KnownKey[];
};

const found = (mistake: SigningMistake, isProven = true) => ({ mistake, isProven });
type Finding = ReturnType<typeof found> | undefined;

/** Names the most likely mistake of whoever signed, by trying which one makes the signature fit. */
export function diagnoseSignature(request: RefusedRequest, context: Context): Diagnosis {
  const parameters = (request.headers['signature-input'] ?? '').replace(/^\s*\w+=/, '');
  const covered = /^\(([^)]*)\)/.exec(parameters)?.[1]?.split(/\s+/).filter(Boolean) ?? [];
  const expected = request.body.length > 0 ? BODY_COMPONENTS : BODILESS_COMPONENTS;
  const line = (component: string, authority: string): string =>
    `${component}: ${valueOf(request, component, authority)}`;
  const last = `"@signature-params": ${parameters}`;
  const host = request.headers['host'] ?? '';
  const service = [...expected.map((each) => line(each, context.serviceName)), last];
  const client = [...covered.map((each) => line(each, host)), last];
  const finding =
    judgeTime(request, parameters, context) ??
    judgeDigest(request) ??
    judgeForm(request, covered, expected) ??
    judgeBase(request, service, context) ??
    found(request.code === 'signature_invalid' ? 'unknown' : 'form_wrong', false);
  return { service, client, ...finding };
}

function valueOf(request: RefusedRequest, component: string, authority: string): string {
  const { method, target, headers } = request;
  const split = target.indexOf('?');
  const derived: Record<string, string> = {
    '"@method"': method,
    '"@authority"': authority,
    '"@path"': split < 0 ? target : target.slice(0, split),
    '"@query"': split < 0 ? '?' : target.slice(split),
  };
  return derived[component] ?? headers[component.replaceAll('"', '')] ?? '';
}

const zoneSeconds = 1_800;
const windowSeconds = 60;

function judgeTime(
  { headers }: RefusedRequest,
  parameters: string,
  { nowSeconds }: Context,
): Finding {
  if (headers['signature'] === undefined || headers['signature-input'] === undefined)
    return found('not_signed');
  const created = Number(/;\s*created=(\d+)/.exec(parameters)?.[1]);
  if (!Number.isFinite(created)) return undefined;
  const off = Math.abs(created - nowSeconds);
  if (Math.abs(created / 1_000 - nowSeconds) < zoneSeconds) return found('created_in_milliseconds');
  if (off <= windowSeconds) return undefined;
  const beside = Math.abs(off - Math.round(off / zoneSeconds) * zoneSeconds);
  return off < 15 * 3_600 && off >= zoneSeconds - windowSeconds && beside <= windowSeconds
    ? found('created_in_local_time', false)
    : found('clock_off');
}

/** How usual libraries would have written the same JSON. */
function otherWritings(body: Buffer): Buffer[] {
  const text = body.toString('utf8');
  const writings = [`${text}\n`, text.trimEnd(), text.replaceAll('\r\n', '\n')];
  try {
    const value = JSON.parse(text) as unknown;
    const compact = JSON.stringify(value);
    writings.push(compact, JSON.stringify(value, null, 2), JSON.stringify(value, null, 4));
    // As Python writes it: a space after each comma and colon outside of strings.
    writings.push(
      compact.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (part) => (part.length > 1 ? part : `${part} `)),
    );
  } catch {
    // No JSON: then it was not written again either.
  }
  return writings.map((each) => Buffer.from(each)).filter((each) => !each.equals(body));
}

function judgeDigest({ headers, body }: RefusedRequest): Finding {
  if (body.length === 0) return undefined;
  const claimed = /^sha-256=:?([^:]*):?$/.exec(headers['content-digest'] ?? '')?.[1];
  if (claimed === undefined) return undefined;
  const own = Buffer.from(sha256(body));
  if (claimed === own.toString('base64')) return undefined;
  const hex = own.toString('hex');
  if (claimed.toLowerCase() === hex || claimed === Buffer.from(hex).toString('base64'))
    return found('digest_of_hex');
  const isOther = otherWritings(body).some(
    (each) => Buffer.from(sha256(each)).toString('base64') === claimed,
  );
  return isOther ? found('digest_of_other_bytes') : found('digest_wrong', false);
}

function judgeForm(
  { headers }: RefusedRequest,
  covered: readonly string[],
  expected: readonly string[],
): Finding {
  const written = /=:([^:]*):/.exec(headers['signature'] ?? '')?.[1] ?? '';
  if (/[-_]/.test(written)) return found('signature_in_base64url');
  const signature = Buffer.from(written, 'base64');
  if (signature.length > 64 && signature.length <= 72 && signature[0] === 0x30)
    return found('signature_is_der');
  if (covered.join() === expected.join()) return undefined;
  return [...covered].sort().join() === [...expected].sort().join()
    ? found('components_in_other_order')
    : found('components_differ');
}

type Variant = readonly [mistake: SigningMistake, base: string | Uint8Array];

function variantsOf(request: RefusedRequest, lines: readonly string[]): Variant[] {
  const base = lines.join('\n');
  const swap = (from: string | RegExp, to: string) => base.replace(from, () => to);
  const host = request.headers['host'] ?? '';
  const authorities = [
    host,
    host.toLowerCase(),
    host.replace(/:\d+$/, ''),
    `http://${host}`,
    `https://${host}`,
  ];
  return [
    ...authorities.map((each): Variant => [
      'authority_is_host',
      swap(/"@authority": .*/, `"@authority": ${each}`),
    ]),
    ['line_feed_at_the_end', `${base}\n`],
    ['lines_end_in_crlf', lines.join('\r\n')],
    ['query_left_empty', swap('"@query": ?\n', '"@query": \n')],
    ['method_in_lower_case', swap(/"@method": .*/, `"@method": ${request.method.toLowerCase()}`)],
    ['label_in_parameters', swap('"@signature-params": ', '"@signature-params": cp=')],
    ['hashed_before_signing', sha256(Buffer.from(base))],
    ['hashed_before_signing', Buffer.from(sha256(Buffer.from(base))).toString('hex')],
  ];
}

function judgeBase(request: RefusedRequest, lines: readonly string[], { keys }: Context): Finding {
  const [key, ...others] = keys;
  const written = /=:([^:]*):/.exec(request.headers['signature'] ?? '')?.[1] ?? '';
  const signature = Buffer.from(written, 'base64');
  const fits = (by: KnownKey | undefined, base: string | Uint8Array): boolean =>
    by !== undefined && holds(by, Buffer.from(base), signature);
  for (const [mistake, base] of variantsOf(request, lines))
    if (fits(key, base)) return found(mistake);
  const base = lines.join('\n');
  if (others.some((each) => fits(each, base))) return found('other_key_of_terminal');
  return undefined;
}

function holds({ algorithm, publicKey }: KnownKey, base: Buffer, signature: Buffer): boolean {
  const key = parsePublicKey(algorithm, publicKey);
  if (key === undefined || signature.length !== 64) return false;
  return algorithm === 'ed25519'
    ? verify(null, base, key, signature)
    : verify('sha256', base, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
