import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { AppConfig } from '../config/app-config.js';
import { readMigrations, readStoreFunctions, sha256, type SqlFile } from './sql-text.js';

/** Any constant will do; it only has to be the same in every process that migrates this database. */
const migrationLock = 7_306_012_211;

/** TypeORM orders migrations by the thirteen digits at the end of their names. */
const epochOfNumbers = 1_795_305_600_000;

function asMigration(file: SqlFile): new () => MigrationInterface {
  const [number = '', ...words] = file.path.replace(/^.*\//, '').replace('.sql', '').split('-');
  const title = words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join('');
  const name = `${title}${epochOfNumbers + Number(number)}`;
  return class implements MigrationInterface {
    name = name;
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(file.text);
    }
    down(): Promise<void> {
      throw new Error('Migrations are append-only: write a new one.');
    }
  };
}

/** Functions and views live in their modules and are created again when any text changed, from the ground up. */
async function renewFunctions(runner: QueryRunner, modules: readonly string[]): Promise<void> {
  const files = modules.flatMap(readStoreFunctions);
  const fingerprint = sha256(files.map((file) => file.path + file.text).join('\n'));
  const [known] = (await runner.query('select fingerprint from platform.functions')) as {
    fingerprint: string;
  }[];
  if (known?.fingerprint === fingerprint) return;
  await runner.startTransaction();
  try {
    for (const file of files) {
      try {
        await runner.query(file.text);
      } catch (error) {
        throw new Error(`${file.path}: ${(error as Error).message}`, { cause: error });
      }
    }
    await runner.query('select platform.grant_functions()');
    await runner.query('update platform.functions set fingerprint = $1', [fingerprint]);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

/**
 * Brings a database to this program's shape: migrations once each, then the modules' functions. Safe to run from several
 * processes at once and again at any time.
 */
export async function migrateDatabase(
  config: AppConfig,
  modulesFromTheGroundUp: readonly string[],
): Promise<void> {
  const database = new DataSource({
    type: 'postgres',
    url: config.ownerUrl,
    migrations: readMigrations().map(asMigration),
    migrationsTableName: 'campus_migrations',
    applicationName: 'campus-paycode migrate',
    extra: {
      max: 2,
      options: `-c timezone=UTC -c campus.clock=${config.CLOCK} -c campus.zone=${config.CAMPUS_TIME_ZONE}`,
    },
  });
  await database.initialize();
  const runner = database.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [migrationLock]);
    await database.runMigrations({ transaction: 'each' });
    await renewFunctions(runner, modulesFromTheGroundUp);
    await runner.query('select platform.start_era(), platform.make_partitions()');
    await runner.query('select platform.record_guards()');
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await runner.release();
    await database.destroy();
  }
}
