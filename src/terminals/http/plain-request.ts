import type { FastifyRequest } from 'fastify';
import { platformProblems } from '../../platform/errors/platform.errors.js';
import { Refusal } from '../../platform/errors/problem.js';

const plainJson = /^application\/json(?: *; *charset=(?:utf-8|"utf-8"))?$/i;

/**
 * Refuses what no route of a terminal has: a query, a body on a GET, a body that is compressed or no JSON. What is signed
 * but looked at by nobody would be believed to count.
 *
 * @throws {Refusal} unknown_field, malformed_request, unsupported_media_type
 */
export function requirePlainRequest(request: FastifyRequest): void {
  const { method, headers, url } = request.raw;
  if (url?.includes('?') === true)
    throw new Refusal(platformProblems, 'unknown_field', {
      detail: 'Send the path without a query; no route of a terminal has one.',
    });
  const hasBody =
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (!hasBody) return;
  if (method === 'GET' || method === 'HEAD')
    throw new Refusal(platformProblems, 'malformed_request', {
      detail: `Send a ${method} without a body.`,
    });
  if (headers['content-encoding'] !== undefined)
    throw new Refusal(platformProblems, 'unsupported_media_type', {
      detail: 'Send the body as it is, without Content-Encoding.',
    });
  if (!plainJson.test(headers['content-type'] ?? ''))
    throw new Refusal(platformProblems, 'unsupported_media_type');
}
