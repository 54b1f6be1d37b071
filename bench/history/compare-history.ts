import type { Bench, MeasuredCampus } from '../bench.js';
import { onServer } from '../campus/campus-database.js';
import { median } from '../figures/latencies.js';
import { LedgerPath } from '../ledger/measure-ledger.js';

const inFlight = 64;
const turns = 3;
const windowSeconds = 30;
/** From so many payments on, the ratio is the one that its key names. */
const tenMillion = 10_000_000;

/** The same sales after months of history and on empty tables, each time from a checkpoint. */
export async function compareHistory(
  bench: Bench,
  history: MeasuredCampus,
  empty: MeasuredCampus,
): Promise<void> {
  const [long, short] = [await LedgerPath.of(bench, history), await LedgerPath.of(bench, empty)];
  const ratios: number[] = [];
  try {
    for (let turn = 1; turn <= turns; turn += 1) {
      await onServer(bench.server, 'checkpoint');
      const without = await short.measure(inFlight, 'spread', windowSeconds);
      bench.keep('ledger path, empty tables', without);
      await onServer(bench.server, 'checkpoint');
      const after = await long.measure(inFlight, 'spread', windowSeconds);
      bench.keep('ledger path, history', after);
      ratios.push(after.perSecond / without.perSecond);
    }
  } finally {
    await Promise.all([long.close(), short.close()]);
  }
  const ratio = median(ratios);
  bench.notes['historyOverEmpty'] = { payments: bench.asked.history, ratio, ratios };
  if (bench.asked.history >= tenMillion) bench.figures.tenMillionOverEmpty = ratio;
}
