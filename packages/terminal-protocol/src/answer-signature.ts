import { asciiBytes } from './bytes.js';
import { byteSequence, contentDigest, judgeDigest } from './content-digest.js';
import { singleHeader, type RawHeaders } from './headers.js';
import { refuse, type Accepted, type Refusal } from './refusal.js';
import {
  readSignatureFields,
  readSignatureValue,
  signatureHeaders,
  writeParameters,
} from './signature-fields.js';
import type { SignatureAlgorithm } from './algorithms.js';
import type { Sha256 } from './request-signature.js';

/** Marks a signature as the service's answer. */
export const ANSWER_TAG = 'cpc1-answer';

const UNBOUND = ['"@status"', '"content-type"', '"content-digest"'] as const;
const BOUND = [...UNBOUND, '"signature";req;key="cp"'] as const;

/** An answer about to be signed. `requestSignature` binds it to the request; null when it had none. */
export type AnswerDraft = {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array;
  readonly requestSignature: Uint8Array | null;
};

export type AnswerToSign = {
  readonly base: Uint8Array;
  /** The four headers of a signed answer: content-type, content-digest and both signature fields. */
  finish(signature: Uint8Array): Record<string, string>;
};

/** What a request's answer is bound to: the bytes of its `Signature`, or null if unreadable. */
export function requestSignatureOf(headers: RawHeaders): Uint8Array | null {
  return readSignatureValue(headers);
}

export function answerToSign(
  answer: AnswerDraft,
  signer: { keyId: string; algorithm: SignatureAlgorithm; created: number; sha256: Sha256 },
): AnswerToSign {
  const { keyId, algorithm, created, sha256 } = signer;
  const digest = contentDigest(sha256(answer.body));
  const components = answer.requestSignature === null ? UNBOUND : BOUND;
  const parameters = writeParameters(components, { created, keyId, algorithm, tag: ANSWER_TAG });
  const headers = { 'content-type': answer.contentType, 'content-digest': digest };
  return {
    base: answerBase({ ...answer, digest }, parameters),
    finish: (signature) => ({ ...headers, ...signatureHeaders(parameters, signature) }),
  };
}

type BaseParts = Omit<AnswerDraft, 'body'> & { readonly digest: string };

function answerBase(parts: BaseParts, parameters: string): Uint8Array {
  const lines = [
    `"@status": ${parts.status}`,
    `"content-type": ${parts.contentType}`,
    `"content-digest": ${parts.digest}`,
  ];
  if (parts.requestSignature !== null) {
    lines.push(`${BOUND[3]}: ${byteSequence(parts.requestSignature)}`);
  }
  lines.push(`"@signature-params": ${parameters}`);
  return asciiBytes(lines.join('\n'));
}

/** An answer as it arrived; `requestSignature` is that of the request the terminal sent. */
export type AnswerMessage = {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Uint8Array;
  readonly requestSignature: Uint8Array;
};

/**
 * An answer whose form is right; its signature over `base` is still to be verified. Unless it is
 * `bound` to the request it may be an old one replayed: take the time from it and nothing else.
 */
export type SignedAnswer = {
  readonly bound: boolean;
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  readonly created: number;
  readonly signature: Uint8Array;
  readonly base: Uint8Array;
};

export type AnswerCheck = Accepted<SignedAnswer> | Refusal<'answer_invalid'>;

export function readSignedAnswer(
  message: AnswerMessage,
  { sha256 }: { sha256: Sha256 },
): AnswerCheck {
  const { status, headers, body } = message;
  const fields = readSignatureFields(headers, [BOUND, UNBOUND]);
  if (typeof fields === 'string') return invalid(fields);
  if (fields.tag !== ANSWER_TAG) return invalid(`tag must be ${ANSWER_TAG}`);
  const bound = fields.components === BOUND;
  const contentType = singleHeader(headers, 'content-type');
  const digest = singleHeader(headers, 'content-digest');
  if (contentType === null || digest === null) return invalid('a covered header is missing');
  if (judgeDigest(digest, sha256(body)) !== null) {
    return invalid('Content-Digest does not match the body');
  }
  const requestSignature = bound ? message.requestSignature : null;
  const base = answerBase({ status, contentType, digest, requestSignature }, fields.parameters);
  const { keyId, algorithm, created, signature } = fields;
  return { ok: true, bound, keyId, algorithm, created, signature, base };
}

function invalid(why: string): Refusal<'answer_invalid'> {
  return refuse('answer_invalid', `The answer's signature cannot be accepted: ${why}.`);
}
