import 'reflect-metadata';
import type { Doors } from './create-app.js';
import { modulesFromTheGroundUp } from './module-graph.js';
import { ConfigError, readConfig } from './platform/config/app-config.js';
import { addWrappingKey, makeKeysFile, MissingKeysError } from './platform/config/key-ring.js';
import { migrateDatabase } from './platform/database/migrate-database.js';

const doorsOf: Record<string, Doors> = {
  serve: { serve: true, work: false },
  work: { serve: false, work: true },
  all: { serve: true, work: true },
};

async function serve(doors: Doors): Promise<void> {
  const config = readConfig();
  // Only who serves pays for loading everything.
  const { createApp, openDoors } = await import('./create-app.js');
  const app = await createApp(config);
  let leaving = false;
  const leave = (): void => {
    if (leaving) return;
    leaving = true;
    app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', leave);
  process.on('SIGINT', leave);
  // Started by a supervisor: when its end of the pipe is gone, so is the reason to run.
  if (process.env['STOP_WITH_STDIN'] === '1') process.stdin.on('end', leave).resume();
  await openDoors(app, config, doors);
}

async function main(): Promise<void> {
  const [command = 'all'] = process.argv.slice(2);
  if (command === 'migrate') return migrateDatabase(readConfig(), modulesFromTheGroundUp);
  if (command === 'make-keys') {
    const { keysFile } = readConfig();
    makeKeysFile(keysFile);
    console.log(`Made ${keysFile}. Keep a copy where no copy of the database is kept.`);
    return;
  }
  if (command === 'add-key') {
    const { keysFile } = readConfig();
    console.log(`Added ${addWrappingKey(keysFile)} to ${keysFile}; it wraps nothing yet.`);
    return;
  }
  if (command === 'rotate-keys') {
    const { rotateKeys } = await import('./rotate-keys.js');
    if (!(await rotateKeys(readConfig(), (line) => console.log(line)))) process.exitCode = 1;
    return;
  }
  if (command === 'issuer-keys') {
    const { keepIssuerKeys } = await import('./keep-issuer-keys.js');
    const [, action, id] = process.argv.slice(2);
    const print = (line: string): void => console.log(line);
    if (!(await keepIssuerKeys(readConfig(), { action, id }, print))) process.exitCode = 1;
    return;
  }
  if (command === 'verify') {
    const { verify } = await import('./verify.js');
    if (!(await verify(readConfig(), (line) => console.log(line)))) process.exitCode = 1;
    return;
  }
  const doors = doorsOf[command];
  if (doors === undefined)
    throw new ConfigError(
      `Unknown command ${command}: serve, work, all, migrate, verify, make-keys, add-key, rotate-keys or issuer-keys.`,
    );
  return serve(doors);
}

main().catch((error: unknown) => {
  const isPlain = error instanceof ConfigError || error instanceof MissingKeysError;
  console.error(isPlain ? error.message : error);
  process.exit(1);
});
