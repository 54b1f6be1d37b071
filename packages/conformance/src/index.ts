export { askedOfAPerson } from './asked-of-a-person.js';
export { certifyReference, certifyWrongClients } from './certify-own.js';
export { lineOf, linesOf, rulesOf, signReport, summarize, verifyReport } from './report.js';
export { conclude, runKit } from './run-kit.js';
export { certifyService, serviceChecks, type ServiceOptions } from './service/certify-service.js';
export { PhonePayers, type PayerPhone, type Payers } from './service/payers.js';
export { certifyTerminal, terminalChecks, watchChecks } from './terminal/certify-terminal.js';
export {
  certifyWrongServices,
  type RightService,
} from './wrong-services/certify-wrong-services.js';
export type { Finding, Side, Tell } from './check.js';
export type { SignedReport, Summary } from './report.js';
export type { Ability, Action, Candidate, Screen, Where } from './terminal/candidate.js';
