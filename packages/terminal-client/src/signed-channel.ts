import {
  readSignedAnswer,
  requestToSign,
  type Problem,
  type ServiceKey,
} from '@campus-paycode/terminal-protocol';
import { answerKey, sha256, type AnswerKey, type TerminalKey } from './node-keys.js';
import type { IncomingAnswer, Transport } from './http-transport.js';
import type { Surroundings } from './surroundings.js';

/** Silence: no answer, or none that verifies, which is the same thing. */
export type ChannelAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly retryAfterMillis: number }
  | { readonly kind: 'silence'; readonly why: string };

export type ChannelRequest = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  /** The exact bytes of the body as UTF-8 text; empty for none. */
  readonly body: string;
  readonly timeoutMillis: number;
  readonly signal?: AbortSignal;
};

/** Carries one request and its verified answer, and knows the service's time (unix milliseconds). */
export interface Channel {
  send(request: ChannelRequest): Promise<ChannelAnswer>;
  serviceNow(): number;
}

type Identity = { readonly keyId: string; readonly key: TerminalKey; readonly serviceName: string };

/** How far the estimate of the service's clock may be off before it is corrected. */
const CLOCK_TOLERANCE_MILLIS = 2_000;

/**
 * Signs each request afresh, verifies each answer, and keeps an estimate of the service's time. On
 * first contact it takes the service's keys from the very answer that they verify: whoever reads
 * the enrolment code to the terminal vouches for the connection, which is TLS outside a lab.
 */
export class SignedChannel implements Channel {
  private offsetMillis = 0;
  private keys = new Map<string, AnswerKey>();

  constructor(
    private identity: Identity,
    private readonly transport: Transport,
    private readonly surroundings: Surroundings,
    private readonly mode: { readonly firstContact: boolean } = { firstContact: false },
  ) {}

  /** The terminal's own key: what else it signs, it signs with this. */
  get key(): TerminalKey {
    return this.identity.key;
  }

  trust(serviceKeys: readonly ServiceKey[]): void {
    this.keys = new Map();
    for (const described of serviceKeys) {
      const key = answerKey(described);
      if (key !== null) this.keys.set(described.keyId, key);
    }
  }

  get keyId(): string {
    return this.identity.keyId;
  }

  /** Signs by another key of this terminal from now on. */
  signWith(keyId: string, key: TerminalKey): void {
    this.identity = { ...this.identity, keyId, key };
  }

  /** Unix milliseconds by the service's clock, as well as this terminal knows it. */
  serviceNow(): number {
    return this.surroundings.now() + this.offsetMillis;
  }

  async send(request: ChannelRequest): Promise<ChannelAnswer> {
    const body = Buffer.from(request.body, 'utf8');
    const { keyId, key, serviceName } = this.identity;
    const created = Math.floor(this.serviceNow() / 1000);
    const { algorithm } = key;
    const message = {
      method: request.method,
      authority: serviceName,
      target: request.target,
      body,
    };
    const draft = requestToSign(message, { keyId, algorithm, created, sha256 });
    const signature = key.sign(draft.base);
    const headers = draft.finish(signature);
    const arrived = await this.carry({ ...message, headers }, request);
    return typeof arrived === 'string'
      ? { kind: 'silence', why: arrived }
      : this.read(arrived, signature);
  }

  private async carry(
    outgoing: Parameters<Transport>[0],
    { timeoutMillis, signal }: ChannelRequest,
  ): Promise<IncomingAnswer | string> {
    const abort = new AbortController();
    const stop = () => {
      abort.abort();
    };
    if (signal?.aborted) return 'stopped';
    signal?.addEventListener('abort', stop);
    const cancelTimeout = this.surroundings.after(timeoutMillis, stop);
    try {
      return await this.transport(outgoing, abort.signal);
    } catch (error) {
      return error instanceof Error ? error.message : 'no answer';
    } finally {
      cancelTimeout();
      signal?.removeEventListener('abort', stop);
    }
  }

  private read(arrived: IncomingAnswer, requestSignature: Uint8Array): ChannelAnswer {
    const answer = readSignedAnswer({ ...arrived, requestSignature }, { sha256 });
    if (!answer.ok) return { kind: 'silence', why: answer.detail };
    const body = parseJson(arrived.body);
    if (this.mode.firstContact) {
      if (isProblem(body, arrived.status)) return this.readFirstRefusal(body, answer.created);
      this.trust(serviceKeysOf(body));
    }
    const key = this.keys.get(answer.keyId);
    if (key?.algorithm !== answer.algorithm || !key.verify(answer.base, answer.signature)) {
      return { kind: 'silence', why: 'the answer does not verify' };
    }
    if (!answer.bound) return { kind: 'silence', why: 'the answer is not bound to the request' };
    this.learnTime(answer.created);
    if (isProblem(body, arrived.status)) {
      return { kind: 'problem', problem: body, retryAfterMillis: retryAfter(arrived) };
    }
    if (arrived.status >= 200 && arrived.status < 300 && body !== undefined) {
      return { kind: 'answer', status: arrived.status, body };
    }
    return { kind: 'silence', why: `unreadable answer with status ${arrived.status}` };
  }

  /** Before enrolment no key of the service is known, and a refusal moves no money: believe it. */
  private readFirstRefusal(problem: Problem, created: number): ChannelAnswer {
    this.learnTime(created);
    return { kind: 'problem', problem, retryAfterMillis: 0 };
  }

  /** `created` is cut to whole seconds: half a second later is the best guess. */
  private learnTime(created: number): void {
    const told = created * 1000 + 500;
    if (Math.abs(told - this.serviceNow()) > CLOCK_TOLERANCE_MILLIS) {
      this.offsetMillis = told - this.surroundings.now();
    }
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8'));
  } catch {
    return undefined;
  }
}

function serviceKeysOf(body: unknown): readonly ServiceKey[] {
  const keys = (body as { serviceKeys?: unknown } | null | undefined)?.serviceKeys;
  return Array.isArray(keys) ? (keys as ServiceKey[]) : [];
}

function isProblem(body: unknown, status: number): body is Problem {
  if (status < 400 || typeof body !== 'object' || body === null) return false;
  const { code, retryable, effect } = body as Partial<Problem>;
  // A code that is newer than this client is still a problem: retryable and effect say what to do.
  return typeof code === 'string' && typeof retryable === 'boolean' && typeof effect === 'string';
}

function retryAfter({ headers }: IncomingAnswer): number {
  const value = headers['retry-after'];
  const seconds = Number(typeof value === 'string' ? value : value?.[0]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 300) * 1000 : 0;
}
