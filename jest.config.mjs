/** Nest 12 is ES modules only: jest runs in ES-module mode, every TypeScript file goes through swc. */
export default {
  rootDir: '.',
  testMatch: [
    '<rootDir>/{src,packages,pages,test,local,terminal-sim,bench}/**/*.{spec,int-spec}.ts',
  ],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.data/'],
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/packages/[^/]+/dist/',
    '<rootDir>/.data/',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@campus-paycode/([^/]+)$': '<rootDir>/packages/$1/src/index.ts',
    '^@campus-paycode/([^/]+)/([^/]+)$': '<rootDir>/packages/$1/src/$2.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transformIgnorePatterns: ['/node_modules/(?!content-disposition/)'],
  transform: {
    // Fastify's file server is CommonJS and requires this ES module, which Node can do and jest cannot before Node 24.9.
    '/node_modules/content-disposition/.+\\.js$': ['@swc/jest', { module: { type: 'commonjs' } }],
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
          },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 60_000,
  cacheDirectory: '<rootDir>/.jest-cache',
  maxWorkers: '100%',
};
