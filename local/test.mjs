/**
 * npm test: everything, or what the arguments name (they go to jest as they are). Needs only Node and npm.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { installIfNeeded, requireNode } from './install.mjs';
import { ROOT } from './folders.mjs';

requireNode();
await installIfNeeded({ development: true });

const jest = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const child = spawn(process.execPath, [...flags, jest, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});

// Ctrl-C reaches jest by itself; what is sent to this process alone is handed on. Either way jest ends first.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.once('exit', (code) => (process.exitCode = code ?? 1));
