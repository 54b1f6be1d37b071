/** The figures that marks are set on and that others read; null where a part was not measured. */
export type KeyFigures = {
  readonly ledgerPostsPerSecondAt64: number | null;
  readonly ledgerP99MsAt64: number | null;
  readonly httpPaymentsPerSecondAt64: number | null;
  readonly httpP99MsAt64: number | null;
  readonly noopRequestsPerSecond: number | null;
  readonly signedNoopRequestsPerSecond: number | null;
  readonly pgbenchTps: number | null;
  readonly oneCommitPerSaleTps: number | null;
  readonly hotOverSpread: number | null;
  readonly tenMillionOverEmpty: number | null;
  /** The median of one sale at a time through the batcher, over that of the bare call. */
  readonly aloneOverBareCall: number | null;
};

export type Mark = {
  readonly says: string;
  readonly wanted: number;
  readonly got: number;
  readonly passes: boolean;
};

/** null when one of them is missing, or there is nothing to divide by. */
export function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

const atLeast = (says: string, wanted: number, got: number | null): Mark[] =>
  got === null ? [] : [{ says: `${says}, at least`, wanted, got, passes: got >= wanted }];

const atMost = (says: string, wanted: number, got: number | null): Mark[] =>
  got === null ? [] : [{ says: `${says}, at most`, wanted, got, passes: got <= wanted }];

/** The floors that the project sets itself, for what was measured. */
export function judge(f: KeyFigures): Mark[] {
  return [
    ...atLeast('ledger path / pgbench', 2, ratio(f.ledgerPostsPerSecondAt64, f.pgbenchTps)),
    ...atLeast(
      'ledger path / one commit per sale',
      5,
      ratio(f.ledgerPostsPerSecondAt64, f.oneCommitPerSaleTps),
    ),
    ...atMost('ledger path, p99 in ms', 25, f.ledgerP99MsAt64),
    ...atMost('one at a time / bare call, p50', 1.5, f.aloneOverBareCall),
    ...atLeast('hot merchant / spread merchants', 0.9, f.hotOverSpread),
    ...atLeast(
      'signed HTTP / signed no-op',
      0.3,
      ratio(f.httpPaymentsPerSecondAt64, f.signedNoopRequestsPerSecond),
    ),
    ...atLeast('signed HTTP / pgbench', 0.4, ratio(f.httpPaymentsPerSecondAt64, f.pgbenchTps)),
    ...atMost('signed HTTP, p99 in ms', 80, f.httpP99MsAt64),
    ...atLeast('history / empty tables', 0.85, f.tenMillionOverEmpty),
  ];
}
