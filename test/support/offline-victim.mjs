/**
 * A terminal that is going to be killed: it is enrolled, loses its network, and sells one code after the other by itself.
 * Each sale is told on standard output once it was "shown"; whoever hears that may kill the program at any moment.
 */
import { httpTransport, TerminalClient } from '@campus-paycode/terminal-client';

/**
 * @type {{
 *   url: string, stateDir: string, serviceName: string, enrolmentCode: string, codes: string[], amount: number
 * }}
 */
const orders = JSON.parse(process.argv[2] ?? '');
const { url, stateDir, serviceName, enrolmentCode, codes, amount } = orders;
const wire = httpTransport(url);
let isCut = false;

const client = await TerminalClient.enrol({
  baseUrl: url,
  stateDir,
  transport: (request, signal) =>
    isCut ? Promise.reject(new Error('no network')) : wire(request, signal),
  serviceName,
  enrolmentCode,
  model: 'victim',
  softwareVersion: '1',
});
await client.fetchSettings();
isCut = true;
await client.heartbeat('1').catch(() => undefined);
for (const code of codes) {
  const result = await client.sell({ code, amount });
  process.stdout.write(`${JSON.stringify({ code, result })}\n`);
}
// Whoever comes here was not killed in time: waits for it.
setInterval(() => undefined, 1_000);
