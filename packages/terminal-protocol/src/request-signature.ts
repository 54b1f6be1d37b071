import { asciiBytes } from './bytes.js';
import { contentDigest, judgeDigest } from './content-digest.js';
import { hasHeader, singleHeader, type RawHeaders } from './headers.js';
import { refuse, type Accepted, type Refusal } from './refusal.js';
import { readSignatureFields, signatureHeaders, writeParameters } from './signature-fields.js';
import type { SignatureAlgorithm } from './algorithms.js';

/** Marks a signature as a terminal's request, so that it can never pass for anything else. */
export const REQUEST_TAG = 'cpc1-terminal';
export const PROTOCOL_VERSION = 1;
/** How far `created` may be from the service's time. */
export const CLOCK_WINDOW_SECONDS = 60;

export const BODILESS_COMPONENTS = [
  '"@method"',
  '"@authority"',
  '"@path"',
  '"@query"',
  '"campus-protocol"',
] as const;
export const BODY_COMPONENTS = [
  ...BODILESS_COMPONENTS,
  '"content-type"',
  '"content-digest"',
] as const;

/**
 * A request as it travels. `target` is the raw request target (`/v1/payments?x=1`), `authority`
 * the service name of the terminal's settings and never the Host header; an empty body is none.
 */
export type RequestMessage = {
  readonly method: string;
  readonly authority: string;
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
};

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A request whose form is right; its signature over `base` is still to be verified. */
export type SignedRequest = {
  /** Of the protocol: the one that the request is in. */
  readonly version: number;
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  readonly created: number;
  readonly signature: Uint8Array;
  readonly base: Uint8Array;
};

export type RequestRefusalCode =
  'protocol_unsupported' | 'signature_missing' | 'signature_invalid' | 'clock_off';

export type RequestCheck = Accepted<SignedRequest> | Refusal<RequestRefusalCode>;

type ReadingOptions = {
  readonly sha256: Sha256;
  readonly nowSeconds: number;
  readonly versions?: readonly number[];
};

/**
 * All of a request that can be judged without a key: version, form, digest and time (in this
 * order). `nowSeconds` is the service's time in unix seconds, `versions` are those that it speaks. Verify
 * `signature` over `base` next.
 */
export function readSignedRequest(
  message: RequestMessage,
  { sha256, nowSeconds, versions = [PROTOCOL_VERSION] }: ReadingOptions,
): RequestCheck {
  const { headers } = message;
  const stated = singleHeader(headers, 'campus-protocol');
  const version = versions.find((spoken) => String(spoken) === stated);
  if (version === undefined) {
    const spoken = versions.join(' or ');
    return refuse('protocol_unsupported', `Send Campus-Protocol: ${spoken}. No other is spoken.`);
  }
  if (!hasHeader(headers, 'signature-input') || !hasHeader(headers, 'signature')) {
    return refuse('signature_missing', 'Send Signature-Input and Signature.');
  }
  const fields = readSignatureFields(headers, [componentsFor(message.body)]);
  if (typeof fields === 'string') return invalid(fields);
  if (fields.tag !== REQUEST_TAG) return invalid(`tag must be ${REQUEST_TAG}`);
  const wrongBody = judgeBody(message, sha256);
  if (wrongBody !== null) return invalid(wrongBody);
  const base = requestBase(message, fields.parameters);
  if (base === null) return invalid('the request target must be an ASCII path');
  if (Math.abs(nowSeconds - fields.created) > CLOCK_WINDOW_SECONDS) {
    return refuse('clock_off', 'created is more than 60 s from the time of this answer.');
  }
  const { keyId, algorithm, created, signature } = fields;
  return { ok: true, version, keyId, algorithm, created, signature, base };
}

function invalid(why: string): Refusal<'signature_invalid'> {
  return refuse('signature_invalid', `The signature cannot be accepted: ${why}.`);
}

function componentsFor(body: Uint8Array): readonly string[] {
  return body.length > 0 ? BODY_COMPONENTS : BODILESS_COMPONENTS;
}

function judgeBody({ headers, body }: RequestMessage, sha256: Sha256): string | null {
  if (body.length === 0) return null;
  if (singleHeader(headers, 'content-type') === null) return 'Content-Type must be sent once';
  return judgeDigest(singleHeader(headers, 'content-digest') ?? '', sha256(body));
}

const METHOD = /^[A-Z]{3,10}$/;
const AUTHORITY = /^[a-z0-9.-]{1,253}(?::\d{1,5})?$/;
const TARGET = /^\/[\x21\x22\x24-\x7e]*$/;

/** The signature base of RFC 9421, 2.5, as bytes; null for a message that cannot have one. */
export function requestBase(message: RequestMessage, parameters: string): Uint8Array | null {
  const { method, authority, target, headers, body } = message;
  if (!METHOD.test(method) || !AUTHORITY.test(authority) || !TARGET.test(target)) return null;
  const split = target.indexOf('?');
  const lines = [
    `"@method": ${method}`,
    `"@authority": ${authority}`,
    `"@path": ${split < 0 ? target : target.slice(0, split)}`,
    `"@query": ${split < 0 ? '?' : target.slice(split)}`,
    `"campus-protocol": ${singleHeader(headers, 'campus-protocol')}`,
  ];
  if (body.length > 0) {
    lines.push(`"content-type": ${singleHeader(headers, 'content-type')}`);
    lines.push(`"content-digest": ${singleHeader(headers, 'content-digest')}`);
  }
  lines.push(`"@signature-params": ${parameters}`);
  return asciiBytes(lines.join('\n'));
}

/** A request about to be signed; `headers` are to be sent with those of `finish`. */
export type RequestToSign = {
  readonly base: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** All headers of the protocol, with the signature over `base`. */
  finish(signature: Uint8Array): Record<string, string>;
};

type RequestSigner = {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  readonly created: number;
  readonly sha256: Sha256;
  /** Of the protocol, that which the body was written in; the newest unless told otherwise. */
  readonly version?: number;
};

/**
 * Throws RangeError for a method, authority or target that no request can have (a programming
 * error, not input).
 */
export function requestToSign(
  request: Omit<RequestMessage, 'headers'>,
  signer: RequestSigner,
): RequestToSign {
  const { keyId, algorithm, created, sha256, version = PROTOCOL_VERSION } = signer;
  const headers: Record<string, string> = { 'campus-protocol': String(version) };
  if (request.body.length > 0) {
    headers['content-type'] = 'application/json';
    headers['content-digest'] = contentDigest(sha256(request.body));
  }
  const described = { created, keyId, algorithm, tag: REQUEST_TAG };
  const parameters = writeParameters(componentsFor(request.body), described);
  const base = requestBase({ ...request, headers }, parameters);
  if (base === null) throw new RangeError('method, authority or target cannot be signed');
  return {
    base,
    headers,
    finish: (signature) => ({ ...headers, ...signatureHeaders(parameters, signature) }),
  };
}
