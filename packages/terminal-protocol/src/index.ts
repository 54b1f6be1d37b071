export * from './algorithms.js';
export * from './answer-signature.js';
export * from './bytes.js';
export * from './content-digest.js';
export * from './exchange.js';
export * from './headers.js';
export * from './key-rotation.js';
export * from './offline-record.js';
export * from './order-number.js';
export * from './problems.js';
export * from './refusal.js';
export * from './request-signature.js';
export {
  readSignatureFields,
  SIGNATURE_LABEL,
  type SignatureFields,
  type SignatureParameters,
} from './signature-fields.js';
export * from './ticket.js';
export * from './wire.js';
export * from './wire-rooms.js';
