import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { parseArgs } from 'node:util';
import QRCode from 'qrcode';
import { DataSource } from 'typeorm';
import { modulesFromTheGroundUp } from '../../src/module-graph.js';
import { ConfigError, readConfig, type AppConfig } from '../../src/platform/config/app-config.js';
import { MissingKeysError } from '../../src/platform/config/key-ring.js';
import { migrateDatabase } from '../../src/platform/database/migrate-database.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { Refusal } from '../../src/platform/errors/problem.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import {
  CreateStaffMember,
  type CreatedStaffMember,
  type NewStaffMember,
} from '../../src/staff/create-staff-member.js';
import { StaffModule } from '../../src/staff/staff.module.js';
import { askHidden } from './ask-password.js';

const usage = `Creates a member of staff: the first one of a campus can be created by nobody else.

  npm run admin:create -- --name NAME [--display-name TEXT] [--roles a,b] [--password TEXT]

  --name          login name: a-z, 0-9, dot, dash and underscore
  --display-name  as others see them; the login name by itself
  --roles         administrator, cashier-office, auditor, marketing; administrator by itself
  --password      twelve characters at least. Without it, it is asked for, or read from a pipe:
                  on the command line it would stay in the shell's history`;

class UsageError extends Error {}

type Wanted = Omit<NewStaffMember, 'password' | 'createdBy'> & { password: string | undefined };

function read(args: string[]): Wanted | undefined {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        name: { type: 'string' },
        'display-name': { type: 'string' },
        roles: { type: 'string', default: 'administrator' },
        password: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }));
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  if (values.help) return undefined;
  if (values.name === undefined) throw new UsageError('--name is missing.');
  return {
    name: values.name,
    displayName: values['display-name'] ?? values.name,
    roles: values.roles.split(','),
    password: values.password,
  };
}

/** A database that nobody has used yet gets its shape first, so that this may be the very first command. */
async function migrateIfNew(config: AppConfig): Promise<void> {
  const database = new DataSource({ type: 'postgres', url: config.ownerUrl });
  await database.initialize();
  const [row] = await database.query<{ known: boolean }[]>(
    `select to_regclass('staff.member') is not null as known`,
  );
  await database.destroy();
  if (row?.known !== true) await migrateDatabase(config, modulesFromTheGroundUp);
}

async function create(config: AppConfig, member: NewStaffMember): Promise<CreatedStaffMember> {
  await migrateIfNew(config);
  @Module({ imports: [PlatformModule.of(config, []), StaffModule] })
  class OfficeModule {}
  const app = await NestFactory.createApplicationContext(OfficeModule, {
    logger: ['error'],
    abortOnError: false,
  });
  const database = app.get(DataSource);
  try {
    return await inTransaction(database, (tx) => app.get(CreateStaffMember).create(tx, member));
  } finally {
    await app.close();
    await database.destroy();
  }
}

async function run(args: string[]): Promise<void> {
  const wanted = read(args);
  if (wanted === undefined) return console.log(usage);
  const config = readConfig();
  const password = wanted.password ?? (await askHidden(`Password for ${wanted.name}: `));
  const { totpUri, totpSecret } = await create(config, { ...wanted, password, createdBy: null });
  // Its colors would be noise in a file or a pipe.
  const qr = process.stdout.isTTY
    ? await QRCode.toString(totpUri, { type: 'terminal', small: true })
    : '';
  console.log(`${wanted.name} can log in as ${wanted.roles.join(', ')}.

Scan this with an authenticator app; it is shown this once.

${qr}${totpUri}
Secret for typing it in: ${totpSecret}`);
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${usage}`;
  if (error instanceof Refusal) return `${error.problem.title}. ${error.message}`;
  if (error instanceof MissingKeysError)
    return `${error.message} "node dist/src/main.js make-keys" makes them; npm start does it for a demo.`;
  if (error instanceof ConfigError) return error.message;
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exit(error instanceof UsageError ? 2 : 1);
});
