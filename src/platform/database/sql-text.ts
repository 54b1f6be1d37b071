import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../config/project-root.js';

export type SqlFile = { readonly path: string; readonly text: string };

const migrationsFolder = (): string => path.join(projectRoot, 'migrations');

/** Tables, constraints, triggers and grants, in their order. */
export function readMigrations(): SqlFile[] {
  return readdirSync(migrationsFolder())
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => ({
      path: `migrations/${name}`,
      text: readFileSync(path.join(migrationsFolder(), name), 'utf8'),
    }));
}

/** The functions and views that a module offers, one per file. Files are created in the order of their names. */
export function readStoreFunctions(module: string): SqlFile[] {
  const folder = path.join(projectRoot, 'src', module, 'store');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      path: `src/${module}/store/${name}`,
      text: readFileSync(path.join(folder, name), 'utf8'),
    }));
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
