import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { environmentOf, makeCampus, type Server } from '../../bench/campus/campus-database.js';
import type { CampusSize } from '../../bench/campus/campus-plan.js';

type Cluster = {
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<string>;
  url(database?: string): string;
  kill(): void;
};
type Tools = {
  startCluster(options: { dir: string; port?: number }): Promise<Cluster>;
  freePort(): Promise<number>;
};

export const database = 'faults';
const readyMs = 60_000;
const lookEveryMs = 50;

/** The project's folder, from the sources and from what is compiled of them. */
const root = [3, 2]
  .map((up) => path.resolve(import.meta.dirname, ...Array<string>(up).fill('..')))
  .find((folder) => existsSync(path.join(folder, 'package.json')));

/** They are plain JavaScript, since they run before anything is compiled. */
async function tools(): Promise<Tools> {
  const load = (file: string): Promise<unknown> =>
    import(pathToFileURL(path.join(root ?? '', 'local', file)).href) as Promise<unknown>;
  const [cluster, ports] = await Promise.all([load('postgres/cluster.mjs'), load('ports.mjs')]);
  return { ...(cluster as Tools), freePort: (ports as Tools).freePort };
}

/** A durable PostgreSQL and processes of the service on it, any of which may be killed at any moment. */
export class FaultyCampus {
  /** Processes that ended without having been killed, which none may. */
  readonly unasked: string[] = [];
  private readonly processes = new Map<number, ChildProcess>();
  private isEnding = false;

  private constructor(
    private readonly given: Tools,
    private cluster: Cluster,
    private readonly workDir: string,
    readonly ports: readonly number[],
  ) {}

  static async open(workDir: string, size: CampusSize, processes: number): Promise<FaultyCampus> {
    const given = await tools();
    const cluster = await given.startCluster({ dir: path.join(workDir, 'postgres') });
    const ports: number[] = [];
    for (let number = 0; number < processes; number += 1) ports.push(await given.freePort());
    const campus = new FaultyCampus(given, cluster, workDir, ports);
    await makeCampus(campus.server, database, size);
    await Promise.all(ports.map((port) => campus.startService(port)));
    return campus;
  }

  get server(): Server {
    return { url: this.cluster.url(), pid: this.cluster.pid, workDir: this.workDir };
  }

  /** As `kill -9`, and started again. */
  async killService(port: number): Promise<void> {
    const child = this.processes.get(port);
    this.processes.delete(port);
    if (child !== undefined) {
      const gone = ended(child);
      child.kill('SIGKILL');
      await gone;
    }
    await this.startService(port);
  }

  /** The server's first process, as `kill -9`; those of its sessions follow. Then it recovers. */
  async killPostgres(): Promise<void> {
    const { port, pid, exited } = this.cluster;
    process.kill(pid, 'SIGKILL');
    await exited;
    const dir = path.join(this.workDir, 'postgres');
    for (let deadline = Date.now() + readyMs; ; await wait(lookEveryMs)) {
      try {
        this.cluster = await this.given.startCluster({ dir, port });
        return;
      } catch (error) {
        // Sessions of the one before may take a moment to notice that it is gone.
        if (Date.now() > deadline) throw error;
      }
    }
  }

  async close(): Promise<void> {
    this.isEnding = true;
    for (const child of this.processes.values()) {
      const gone = ended(child);
      child.kill('SIGTERM');
      await gone;
    }
    this.cluster.kill();
    await this.cluster.exited;
  }

  private async startService(port: number): Promise<void> {
    const log = this.logOf(port);
    const fd = openSync(log, 'a');
    const main = path.join(root ?? '', 'dist', 'src', 'main.js');
    const child = spawn(process.execPath, [main, 'all'], {
      stdio: ['pipe', fd, fd],
      env: {
        PATH: process.env['PATH'],
        ...environmentOf(this.server, database),
        PORT: String(port),
        STOP_WITH_STDIN: '1',
      },
    });
    closeSync(fd);
    child.stdin?.on('error', () => undefined);
    this.processes.set(port, child);
    child.once('exit', (code, signal) => {
      if (this.isEnding || this.processes.get(port) !== child) return;
      this.unasked.push(`port ${port}: ${signal ?? `code ${code}`}\n${tailOf(log)}`);
    });
    const deadline = Date.now() + readyMs;
    while (!(await isHealthy(port))) {
      const how = child.exitCode ?? child.signalCode ?? 'it is not healthy';
      if (how !== 'it is not healthy' || Date.now() > deadline)
        throw new Error(`The service did not start (${how}):\n${tailOf(log)}`);
      await wait(lookEveryMs);
    }
  }

  private logOf(port: number): string {
    return path.join(this.workDir, `service-${this.ports.indexOf(port) + 1}.log`);
  }
}

const ended = (child: ChildProcess): Promise<unknown> =>
  child.exitCode === null && child.signalCode === null
    ? new Promise((resolve) => child.once('exit', resolve))
    : Promise.resolve();

const tailOf = (log: string): string => readFileSync(log, 'utf8').slice(-4_000);

async function isHealthy(port: number): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${port}/health`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
