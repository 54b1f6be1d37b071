import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** A secret for one bearer: 256 bits in base64url. */
export const newToken = (): string => randomBytes(tokenBytes).toString('base64url');

/** What rests in the database instead of the token. So much randomness needs no salt and no slow hash. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
