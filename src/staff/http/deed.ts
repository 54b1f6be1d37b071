import type { FastifyRequest } from 'fastify';
import type { Deed } from '../store/audit.store.js';

const idLengthMax = 100;

const textOfId = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value).slice(0, idLengthMax)
    : undefined;

/** The ids in the path, and the id of what the answer says was made. */
function targetOf(params: unknown, answer: unknown): Record<string, string> {
  const target: Record<string, string> = {};
  for (const [name, value] of Object.entries(params ?? {})) {
    const id = textOfId(value);
    if (id !== undefined) target[name] = id;
  }
  const made = textOfId((answer as { id?: unknown } | null | undefined)?.id);
  if (made !== undefined) target['id'] ??= made;
  return target;
}

/** What the audit keeps of a request: who, which route, which ids, how it ended; nothing of its body. */
export function deedOf(
  request: FastifyRequest,
  ended: { status: number; answer?: unknown; staffId?: bigint | null },
): Deed {
  return {
    staffId: ended.staffId === undefined ? (request.caller?.id ?? null) : ended.staffId,
    method: request.method,
    route: request.routeOptions.url ?? '',
    target: targetOf(request.params, ended.answer),
    status: ended.status,
    requestId: request.id,
  };
}
