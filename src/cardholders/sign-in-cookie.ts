import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SignIn } from './sign-in-cardholder.js';

const cookieName = 'campus_sign_in';
const lifeSeconds = 30 * 24 * 3600;

/** Hands the sign-in to a browser in a way that no script and no foreign page can use. */
export function setSignInCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  { token }: Pick<SignIn, 'token'>,
): void {
  void reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: lifeSeconds,
  });
}

export const clearSignInCookie = (reply: FastifyReply): void =>
  void reply.clearCookie(cookieName, { path: '/' });

export type PresentedToken = { readonly token: string; readonly from: 'cookie' | 'bearer' };

/** The token that the request carries: `Authorization: Bearer …` of a program, or the cookie of a browser. */
export function presentedToken(request: FastifyRequest): PresentedToken | undefined {
  const bearer = /^Bearer ([\w-]{43})$/.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, from: 'bearer' };
  const cookie = request.cookies[cookieName];
  return cookie === undefined ? undefined : { token: cookie, from: 'cookie' };
}
