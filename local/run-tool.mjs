/** Runs a tool of the project to its end, quietly. */
import { spawn } from 'node:child_process';
import { ROOT } from './folders.mjs';

/**
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ code: number, output: string }>} what it said on both channels, in their order
 */
export async function runTool(program, args, env = process.env) {
  const child = spawn(program, args, {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && program === 'npm',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  // Told to end while a tool works: end the tool too, then go the way the signal would have gone.
  const end = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill('SIGTERM');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, end);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve(127);
    });
    child.once('close', (status) => resolve(status ?? 1));
  });
  for (const signal of signals) process.off(signal, end);
  return { code, output: output.trim() };
}
