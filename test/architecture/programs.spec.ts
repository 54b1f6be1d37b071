import { describe, expect, it } from '@jest/globals';
import { builtinModules } from 'node:module';
import { foldersIn, importsOf, programSources, read, resolveImport } from '../support/sources.js';

type Rule = {
  /** Our packages that it may import. */
  readonly packages: readonly string[];
  /** Programs whose files it may import by path, besides its own. */
  readonly programs?: readonly string[];
  /** Whether it may use Node's modules. */
  readonly node: boolean;
};

/** Which program may import which, by folder; the longest folder wins. */
const rules: Record<string, Rule> = {
  'packages/paycode': { packages: [], node: false },
  'packages/api': { packages: [], node: false },
  'packages/terminal-protocol': { packages: ['paycode', 'api'], node: false },
  'packages/terminal-client': { packages: ['paycode', 'api', 'terminal-protocol'], node: true },
  'packages/conformance': {
    packages: ['paycode', 'api', 'terminal-protocol', 'terminal-client'],
    node: true,
  },
  src: { packages: ['paycode', 'terminal-protocol'], node: true },
  'terminal-sim': { packages: ['paycode', 'api', 'terminal-client'], node: true },
  pages: {
    packages: ['paycode', 'api', 'terminal-protocol', 'terminal-client/pure'],
    node: false,
  },
  local: {
    packages: ['paycode', 'terminal-protocol', 'conformance'],
    programs: ['src'],
    node: true,
  },
  'local/fakes': { packages: [], node: true },
  bench: { packages: ['paycode', 'terminal-protocol'], programs: ['src'], node: true },
};

const folders = Object.keys(rules).sort((a, b) => b.length - a.length);
const programOf = (file: string): string | undefined =>
  folders.find((folder) => file.startsWith(`${folder}/`));

const builtIn = new Set(builtinModules);
const packages = foldersIn('packages').map((name) => `packages/${name}/src`);
const sources = programSources([...packages, 'src', 'terminal-sim', 'pages', 'local', 'bench']);

const imports = sources.flatMap((source) =>
  importsOf(source).map((specifier) => ({ from: source.path, specifier })),
);
const ruleFor = (file: string): { program: string; rule: Rule } => {
  const program = programOf(file);
  const rule = program === undefined ? undefined : rules[program];
  if (program === undefined || rule === undefined) throw new Error(`${file} is in no program`);
  return { program, rule };
};
const told = ({ from, specifier }: { from: string; specifier: string }): string =>
  `${from} → ${specifier}`;

describe('the programs', () => {
  it('include every package', () => {
    const unruled = foldersIn('packages').filter((name) => rules[`packages/${name}`] === undefined);
    expect(unruled).toEqual([]);
  });

  it('import only the packages that are theirs to import', () => {
    const own = imports.filter(({ specifier }) => specifier.startsWith('@campus-paycode/'));
    expect(own.length).toBeGreaterThan(0);
    const strangers = own.filter(({ from, specifier }) => {
      const name = specifier.replace('@campus-paycode/', '');
      return !ruleFor(from).rule.packages.includes(name);
    });
    expect(strangers.map(told)).toEqual([]);
  });

  it('do not reach into one another by path', () => {
    const reaching = imports.filter(({ from, specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const { program, rule } = ruleFor(from);
      const to = programOf(resolveImport(from, specifier));
      return to !== program && (to === undefined || rule.programs?.includes(to) !== true);
    });
    expect(reaching.map(told)).toEqual([]);
  });

  it('that run in a browser or a bare engine use nothing of Node', () => {
    const found = imports.filter(({ from, specifier }) => {
      const isNode = specifier.startsWith('node:') || builtIn.has(specifier.split('/')[0] ?? '');
      return isNode && !ruleFor(from).rule.node;
    });
    expect(found.map(told)).toEqual([]);
  });

  it('that others link to by path need nothing installed', () => {
    for (const name of ['paycode', 'api']) {
      const manifest = JSON.parse(read(`packages/${name}/package.json`)) as {
        dependencies?: Record<string, string>;
      };
      expect(manifest.dependencies ?? {}).toEqual({});
      const outside = imports.filter(
        ({ from, specifier }) =>
          from.startsWith(`packages/${name}/src/`) && !specifier.startsWith('.'),
      );
      expect(outside.map(told)).toEqual([]);
    }
  });
});
