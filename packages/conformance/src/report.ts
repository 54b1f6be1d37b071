/** The report of a run: for people, for programs, and signed for whoever was not there. */
import {
  answerKey,
  generateTerminalKey,
  sha256,
  type TerminalKey,
} from '@campus-paycode/terminal-client';
import { fromBase64Url, toBase64Url } from '@campus-paycode/terminal-protocol';
import { askedOfAPerson } from './asked-of-a-person.js';
import type { Finding } from './check.js';

export type Summary = {
  readonly kit: 'campus-paycode conformance 1';
  /** What was looked at, in the words of whoever ran the kit. */
  readonly subject: string;
  readonly madeAt: string;
  readonly verdict: 'conforms' | 'incomplete' | 'fails';
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** Rules of which nothing was looked at. */
  readonly skipped: readonly string[];
  /** Rules about what the terminal says that it does not do. */
  readonly absent: readonly string[];
  readonly askedOfAPerson: readonly string[];
  /** SHA-256 of the findings as JSON, in base64url. */
  readonly findings: string;
};

/** The text is signed as it stands here; `key` is the raw Ed25519 key of the run, in base64url. */
export type SignedReport = {
  readonly summary: string;
  readonly key: string;
  readonly signature: string;
  readonly findings: readonly Finding[];
};

const TAG = 'cpc1/conformance\0';

export function summarize(subject: string, findings: readonly Finding[], madeAt: Date): Summary {
  const of = (outcome: Finding['outcome']) => rulesOf(findings, (each) => each.outcome === outcome);
  const failed = of('failed');
  const passed = of('passed').filter((rule) => !failed.includes(rule));
  const skipped = of('skipped').filter((rule) => ![...failed, ...passed].includes(rule));
  const seen = [...failed, ...passed, ...skipped];
  const absent = of('absent').filter((rule) => !seen.includes(rule));
  const verdict = failed.length > 0 ? 'fails' : skipped.length > 0 ? 'incomplete' : 'conforms';
  return {
    kit: 'campus-paycode conformance 1',
    subject,
    madeAt: madeAt.toISOString(),
    verdict,
    passed,
    failed,
    skipped,
    absent,
    askedOfAPerson: Object.keys(askedOfAPerson),
    findings: digestOf(findings),
  };
}

/** Each rule once, in the order of its number. */
export function rulesOf(
  findings: readonly Finding[],
  which: (finding: Finding) => boolean = () => true,
): string[] {
  const rules = new Set(findings.filter(which).map(({ rule }) => rule));
  return [...rules].sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}

export function signReport(
  summary: Summary,
  findings: readonly Finding[],
  key: TerminalKey = generateTerminalKey('ed25519'),
): SignedReport {
  const text = JSON.stringify(summary);
  const signature = toBase64Url(key.sign(messageOf(text)));
  return { summary: text, key: toBase64Url(key.publicKey), signature, findings };
}

/** @returns the summary when the report is as it was signed, and the reason why not otherwise */
export function verifyReport(report: SignedReport): Summary | string {
  const { summary, key, signature, findings } = report;
  const verifier = answerKey({ keyId: 'run', algorithm: 'ed25519', publicKey: String(key) });
  const bytes = fromBase64Url(String(signature));
  if (verifier === null || bytes === null) return 'key or signature cannot be read';
  if (!verifier.verify(messageOf(String(summary)), bytes)) return 'the signature does not verify';
  const read = JSON.parse(summary) as Summary;
  if (read.findings !== digestOf(findings)) return 'the findings are not those that were signed';
  return read;
}

const messageOf = (text: string): Uint8Array => Buffer.from(TAG + text, 'utf8');

function digestOf(findings: readonly Finding[]): string {
  return toBase64Url(sha256(Buffer.from(JSON.stringify(findings), 'utf8')));
}

const MARKS = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip', absent: '-   ' } as const;

export function lineOf({ rule, side, title, outcome, seen }: Finding): string {
  return `${MARKS[outcome]} ${rule.padEnd(4)} ${side.padEnd(8)} ${title}: ${seen}`;
}

export function linesOf(summary: Summary): string[] {
  const list = (rules: readonly string[]) => (rules.length === 0 ? 'none' : rules.join(' '));
  return [
    `${summary.subject}: ${summary.verdict}`,
    `  hold: ${list(summary.passed)}`,
    `  fail: ${list(summary.failed)}`,
    `  not looked at: ${list(summary.skipped)}`,
    `  not done by it: ${list(summary.absent)}`,
    ...Object.entries(askedOfAPerson).map(([rule, what]) => `  ask a person, ${rule}: ${what}`),
  ];
}
