export type { HmacSha256 } from './bytes.js';
export { hotpFrom, type Hotp } from './hotp.js';
export { hkdf, type HkdfInput } from './hkdf.js';
export { checkDigit, checks } from './damm.js';
export { fromDecimal, toDecimal } from './decimal.js';
export { deriveKeys, deriveSyncKey, SEED_LENGTH, type CodeKeys } from './keys.js';
export {
  aliasEpochOf,
  assertAliasPeriod,
  counterOf,
  DEFAULT_ALIAS_PERIOD,
  SLOTS_PER_STEP,
  slotOfCounter,
  startOfStep,
  STEP_SECONDS,
  stepOf,
  stepOfCounter,
} from './time-step.js';
export {
  assertPrefixAllowed,
  DEFAULT_PREFIX,
  foreignScheme,
  type ForeignScheme,
} from './prefix.js';
export {
  ALIAS_DIGITS,
  aliasOf,
  CODE_LENGTH,
  formatCode,
  makeCode,
  OTP_DIGITS,
  otpOf,
  parseCode,
  parseScan,
  type CodeInput,
  type CodeRefusal,
  type ParsedCode,
  type ParsedSignedQr,
  type RefusedCode,
} from './payment-code.js';
export {
  AHEAD_MARGIN_SECONDS,
  isDue,
  nextToShow,
  secondsUntilChange,
  type ShownCode,
  type WaitForCode,
} from './code-schedule.js';
export { acceptedCounters, acceptedEpochs, mostTries, STEP_TOLERANCE } from './accepted.js';
export {
  firstSeed,
  issuerMessage,
  RANDOM_LENGTH,
  type FirstSeedInput,
  type IssuerMessageInput,
} from './enrolment.js';
export { nextSeed, syncProof, type NextSeedInput } from './ratchet.js';
export { confirmationProof, type Confirmation } from './confirmation.js';
export { codeRedactor } from './redact.js';
export {
  isStrictPoint,
  PUBLIC_KEY_LENGTH,
  SIGNATURE_LENGTH,
  verifyStrictly,
  type SignEd25519,
  type VerifyEd25519,
} from './ed25519.js';
export {
  issuerKeyFor,
  issuerKeySet,
  MOST_ISSUER_KEYS,
  type IssuerKey,
  type IssuerKeys,
} from './issuer-keys.js';
export {
  CHALLENGE_LENGTH,
  deviceKeyMessage,
  isProvenDeviceKey,
  proveDeviceKey,
  type DeviceKeyRequest,
} from './device-key.js';
export {
  CERTIFICATE_FLAGS,
  CERTIFICATE_LENGTH,
  certificateAt,
  makeCertificate,
  readCertificate,
  REFERENCE_LENGTH,
  refuseCertificate,
  SIGNED_QR_VERSION,
  type Certificate,
  type CertificateBody,
  type CertificateRefusal,
  type IssuerTrust,
} from './certificate.js';
export {
  FRESH_SECONDS,
  freshnessOf,
  isSignedQrDue,
  makeSignedQr,
  MOST_SIGNED_COUNTER,
  readSignedBytes,
  refuseSignedQr,
  SIGNED_QR_DIGITS,
  SIGNED_QR_LENGTH,
  SIGNED_QR_SECONDS,
  type SignedQr,
  type SignedQrInput,
  type SignedQrRefusal,
} from './signed-qr.js';
export {
  applyHotlist,
  EMPTY_HOTLIST,
  hotlistAge,
  isHotlisted,
  makeHotlist,
  type Hotlist,
  type HotlistAge,
  type HotlistAnswer,
  type HotlistInput,
  type HotlistRefusal,
} from './hotlist.js';
export { MOST_HOTLISTED, readHotlistUpdate, type HotlistUpdate } from './hotlist-update.js';
export {
  judgeOffline,
  type OfflineJudgement,
  type OfflineRefusal,
  type OfflineTerminal,
} from './judge-offline.js';
