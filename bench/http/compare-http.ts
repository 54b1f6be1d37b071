import type { Bench, MeasuredCampus } from '../bench.js';
import { isHot } from '../campus/campus-plan.js';
import { onServer } from '../campus/campus-database.js';
import { median } from '../figures/latencies.js';
import { add, requireExpected, type AnswerCount } from '../figures/answer-count.js';
import type { Window } from '../figures/window.js';
import type { Lengths } from '../pace.js';
import { openKeyRing } from '../../src/platform/config/key-ring.js';
import { Generator } from './generator.js';
import type { Route } from './generator-messages.js';
import { startService, type RunningService } from './running-service.js';

const inFlight = 64;
const terminalsAtWork = 200;
/** More sales than one process answers in a second, so that the codes made before suffice. */
const codesPerSecond = 6_000;
/** How long a code that was made before has to stay good. */
const codeKeepsSeconds = 25;

type Stage = {
  readonly bench: Bench;
  readonly generator: Generator;
  readonly campus: MeasuredCampus;
  readonly service: RunningService;
};

/**
 * Single sales from many terminals through the whole service, and the routes that do nothing, taking turns. The service,
 * the terminals and the database are processes of their own.
 */
export async function compareHttp(
  bench: Bench,
  campus: MeasuredCampus,
  idle: MeasuredCampus,
): Promise<void> {
  // Its routes need no codes, and its index of them should cost nothing while the other one is measured.
  await idle.owner.query(
    `update payment_codes.credential
     set status = 'closed', closed_at = platform.now(), usable_until = platform.now()`,
  );
  await Promise.all([campus.clock.leap(), idle.clock.leap()]);
  const generator = Generator.start();
  const running: RunningService[] = [];
  const start = async (
    of: MeasuredCampus,
    script: readonly [string, ...string[]],
  ): Promise<Stage> => {
    const service = await startService(bench.server, of.name, script);
    running.push(service);
    return { bench, generator, campus: of, service };
  };
  try {
    const [real, noop] = await Promise.all([
      bench.wants('http') ? start(campus, ['src/main.js', 'serve']) : undefined,
      bench.wants('noop') ? start(idle, ['bench/http/noop-service.js']) : undefined,
    ]);
    await warmUp(bench, real, noop);
    await takeTurns(bench, real, noop);
  } finally {
    generator.stop();
    await Promise.all(running.map((service) => service.stop()));
  }
}

async function takeTurns(
  bench: Bench,
  real: Stage | undefined,
  noop: Stage | undefined,
): Promise<void> {
  const { quick, rounds } = bench.asked;
  const seen: Record<Route, Window[]> = { payments: [], 'signed-noop': [], noop: [] };
  for (let round = 1; round <= rounds; round += 1) {
    if (real !== undefined) {
      await onServer(bench.server, 'checkpoint');
      seen.payments.push(
        bench.keep('signed HTTP, payments', await measureSales(real, bench.lengths(quick ? 3 : 8))),
      );
    }
    if (noop !== undefined) {
      for (const route of ['signed-noop', 'noop'] as const) {
        const { window } = await run(noop, route, bench.lengths(quick ? 1.5 : 5));
        seen[route].push(bench.keep(`HTTP, ${route} route`, window));
      }
    }
  }
  const { figures } = bench;
  const middle = (route: Route): number | null =>
    seen[route].length === 0 ? null : median(seen[route].map(({ perSecond }) => perSecond));
  figures.httpPaymentsPerSecondAt64 = middle('payments');
  figures.signedNoopRequestsPerSecond = middle('signed-noop');
  figures.noopRequestsPerSecond = middle('noop');
  if (seen.payments.length > 0)
    figures.httpP99MsAt64 = median(seen.payments.map(({ latency }) => latency.p99));
}

/** A process that has just started compiles its code while it answers; a service has long done so. */
async function warmUp(
  { asked }: Bench,
  real: Stage | undefined,
  noop: Stage | undefined,
): Promise<void> {
  const lengths = { warmUpMs: 0, forMs: asked.quick ? 1_500 : 6_000 };
  if (real !== undefined) await measureSales(real, lengths);
  if (noop !== undefined)
    for (const route of ['signed-noop', 'noop'] as const)
      await run(noop, route, { warmUpMs: 0, forMs: lengths.forMs / 2 });
}

/** With the codes made before: phones make them, and they are no part of the terminals' work. */
async function measureSales(stage: Stage, lengths: Lengths): Promise<Window> {
  const { campus, generator } = stage;
  const count = Math.ceil(((lengths.warmUpMs + lengths.forMs) / 1000) * codesPerSecond);
  const codes = campus.counters.upTo(count, codeKeepsSeconds);
  // The generator takes from the end, and a card's older code must go before its newer one.
  await generator.prepare(codes.toReversed());
  const { rows } = await campus.owner.query<{ now: Date }>('select platform.now() as now');
  const { window, answers } = await run(stage, 'payments', lengths);
  add(campus.answers, answers);
  campus.counters.takeBack(codes.slice(answers.approved + answers.declined + answers.none));
  return { ...window, batch: await batchesSince(campus, rows[0]?.now ?? new Date(0)) };
}

async function run(
  { bench, campus, generator, service }: Stage,
  route: Route,
  lengths: Lengths,
): Promise<{ window: Window; answers: AnswerCount }> {
  const { answerKey } = openKeyRing(campus.config);
  const spread = Array.from({ length: campus.size.terminals }, (_, index) => index + 1).filter(
    (terminal) => !isHot(terminal, campus.size),
  );
  const { window, answers } = await generator.run({
    ...lengths,
    route,
    inFlight,
    port: service.port,
    serverPid: bench.server.pid,
    servicePid: service.pid,
    aheadMs: campus.clock.nowMs() - Date.now(),
    terminals: spread.slice(0, terminalsAtWork),
    serviceName: campus.config.SERVICE_NAME,
    answerKey: answerKey.publicKey.toString('base64url'),
  });
  requireExpected(answers);
  return { window, answers };
}

/** A batch is decided at one moment, so that the moments count the calls. */
async function batchesSince(
  { owner }: MeasuredCampus,
  since: Date,
): Promise<{ mean: number; largest: number } | null> {
  const { rows } = await owner.query<{ mean: number | null; largest: number | null }>(
    `select avg(sales)::float8 as mean, max(sales)::int as largest
     from (select count(*) as sales from payments.payment where decided_at >= $1 group by decided_at) batch`,
    [since],
  );
  const { mean, largest } = rows[0] ?? { mean: null, largest: null };
  return mean === null || largest === null ? null : { mean, largest };
}
