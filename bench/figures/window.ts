import type { LatencySummary } from './latencies.js';

/** Microseconds of processor time for one answered request, user and system together. */
export type Processor = {
  readonly client: number;
  readonly server: number | null;
  /** Of all of PostgreSQL's processes; null where the system does not tell. */
  readonly database: number | null;
};

/** What was seen while requests were in flight for a while; the warm-up before it is left out. */
export type Window = {
  readonly inFlight: number;
  readonly seconds: number;
  readonly count: number;
  readonly perSecond: number;
  readonly latency: LatencySummary;
  readonly processor: Processor;
  /** Sales in one call to the database; null where nobody counted. */
  readonly batch: { readonly mean: number; readonly largest: number } | null;
};
