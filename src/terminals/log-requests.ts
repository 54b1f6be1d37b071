import { isSignatureAlgorithm, fromBase64Url } from '@campus-paycode/terminal-protocol';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock/clock.js';
import { AppConfig } from '../platform/config/app-config.js';
import { rawBodyOf } from './check-signature.js';
import { diagnoseSignature, type KnownKey } from './domain/diagnose-signature.js';
import { redactBody } from './domain/redact-body.js';
import { FindTerminals } from './find-terminals.js';
import { KeepRequests, ownerOf, type KeptCall } from './keep-requests.js';
import { hashEnrolmentCode } from './register-terminal.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the answer says in one word, and in one sentence. */
    outcome?: { readonly word: string; readonly detail: string | null };
  }
}

const enrolmentPath = '/v1/terminal-enrolments';
const keyNamed = /keyid="(t-(\d{1,18})\.(\d{1,9}))"/;
const verdictTold = /"verdict":"(\w+)","reason":(?:null|"(\w+)")/;
const problemTold = /"detail":("(?:[^"\\]|\\.)*"),"code":"(\w+)"/;
/** To look into a signature costs some dozen verifications: a flood of wrong ones is looked into at leisure, or not at all. */
const pauseMs = 50;
const waitingMax = 50;
const diagnosed = new Set(['signature_invalid', 'signature_missing', 'clock_off']);

function noteOutcome(request: FastifyRequest, reply: FastifyReply, payload: unknown): void {
  if (typeof payload !== 'string') return;
  if (reply.statusCode >= 400) {
    const told = problemTold.exec(payload);
    if (told?.[2] !== undefined)
      request.outcome = { word: told[2], detail: JSON.parse(told[1] ?? '""') as string };
  } else if (request.raw.url?.startsWith('/v1/payments') === true) {
    const told = verdictTold.exec(payload);
    if (told !== null)
      request.outcome = { word: told.slice(1).filter(Boolean).join(' '), detail: null };
  }
}

/** Whose call it is, as far as the request says; nobody's calls are not kept. */
function ownerOfCall(request: FastifyRequest): { owner: string; terminal: bigint | null } | null {
  const proven = request.terminalKey?.terminal.id;
  if (proven !== undefined) return { owner: ownerOf.verified(proven), terminal: proven };
  const claimed = keyNamed.exec(request.headers['signature-input']?.toString() ?? '')?.[2];
  if (claimed !== undefined) return { owner: ownerOf.claimed(claimed), terminal: BigInt(claimed) };
  const code = (request.body as { enrolmentCode?: unknown } | undefined)?.enrolmentCode;
  if (request.raw.url === enrolmentPath && typeof code === 'string')
    return { owner: ownerOf.enrolment(hashEnrolmentCode(code)), terminal: null };
  return null;
}

function callOf(request: FastifyRequest, reply: FastifyReply, at: Date): KeptCall {
  return {
    at: at.toISOString(),
    requestId: String(request.id),
    method: request.method,
    path: request.raw.url?.slice(0, 200) ?? '',
    status: reply.statusCode,
    outcome: request.outcome?.word ?? null,
    durationMs: Math.round(reply.elapsedTime * 10) / 10,
    keyId: keyNamed.exec(request.headers['signature-input']?.toString() ?? '')?.[1] ?? null,
    isVerified: request.terminalKey !== undefined,
    body: redactBody(rawBodyOf(request)),
    detail: request.outcome?.detail ?? null,
    diagnosis: null,
  };
}

/** The key that an enrolment brings, to try its own signature by. */
function broughtKey(request: FastifyRequest): KnownKey[] {
  const { algorithm, publicKey } = (request.body ?? {}) as Record<string, unknown>;
  const bytes = typeof publicKey === 'string' ? fromBase64Url(publicKey) : null;
  return bytes !== null && isSignatureAlgorithm(algorithm) ? [{ algorithm, publicKey: bytes }] : [];
}

/** Keeps the calls of terminals for whoever builds them; all of it happens after the answer was sent. */
export function logRequests(app: NestFastifyApplication): void {
  const log = app.get(KeepRequests);
  const terminals = app.get(FindTerminals);
  const clock = app.get(Clock);
  const { SERVICE_NAME: serviceName } = app.get(AppConfig);
  const waiting: (() => Promise<void>)[] = [];
  let timer: NodeJS.Timeout | undefined;

  const next = (): void => {
    timer = undefined;
    // Only a convenience: what cannot be explained now is shown without an explanation.
    waiting
      .shift()?.()
      .catch(() => undefined);
    if (waiting.length > 0) timer = setTimeout(next, pauseMs).unref();
  };
  const diagnose = async (request: FastifyRequest, call: KeptCall, terminal: bigint | null) => {
    const known = terminal === null ? [] : await terminals.keysOf(terminal);
    const named = known.filter(({ generation }) => call.keyId?.endsWith(`.${generation}`) === true);
    const keys =
      terminal === null
        ? broughtKey(request)
        : [...named, ...known.filter((key) => !named.includes(key))];
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, value?.toString()]),
    );
    call.diagnosis = diagnoseSignature(
      {
        method: request.method,
        target: request.raw.url ?? '/',
        headers,
        body: rawBodyOf(request),
        code: call.outcome ?? '',
      },
      { serviceName, nowSeconds: clock.unixSeconds(), keys },
    );
  };

  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (request.headers['campus-protocol'] !== undefined) noteOutcome(request, reply, payload);
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    done();
    if (request.headers['campus-protocol'] === undefined) return;
    const whose = ownerOfCall(request);
    if (whose === null) return;
    const call = callOf(request, reply, clock.now());
    log.keep(whose.owner, call);
    if (reply.statusCode !== 401 || !diagnosed.has(call.outcome ?? '')) return;
    if (waiting.length >= waitingMax) return;
    waiting.push(() => diagnose(request, call, whose.terminal));
    timer ??= setTimeout(next, pauseMs).unref();
  });
}
