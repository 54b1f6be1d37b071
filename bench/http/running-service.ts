import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { environmentOf, type Server } from '../campus/campus-database.js';

const readyMs = 120_000;
const graceMs = 10_000;

/** A process of the service on one campus. */
export type RunningService = {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
};

/**
 * Starts a program as the supervisor of a deployment would, without bank and WeChat, and waits until it is healthy.
 * @param script below `dist/`, with its arguments
 */
export async function startService(
  server: Server,
  database: string,
  script: readonly [string, ...string[]],
): Promise<RunningService> {
  const port = await freePort();
  const [program, ...args] = script;
  const log = path.join(server.workDir, `${database}.log`);
  const fd = openSync(log, 'a');
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, '..', '..', program), ...args],
    {
      stdio: ['pipe', fd, fd],
      env: {
        PATH: process.env['PATH'],
        ...environmentOf(server, database),
        PORT: String(port),
        STOP_WITH_STDIN: '1',
        NODE_ENV: process.env['NODE_ENV'],
      },
    },
  );
  closeSync(fd);
  child.stdin?.on('error', () => undefined);
  await untilHealthy(child, port, log);
  return { port, pid: child.pid ?? 0, stop: () => stop(child) };
}

async function untilHealthy(child: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + readyMs;
  while (!(await isHealthy(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The service did not start:\n${readFileSync(log, 'utf8').slice(-4_000)}`);
    }
    await wait(50);
  }
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/health`, {
      signal: AbortSignal.timeout(2_000),
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) {
      resolve();
      return;
    }
    const hurry = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(hurry);
      resolve();
    });
    child.stdin?.end();
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
