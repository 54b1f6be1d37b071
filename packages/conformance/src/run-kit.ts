/** The command line of the kit. */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  lineOf,
  linesOf,
  signReport,
  summarize,
  verifyReport,
  type SignedReport,
} from './report.js';
import { certifyService } from './service/certify-service.js';
import { PhonePayers, type PayerPhone } from './service/payers.js';
import { AdapterCandidate } from './terminal/adapter-candidate.js';
import { ByHand } from './terminal/by-hand.js';
import { certifyTerminal, terminalChecks } from './terminal/certify-terminal.js';
import { openFront } from './terminal/http-front.js';
import { RealTime } from './terminal/kit-time.js';
import { serveAdapter } from './terminal/serve-adapter.js';
import type { Finding } from './check.js';
import { abilities, type Ability, type Candidate } from './terminal/candidate.js';
import type { PlayedService } from './terminal/played-service.js';

export const USAGE = `Looks at a service or a terminal, rule by rule, by docs/terminal-protocol.md.

  a service:   --service URL --name SERVICE-NAME --enrolment CODE … --payers FILE
  a terminal:  --terminal COMMAND | --by-hand [--can ABILITY …]
  a report:    --verify FILE

  --enrolment  codes of terminals that the kit may have: two that enter amounts, one fixed (a gate), one metered
  --payers     test students' phones: [{"name":"approved","seed":"64 hex","aliasPeriod":300,"prefix":"97","lastShown":null}]
               those called approved pay, one called insufficient is declined
  --terminal   a program that speaks for the terminal, see docs/conformance.md; --serve-adapter is an example
  --can        what a terminal by hand does: ${abilities.join(', ')}
  --scale      how much faster the terminal's clocks run, 1 when it is left out
  --listen     HOST:PORT that the terminal reaches the kit at, 127.0.0.1 and any port when it is left out
  --rule       only these, as often as it is given
  --subject    what to call it in the report
  --json       writes the findings to a file
  --report     writes a signed report to a file`;

type Say = (line: string) => void;
type Options = ReturnType<typeof read>;

function read(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const many = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      service: text,
      name: text,
      enrolment: many,
      payers: text,
      terminal: text,
      'by-hand': flag,
      'serve-adapter': flag,
      can: many,
      scale: text,
      listen: text,
      rule: many,
      subject: text,
      json: text,
      report: text,
      verify: text,
      help: { ...flag, short: 'h' },
    },
  });
  return values;
}

/** @returns the exit code: 0 when nothing fails, 1 when a rule does, 2 when it was asked wrongly */
export async function runKit(argv: readonly string[], say: Say): Promise<number> {
  let options: Options;
  try {
    options = read(argv);
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return 2;
  }
  if (options['serve-adapter']) {
    await serveAdapter(process.stdin, process.stdout);
    return 0;
  }
  if (options.verify !== undefined) return verify(options.verify, say);
  const isTerminal = options.terminal !== undefined || options['by-hand'];
  if (options.help || isTerminal === (options.service !== undefined)) {
    say(USAGE);
    return options.help ? 0 : 2;
  }
  const findings = isTerminal
    ? await lookAtTerminal(options, say)
    : await lookAtService(options, say);
  const subject = options.subject ?? options.service ?? options.terminal ?? 'a terminal by hand';
  return conclude(findings, { ...options, subject }, say);
}

/** Says what was found, and writes what was asked for. */
export async function conclude(
  findings: readonly Finding[],
  wish: { readonly subject: string; readonly json?: string; readonly report?: string },
  say: Say,
): Promise<number> {
  const summary = summarize(wish.subject, findings, new Date());
  const signed = signReport(summary, findings);
  for (const line of linesOf(summary)) say(line);
  if (wish.json !== undefined) await writeFile(wish.json, `${JSON.stringify(findings, null, 2)}\n`);
  if (wish.report !== undefined) {
    await writeFile(wish.report, `${JSON.stringify(signed, null, 2)}\n`);
    say(`  signed by the key of this run, ${signed.key}: ${wish.report}`);
  }
  return summary.verdict === 'fails' ? 1 : 0;
}

async function verify(file: string, say: Say): Promise<number> {
  const report = JSON.parse(await readFile(file, 'utf8')) as SignedReport;
  const summary = verifyReport(report);
  if (typeof summary === 'string') {
    say(`${file}: ${summary}`);
    return 1;
  }
  for (const line of linesOf(summary)) say(line);
  say(`  as signed at ${summary.madeAt} by the key ${report.key}`);
  return 0;
}

async function lookAtService(options: Options, say: Say): Promise<Finding[]> {
  const { service: url = '', name: serviceName, enrolment: enrolments = [], payers } = options;
  if (serviceName === undefined) throw new Error('--name is missing: the service name');
  const phones = payers === undefined ? [] : JSON.parse(await readFile(payers, 'utf8'));
  return certifyService({
    url: url.replace(/\/$/, ''),
    serviceName,
    enrolments,
    payers: new PhonePayers(phones as PayerPhone[]),
    tell: (finding) => {
      say(lineOf(finding));
    },
  });
}

async function lookAtTerminal(options: Options, say: Say): Promise<Finding[]> {
  const { terminal, can = [], rule: rules, listen = '127.0.0.1:0' } = options;
  const wished = Number(options.scale ?? 1);
  const adapter = terminal === undefined ? null : await AdapterCandidate.start(terminal, wished);
  const candidate: Candidate = adapter ?? new ByHand(can as Ability[]);
  const [host = '127.0.0.1', port = '0'] = listen.split(':');
  let played: PlayedService | undefined;
  const front = await openFront(() => played, { host, port: Number(port) });
  const checks = terminalChecks.filter(({ rule }) => rules?.includes(rule) ?? true);
  try {
    return await certifyTerminal({
      candidate,
      time: new RealTime(adapter?.scale ?? 1),
      url: front.url,
      checks,
      play: (service) => {
        played = service;
      },
      tell: (finding) => {
        say(lineOf(finding));
      },
    });
  } finally {
    await candidate.end();
    await front.close();
  }
}
