/** Processes of an instance: programs that stay, and steps that do their work and leave. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ROOT } from './folders.mjs';

const GRACE_MS = 10_000;
const READY_MS = 60_000;
const LOG_BYTES = 20_000_000;

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string[]} args of node
 * @property {NodeJS.ProcessEnv} env
 * @property {string} log
 * @property {() => Promise<boolean>} isReady
 * @property {(pid: number | undefined) => void} noted is told the process's number
 */

/**
 * Starts a program in a process group of its own (Ctrl-C is for the supervisor alone), with a pipe as its input: when
 * the supervisor dies, however it dies, the input ends and the program with it.
 * @param {Program} program
 * @param {AbortSignal} signal
 * @returns {Promise<import('./keep-alive.mjs').Running>} once it is ready
 */
export async function startProgram({ name, args, env, log, isReady, noted }, signal) {
  signal.throwIfAborted();
  const fd = openLog(log);
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...env, STOP_WITH_STDIN: '1' },
    stdio: ['pipe', fd, fd],
    detached: true,
  });
  fs.closeSync(fd);
  child.stdin?.on('error', () => {});
  noted(child.pid);

  const exited = howItEnds(child);
  let ended = '';
  void exited.then((how) => (ended = how));
  const running = { exited, stop: () => stop(child, exited), kill: () => killGroup(child) };

  const deadline = Date.now() + READY_MS;
  while (!(await isReady())) {
    if (ended) throw new Error(`${name} ended (${ended}) before it was ready:\n${tailOf(log)}`);
    if (signal.aborted || Date.now() > deadline) {
      await running.stop();
      throw new Error(`${name} was not ready in time; see ${log}`);
    }
    await wait(50);
  }
  return running;
}

/**
 * Runs a program to its end.
 * @param {{ name: string, args: string[], env: NodeJS.ProcessEnv, log: string }} step
 * @param {AbortSignal} signal
 * @returns {Promise<string>} what it printed
 * @throws when it fails, with everything it said
 */
export async function runStep({ name, args, env, log }, signal) {
  signal.throwIfAborted();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  const abort = () => killGroup(child);
  signal.addEventListener('abort', abort);
  const how = await howItEnds(child);
  signal.removeEventListener('abort', abort);
  fs.writeFileSync(log, `${printed}${complaints}`);
  if (how !== 'code 0') throw new Error(`${name} failed (${how}):\n${printed}${complaints}`);
  return printed;
}

/** @param {string} file */
function openLog(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (fs.existsSync(file) && fs.statSync(file).size > LOG_BYTES) fs.renameSync(file, `${file}.1`);
  return fs.openSync(file, 'a', 0o600);
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<string>}
 */
function howItEnds(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<string>} exited
 */
async function stop(child, exited) {
  child.kill('SIGTERM');
  const hurry = setTimeout(() => killGroup(child), GRACE_MS);
  await exited;
  clearTimeout(hurry);
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** @param {string} file */
function tailOf(file) {
  return fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}
