import { fstatSync } from 'node:fs';

/** Reads `--name value` and `--name=value`; a flag without a value counts as "true". */
export function readFlags(argv: readonly string[]): Map<string, string> {
  const flags = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (!word.startsWith('--')) throw new Error(`unexpected argument: ${word}`);
    const [name, inline] = splitOnce(word.slice(2));
    const next = argv[index + 1];
    if (inline !== undefined) flags.set(name, inline);
    else if (next !== undefined && !next.startsWith('--')) {
      flags.set(name, next);
      index += 1;
    } else flags.set(name, 'true');
  }
  return flags;
}

/** The port of `--port`, 0 when absent. */
export function portOf(flags: ReadonlyMap<string, string>): number {
  const port = Number(flags.get('port') ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error('--port must be an integer from 0 to 65535');
  }
  return port;
}

/**
 * Runs a fake as a process: says where it listens in exactly one line, and leaves when told to or
 * when its parent is gone. A parent that dies of kill -9 tells nobody, but its end of stdin closes.
 */
export async function runProcess(
  start: () => Promise<{ url: string; close(): Promise<void> }>,
): Promise<void> {
  const running = await start();
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  if (stdinIsPipe()) {
    process.stdin.on('end', leave);
    process.stdin.on('error', leave);
    process.stdin.resume();
  }
  process.stdout.write(`listening on ${running.url}\n`);
}

function stdinIsPipe(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}
