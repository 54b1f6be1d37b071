/** The project's own text, for the tests that hold it to its rules. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..', '..');
const left = new Set(['node_modules', 'dist', '.data', '.git', '.jest-cache']);

/** A file with its path from the project's root, with `/` on every machine. */
export type Source = { readonly path: string; readonly text: string };

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
export const exists = (file: string): boolean => existsSync(path.join(root, file));
export const absolute = (file: string): string => path.join(root, file);
export const foldersIn = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

export function filesUnder(folder: string): string[] {
  if (!exists(folder)) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !left.has(entry.name))
    .flatMap((entry) => {
      const at = path.posix.join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(at) : [at];
    })
    .sort();
}

export const isTest = (file: string): boolean => /\.(spec|int-spec)\.ts$/.test(file);

/** Everything under these folders whose name ends so. */
export const sourcesUnder = (folders: readonly string[], ending: string): Source[] =>
  folders
    .flatMap(filesUnder)
    .filter((file) => file.endsWith(ending))
    .map((file) => ({ path: file, text: read(file) }));

/** Programs' own TypeScript, without tests and declarations. */
export const programSources = (folders: readonly string[]): Source[] =>
  sourcesUnder(folders, '.ts').filter(({ path: file }) => !isTest(file) && !file.endsWith('.d.ts'));

/** What a file imports, exports from or loads later, as it is written there. */
export const importsOf = ({ text }: Source): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** Where a relative import leads: the path of the source, not of what is compiled from it. */
export const resolveImport = (importer: string, specifier: string): string =>
  path.posix
    .join(path.posix.dirname(importer), specifier)
    .replace(/\.js$/, /\.m?js$/.test(importer) ? '.js' : '.ts');

/** The text of every string and template in a file; what is inserted into a template reads as `?`. */
export function stringsOf({ path: file, text }: Source): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push(
        [node.head, ...node.templateSpans.map((span) => span.literal)]
          .map((part) => part.text)
          .join('?'),
      );
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}
