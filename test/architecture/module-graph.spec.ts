import { describe, expect, it } from '@jest/globals';
import { house, modulesFromTheGroundUp, type ModuleName } from '../../src/module-graph.js';
import { foldersIn, importsOf, programSources, resolveImport } from '../support/sources.js';

const ground = ['platform', 'money'];
const sources = programSources(['src']);

type Crossing = { from: string; to: string; fromModule: string; toModule: string };

/** The module of a file below `src/`; undefined for the composition root. */
const moduleOf = (file: string): string | undefined => /^src\/([^/]+)\//.exec(file)?.[1];

const crossings: Crossing[] = sources.flatMap((source) =>
  importsOf(source)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => resolveImport(source.path, specifier))
    .flatMap((to) => {
      const [fromModule, toModule] = [moduleOf(source.path), moduleOf(to)];
      if (fromModule === undefined || toModule === undefined || fromModule === toModule) return [];
      return [{ from: source.path, to, fromModule, toModule }];
    }),
);

const allowed = (fromModule: string): readonly string[] => [
  ...ground.filter(
    (name) => ground.indexOf(name) < ground.indexOf(fromModule) || !ground.includes(fromModule),
  ),
  ...(house[fromModule as ModuleName]?.may ?? []),
];

const isOffered = (file: string): boolean =>
  file.startsWith('src/platform/') || /^src\/[^/]+\/[^/]+$/.test(file);

const told = ({ from, to }: Crossing): string => `${from} → ${to}`;

describe('the module graph', () => {
  it('names every module that there is, and no other', () => {
    expect(foldersIn('src').sort()).toEqual([...modulesFromTheGroundUp].sort());
  });

  it('has no cycle: a module may import only what stands above it in the table', () => {
    const upward = modulesFromTheGroundUp.flatMap((name, line) =>
      house[name].may
        .filter((other: string) => {
          const at = modulesFromTheGroundUp.indexOf(other as ModuleName);
          return at === -1 || at >= line;
        })
        .map((other) => `${name} → ${other}`),
    );
    expect(upward).toEqual([]);
  });

  it('was seen at work: there are imports between modules', () => {
    expect(crossings.length).toBeGreaterThan(50);
    expect(crossings.some(({ toModule }) => !ground.includes(toModule))).toBe(true);
  });

  it('holds: a module imports only the modules on its line', () => {
    const strangers = crossings.filter(
      ({ fromModule, toModule }) => !allowed(fromModule).includes(toModule),
    );
    expect(strangers.map(told)).toEqual([]);
  });

  it('keeps subfolders private: only root files of another module are imported', () => {
    expect(crossings.filter(({ to }) => !isOffered(to)).map(told)).toEqual([]);
  });

  it('has one composition root, which no module imports', () => {
    const upward = sources
      .filter(({ path }) => moduleOf(path) !== undefined)
      .flatMap((source) =>
        importsOf(source)
          .map((specifier) => resolveImport(source.path, specifier))
          .filter((to) => /^src\/[^/]+\.ts$/.test(to))
          .map((to) => `${source.path} → ${to}`),
      );
    expect(upward).toEqual([]);
  });

  it('lets the composition root see modules and rows, nothing else of their insides', () => {
    const peeking = sources
      .filter(({ path }) => moduleOf(path) === undefined)
      .flatMap((source) =>
        importsOf(source)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => resolveImport(source.path, specifier))
          .filter((to) => !isOffered(to) && !/^src\/[^/]+(\/store\/[^/]+\.row)?\.ts$/.test(to))
          .map((to) => `${source.path} → ${to}`),
      );
    expect(peeking).toEqual([]);
  });

  it('needs no forwardRef', () => {
    const found = sources.filter(({ text }) => text.includes('forwardRef'));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('leaves tables to the stores: row decorators stand in store/ and nowhere else', () => {
    const decorators =
      /import \{[^}]*\b(Entity|ViewEntity|Column|PrimaryColumn)\b[^}]*\} from 'typeorm'/;
    const found = sources.filter(
      ({ path, text }) =>
        decorators.test(text) && !/\/store\/|^src\/platform\/database\//.test(path),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('keeps a module small enough to be one: at most ten use cases', () => {
    const useCases = new Map<string, number>();
    for (const { path, text } of sources) {
      const name = /^src\/([^/]+)\/[a-z0-9-]+\.ts$/.exec(path)?.[1];
      if (name !== undefined && text.includes('@Injectable()'))
        useCases.set(name, (useCases.get(name) ?? 0) + 1);
    }
    expect([...useCases].filter(([, count]) => count > 10)).toEqual([]);
    expect(useCases.size).toBeGreaterThan(0);
  });
});
