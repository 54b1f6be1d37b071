import { join } from 'node:path';
import { MovableClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { LineLog } from '../line-log.js';
import { seededRandom } from '../random.js';
import type { Random } from '../random.js';
import { findRoute, jsonObject, pause, serve } from '../serve.js';
import type { Call, Outcome, Reply } from '../serve.js';
import { bankAdminRoutes } from './admin-routes.js';
import { BankBooks } from './books.js';
import { bankDefaults } from './defaults.js';
import { BankDesk } from './desk.js';
import { FaultPlan } from './faults.js';
import type { BankRecord } from './records.js';
import { bankRoutes, problem } from './routes.js';
import { bankSignature, refuseSignature } from './signature.js';

export type FakeBankOptions = {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Where `bank.jsonl` lives. Without it the bank forgets everything when it closes. */
  stateDir?: string;
  clock?: Clock;
  random?: Random;
  client?: string;
  secret?: string;
  /** Integer fen, see `bankDefaults`. */
  openingBalance?: number;
  settlementOpening?: number;
};

export type FakeBank = { url: string; books: BankBooks; close(): Promise<void> };

/** A bank with the students' bank accounts and the campus' settlement account, over HTTP. */
export async function startFakeBank(options: FakeBankOptions = {}): Promise<FakeBank> {
  const clock = new MovableClock(options.clock);
  const { log, records } = await LineLog.open<BankRecord>({
    path: options.stateDir && join(options.stateDir, 'bank.jsonl'),
    sync: true,
  });
  const books = new BankBooks(options.settlementOpening ?? bankDefaults.settlementOpening);
  for (const record of records) {
    books.apply(record);
    if (record.type === 'clock_set') clock.setOffset(record.offsetMs);
  }
  const openingBalance = options.openingBalance ?? bankDefaults.openingBalance;
  const desk = new BankDesk(books, log, clock, openingBalance);
  const faults = new FaultPlan(options.random ?? seededRandom(1));
  const key = {
    client: options.client ?? bankDefaults.client,
    secret: options.secret ?? bankDefaults.secret,
  };
  const counter = new BankCounter({ books, desk, faults, log, clock, key });
  const serving = await serve(options.port ?? 0, (call) => counter.answer(call));
  return {
    url: serving.url,
    books,
    close: async () => {
      await serving.close();
      await log.close();
    },
  };
}

type CounterParts = {
  books: BankBooks;
  desk: BankDesk;
  faults: FaultPlan;
  log: LineLog<BankRecord>;
  clock: MovableClock;
  key: { client: string; secret: string };
};

/** Where calls arrive: checks signatures, lets faults happen, and answers only what is durable. */
class BankCounter {
  private readonly routes;
  private readonly adminRoutes;

  constructor(private readonly parts: CounterParts) {
    const { books, desk, faults, clock } = parts;
    this.routes = bankRoutes(books, desk, clock.now);
    this.adminRoutes = bankAdminRoutes(books, desk, faults, clock);
  }

  async answer(call: Call): Promise<Outcome> {
    this.parts.desk.settleDue();
    const admin = findRoute(this.adminRoutes, call.method, call.path);
    const outcome = admin
      ? await admin.route.handle({ ...call, params: admin.params })
      : await this.answerSigned(call);
    await this.parts.log.flushed();
    return outcome;
  }

  private async answerSigned(call: Call): Promise<Outcome> {
    const { key, clock, faults } = this.parts;
    // A caller does not follow when a lever moves this clock: the time before the lever counts too.
    const times = [clock.base() / 1000, clock.now() / 1000];
    const refusal = refuseSignature(call, key, times, bankDefaults.clockToleranceSeconds);
    if (refusal) return this.signed(call, problem(401, refusal, 'the request is not signed well'));
    const found = findRoute(this.routes, call.method, call.path);
    if (!found) return this.signed(call, problem(404, 'route_unknown', 'no such route'));
    const isInstruction = /^\/v1\/(debits|payouts)$/.test(call.path);
    const number = isInstruction
      ? jsonObject(call.body)?.['instructionNumber']
      : found.params['number'];
    const spoiling = faults.draw(isInstruction, typeof number === 'string' ? number : undefined);
    await pause(spoiling.latencyMs);
    if (spoiling.fate === 'drop_before') return 'cut';
    if (spoiling.fate === 'error_before') {
      return this.signed(call, problem(503, 'unavailable', 'nothing was done; try again'));
    }
    const reply = found.route.handle({ ...call, params: found.params }, spoiling.processingMs);
    if (spoiling.fate === 'drop_after') return 'cut';
    if (spoiling.fate === 'error_after') {
      return this.signed(call, problem(500, 'internal', 'ask again by instruction number'));
    }
    return this.signed(call, reply);
  }

  private signed(call: Call, reply: Reply): Reply {
    const timestamp = String(Math.floor(this.parts.clock.now() / 1000));
    const { secret } = this.parts.key;
    const signature = bankSignature(
      secret,
      timestamp,
      String(reply.status),
      call.target,
      reply.body,
    );
    return {
      ...reply,
      headers: {
        ...reply.headers,
        'x-bank-timestamp': timestamp,
        'x-bank-signature': signature,
      },
    };
  }
}
