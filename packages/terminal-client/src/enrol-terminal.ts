import {
  ENROLMENT_KEY_ID,
  toBase64Url,
  type EnrolmentAnswer,
  type EnrolmentRequest,
  type SignatureAlgorithm,
} from '@campus-paycode/terminal-protocol';
import { generateTerminalKey, terminalKeyFromPem, type TerminalKey } from './node-keys.js';
import { SignedChannel } from './signed-channel.js';
import { readIdentity, writeIdentity, type IdentityFile } from './state-files.js';
import { NoAnswer, TerminalProblem } from './terminal-events.js';
import type { Transport } from './http-transport.js';
import type { Surroundings } from './surroundings.js';

export type EnrolmentOptions = {
  /** Came with the enrolment code; the signed authority of every request. */
  readonly serviceName: string;
  readonly enrolmentCode: string;
  readonly algorithm?: SignatureAlgorithm;
  readonly model: string;
  readonly softwareVersion: string;
  /** Null keeps nothing, for simulations. */
  readonly stateDir: string | null;
};

const ANSWER_WAIT_MILLIS = 10_000;

/**
 * Turns a one-time code into a key that the service knows. The key is on disk before it is sent,
 * so that a lost answer is asked for again with the same key and code. Throws TerminalProblem when
 * the service refuses and NoAnswer when it is not heard.
 */
export async function enrolTerminal(
  options: EnrolmentOptions,
  { transport, surroundings }: { transport: Transport; surroundings: Surroundings },
): Promise<IdentityFile> {
  const { stateDir, serviceName } = options;
  const kept = stateDir === null ? null : await readIdentity(stateDir);
  if (kept?.keyId) throw new Error(`${stateDir} holds a terminal that is enrolled already`);
  const key =
    kept === null
      ? generateTerminalKey(options.algorithm ?? 'ed25519')
      : terminalKeyFromPem(kept.algorithm, kept.privateKey);
  const draft: IdentityFile = {
    algorithm: key.algorithm,
    privateKey: key.toPem(),
    serviceName,
    keyId: null,
    terminalId: null,
    settings: null,
    serviceKeys: [],
  };
  if (stateDir !== null) await writeIdentity(stateDir, draft);
  const identity = { keyId: ENROLMENT_KEY_ID, key, serviceName };
  const channel = new SignedChannel(identity, transport, surroundings, { firstContact: true });
  const { keyId, terminalId, settings, serviceKeys } = await ask(channel, options, key);
  const enrolled = { ...draft, keyId, terminalId, settings, serviceKeys };
  if (stateDir !== null) await writeIdentity(stateDir, enrolled);
  return enrolled;
}

async function ask(
  channel: SignedChannel,
  { enrolmentCode, model, softwareVersion }: EnrolmentOptions,
  { algorithm, publicKey }: TerminalKey,
): Promise<EnrolmentAnswer> {
  const request: EnrolmentRequest = {
    enrolmentCode,
    algorithm,
    publicKey: toBase64Url(publicKey),
    model,
    softwareVersion,
  };
  const message = {
    method: 'POST' as const,
    target: '/v1/terminal-enrolments',
    body: JSON.stringify(request),
    timeoutMillis: ANSWER_WAIT_MILLIS,
  };
  let answer = await channel.send(message);
  // The refusal has told the right time; the service has stored nothing.
  if (answer.kind === 'problem' && answer.problem.code === 'clock_off') {
    answer = await channel.send(message);
  }
  if (answer.kind === 'problem') throw new TerminalProblem(answer.problem);
  if (answer.kind === 'silence') throw new NoAnswer(answer.why);
  return answer.body as EnrolmentAnswer;
}
