import {
  answerToSign,
  readSignedAnswer,
  type AnswerDraft,
  type AnswerMessage,
  type SignedAnswer,
} from './answer-signature.js';
import {
  readSignedRequest,
  requestToSign,
  type RequestMessage,
  type RequestRefusalCode,
  type Sha256,
  type SignedRequest,
} from './request-signature.js';
import { refuse, type Accepted, type Refusal } from './refusal.js';
import type { SignatureAlgorithm } from './algorithms.js';

/** Signers and verifiers may answer at once or later. */
type Eventually<Value> = Value | Promise<Value>;

export type VerifyingKey = {
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: Uint8Array;
};
export type Sign = (base: Uint8Array) => Eventually<Uint8Array>;
export type Verify = (
  key: VerifyingKey,
  base: Uint8Array,
  signature: Uint8Array,
) => Eventually<boolean>;
type KeyRefusalCode = 'terminal_unknown' | 'terminal_revoked';

type SigningIdentity = {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** Unix seconds, by the best estimate of the service's clock. */
  readonly created: number;
  readonly sha256: Sha256;
  readonly sign: Sign;
};

/** The headers of a signed request; the body must be sent exactly as given. */
export async function signRequest(
  request: Omit<RequestMessage, 'headers'>,
  signer: SigningIdentity,
): Promise<Record<string, string>> {
  const draft = requestToSign(request, signer);
  return draft.finish(await signer.sign(draft.base));
}

/** The service's whole check: form, time, key, signature. */
export async function verifyRequest(
  message: RequestMessage,
  options: {
    readonly sha256: Sha256;
    readonly nowSeconds: number;
    readonly findKey: (keyId: string) => Eventually<VerifyingKey | KeyRefusalCode>;
    readonly verify: Verify;
  },
): Promise<Accepted<SignedRequest> | Refusal<RequestRefusalCode | KeyRefusalCode>> {
  const read = readSignedRequest(message, options);
  if (!read.ok) return read;
  const key = await options.findKey(read.keyId);
  if (typeof key === 'string') return refuse(key, `No request is accepted under ${read.keyId}.`);
  const holds =
    key.algorithm === read.algorithm && (await options.verify(key, read.base, read.signature));
  return holds ? read : refuse('signature_invalid', 'The signature does not verify.');
}

/** The headers of a signed answer. */
export async function signAnswer(
  answer: AnswerDraft,
  signer: SigningIdentity,
): Promise<Record<string, string>> {
  const draft = answerToSign(answer, signer);
  return draft.finish(await signer.sign(draft.base));
}

/** The terminal's whole check. An accepted answer that is not `bound` only tells the time. */
export async function verifyAnswer(
  message: AnswerMessage,
  options: {
    readonly sha256: Sha256;
    readonly findKey: (keyId: string) => Eventually<VerifyingKey | undefined>;
    readonly verify: Verify;
  },
): Promise<Accepted<SignedAnswer> | Refusal<'answer_invalid'>> {
  const read = readSignedAnswer(message, options);
  if (!read.ok) return read;
  const key = await options.findKey(read.keyId);
  const holds =
    key?.algorithm === read.algorithm && (await options.verify(key, read.base, read.signature));
  return holds ? read : refuse('answer_invalid', "The answer's signature does not verify.");
}
