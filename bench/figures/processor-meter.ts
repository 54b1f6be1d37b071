import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second, whatever its clock's rate. */
const microsPerTick = 10_000;

type Stat = { readonly parent: number; readonly own: number; readonly reaped: number };

function statOf(pid: number | string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in parentheses and may hold anything; the fields after it are plain.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = (index: number): number => Number(fields[index]) * microsPerTick;
    return {
      parent: Number(fields[1]),
      own: ticks(11) + ticks(12),
      reaped: ticks(13) + ticks(14),
    };
  } catch {
    return undefined;
  }
}

/** Microseconds that a process has used so far; null where the system does not tell. */
export const usedBy = (pid: number): number | null => statOf(pid)?.own ?? null;

/** Microseconds that PostgreSQL has used so far: its first process, those that live, and those that ended. */
export function usedByServer(pid: number): number | null {
  const first = statOf(pid);
  if (first === undefined) return null;
  let used = first.own + first.reaped;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat?.parent === pid) used += stat.own + stat.reaped;
  }
  return used;
}

/** Microseconds that this process has used so far. */
export function usedHere(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** What was used since then, for one of `count`. */
export function since(before: number | null, now: number | null, count: number): number | null {
  return before === null || now === null || count === 0 ? null : (now - before) / count;
}
