import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The three contracts that the routes' tags cut the service into. */
export const contracts = {
  terminal: 'Campus Paycode: the contract of terminals. Every request and answer is signed.',
  student: "Campus Paycode: the contract of the student's phone.",
  staff: "Campus Paycode: the contract of the administrators' programs.",
} as const;

export type Contract = keyof typeof contracts;

type Operation = { tags?: string[] };

/** The names of schemas that a part of the document refers to, directly. */
const referred = (part: unknown): string[] =>
  Array.from(
    JSON.stringify(part).matchAll(/#\/components\/schemas\/(\w+)/g),
    ([, name]) => name ?? '',
  );

function cut(whole: OpenAPIObject, contract: Contract): OpenAPIObject {
  const paths: OpenAPIObject['paths'] = {};
  for (const [path, item] of Object.entries(whole.paths).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const kept = Object.entries(item as Record<string, Operation>).filter(
      ([, operation]) => operation.tags?.includes(contract) === true,
    );
    if (kept.length > 0) paths[path] = Object.fromEntries(kept);
  }
  const all = whole.components?.schemas ?? {};
  const needed = new Set<string>();
  for (let found = referred(paths); found.length > 0;) {
    const fresh = found.filter((name) => !needed.has(name) && all[name] !== undefined);
    for (const name of fresh) needed.add(name);
    found = fresh.flatMap((name) => referred(all[name]));
  }
  const schemas = Object.fromEntries(
    [...needed].sort().map((name) => [name, all[name] as NonNullable<(typeof all)[string]>]),
  );
  return { ...whole, paths, components: { ...whole.components, schemas } };
}

/** Describes the routes as they are; what is committed in packages/api is this, and a test holds the two together. */
export function describeContracts(app: NestFastifyApplication): Record<Contract, OpenAPIObject> {
  const documents = {} as Record<Contract, OpenAPIObject>;
  for (const contract of Object.keys(contracts) as Contract[]) {
    const config = new DocumentBuilder()
      .setTitle(`Campus Paycode: ${contract}`)
      .setDescription(contracts[contract])
      .setVersion('1')
      .build();
    documents[contract] = cut(SwaggerModule.createDocument(app, config), contract);
  }
  return documents;
}

/** Serves the contracts at `/docs/<contract>.json`, made when they are first asked for. */
export function serveContracts(app: NestFastifyApplication): void {
  let described: Record<Contract, OpenAPIObject> | undefined;
  const fastify = app.getHttpAdapter().getInstance();
  for (const contract of Object.keys(contracts) as Contract[])
    fastify.get(`/docs/${contract}.json`, (_request, reply) => {
      described ??= describeContracts(app);
      return reply.send(described[contract]);
    });
}
