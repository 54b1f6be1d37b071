import nacl from 'tweetnacl';
import { sha256 } from '@noble/hashes/sha2.js';
import {
  fromBase64Url,
  readSignedAnswer,
  requestToSign,
  type Problem,
  type ServiceKey,
} from '@campus-paycode/terminal-protocol';
import type { Channel, ChannelAnswer, ChannelRequest } from '@campus-paycode/terminal-client/pure';

type Arrived = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};
type Identity = {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  readonly serviceName: string;
};

const ALGORITHM = 'ecdsa-p256-sha256';
const CLOCK_TOLERANCE_MILLIS = 2_000;

/**
 * Signs each request with the browser's own cryptography and believes no answer that does not
 * verify. At enrolment it takes the service's keys from the answer that they verify: whoever gave
 * the code vouches for the connection.
 */
export class TillChannel implements Channel {
  private offsetMillis = 0;
  private keys = new Map<string, Uint8Array>();
  /** The cashier's switch: nothing goes out or comes in while it is off, as with a cable pulled. */
  isPluggedIn = true;
  /** The next sale is carried there and decided, and what the service says of it gets lost, once. */
  losesNextAnswer = false;

  constructor(
    private readonly identity: Identity,
    private readonly mode: { readonly firstContact: boolean } = { firstContact: false },
  ) {}

  trust(serviceKeys: readonly ServiceKey[]): void {
    this.keys = new Map();
    for (const { keyId, algorithm, publicKey } of serviceKeys) {
      const raw = fromBase64Url(publicKey);
      if (algorithm === 'ed25519' && raw?.length === nacl.sign.publicKeyLength) {
        this.keys.set(keyId, raw);
      }
    }
  }

  serviceNow(): number {
    return Date.now() + this.offsetMillis;
  }

  async send(request: ChannelRequest): Promise<ChannelAnswer> {
    const { keyId, serviceName } = this.identity;
    const body = new TextEncoder().encode(request.body);
    const { method, target } = request;
    const created = Math.floor(this.serviceNow() / 1000);
    const draft = requestToSign(
      { method, authority: serviceName, target, body },
      { keyId, algorithm: ALGORITHM, created, sha256 },
    );
    const signature = await this.sign(draft.base);
    const off = 'the network is switched off';
    const carried = this.isPluggedIn ? await carry(request, body, draft.finish(signature)) : off;
    // An answer that was on its way when the cable was pulled would tell that the service can be reached.
    const arrived = this.isPluggedIn ? carried : off;
    if (this.losesNextAnswer && target === '/v1/payments') {
      this.losesNextAnswer = false;
      return { kind: 'silence', why: 'the answer was thrown away' };
    }
    return typeof arrived === 'string'
      ? { kind: 'silence', why: arrived }
      : this.read(arrived, signature);
  }

  /** With the till's own key, which no page can take out of the browser. */
  async sign(message: Uint8Array): Promise<Uint8Array> {
    const kind = { name: 'ECDSA', hash: 'SHA-256' };
    const { privateKey } = this.identity;
    return new Uint8Array(await crypto.subtle.sign(kind, privateKey, new Uint8Array(message)));
  }

  private read(arrived: Arrived, requestSignature: Uint8Array): ChannelAnswer {
    const answer = readSignedAnswer({ ...arrived, requestSignature }, { sha256 });
    if (!answer.ok) return { kind: 'silence', why: answer.detail };
    const body = parseJson(arrived.body);
    if (this.mode.firstContact) {
      // Before enrolment no key is known, and a refusal moves no money: believe it.
      if (isProblem(body, arrived.status)) {
        this.learnTime(answer.created);
        return { kind: 'problem', problem: body, retryAfterMillis: 0 };
      }
      this.trust((body as { serviceKeys?: ServiceKey[] } | null)?.serviceKeys ?? []);
    }
    const key = this.keys.get(answer.keyId);
    const holds =
      key !== undefined &&
      answer.algorithm === 'ed25519' &&
      nacl.sign.detached.verify(answer.base, answer.signature, key);
    if (!holds) return { kind: 'silence', why: 'the answer does not verify' };
    if (!answer.bound) return { kind: 'silence', why: 'the answer is not bound to the request' };
    this.learnTime(answer.created);
    if (isProblem(body, arrived.status)) {
      const seconds = Number(arrived.headers['retry-after'] ?? 0);
      const retryAfterMillis = seconds > 0 ? Math.min(seconds, 300) * 1000 : 0;
      return { kind: 'problem', problem: body, retryAfterMillis };
    }
    if (arrived.status < 200 || arrived.status > 299 || body === undefined) {
      return { kind: 'silence', why: `unreadable answer with status ${arrived.status}` };
    }
    return { kind: 'answer', status: arrived.status, body };
  }

  /** `created` is cut to whole seconds: half a second later is the best guess. */
  private learnTime(created: number): void {
    const told = created * 1000 + 500;
    if (Math.abs(told - this.serviceNow()) > CLOCK_TOLERANCE_MILLIS) {
      this.offsetMillis = told - Date.now();
    }
  }
}

async function carry(
  { method, target, timeoutMillis, signal }: ChannelRequest,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Promise<Arrived | string> {
  const timeout = AbortSignal.timeout(timeoutMillis);
  try {
    const response = await fetch(target, {
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      ...(body.length > 0 ? { body } : {}),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    };
  } catch (error) {
    return error instanceof Error ? error.message : 'no answer';
  }
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown, status: number): body is Problem {
  if (status < 400 || typeof body !== 'object' || body === null) return false;
  const { code, retryable, effect } = body as Partial<Problem>;
  return typeof code === 'string' && typeof retryable === 'boolean' && typeof effect === 'string';
}
