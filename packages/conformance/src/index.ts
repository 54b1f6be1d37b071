export { askedOfAPerson } from './asked-of-a-person.js';
export { lineOf, linesOf, rulesOf, signReport, summarize, verifyReport } from './report.js';
export { certifyService, serviceChecks, type ServiceOptions } from './service/certify-service.js';
export type { Finding, Side, Tell } from './check.js';
export type { SignedReport, Summary } from './report.js';
export { PhonePayers, type PayerPhone, type Payers } from './service/payers.js';
