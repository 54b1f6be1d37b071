export type { HmacSha256 } from './bytes.js';
export { hotpFrom, type Hotp } from './hotp.js';
export { hkdf, type HkdfInput } from './hkdf.js';
export { checkDigit, checks } from './damm.js';
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
  type CodeInput,
  type CodeRefusal,
  type ParsedCode,
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
export { acceptedCounters, acceptedEpochs, MOST_TRIES, STEP_TOLERANCE } from './accepted.js';
export {
  firstSeed,
  issuerMessage,
  RANDOM_LENGTH,
  type FirstSeedInput,
  type IssuerMessageInput,
} from './enrolment.js';
export { nextSeed, syncProof, type NextSeedInput } from './ratchet.js';
export { codeRedactor } from './redact.js';
