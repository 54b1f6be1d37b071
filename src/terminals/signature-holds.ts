/** Whether a terminal's key signed some bytes, by either of the two algorithms. */
export { signatureHolds } from './domain/signatures.js';
