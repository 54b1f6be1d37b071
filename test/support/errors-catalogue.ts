/** Every refusal of the service, read from the modules' catalogues, and the pages that list them. */
import type { Problem } from '../../src/platform/errors/problem.js';
import { problemBody } from '../../src/platform/errors/problem.filter.js';
import { absolute, filesUnder } from './sources.js';

export type Listed = {
  readonly code: string;
  readonly module: string;
  readonly problem: Problem;
  readonly status: number;
  readonly retryable: boolean;
  readonly effect: string;
};

const isCatalogue = (value: unknown): value is Record<string, Problem> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).length > 0 &&
  Object.values(value).every(
    (each) => typeof each === 'object' && each !== null && 'kind' in each && 'title' in each,
  );

function list(module: string, code: string, problem: Problem): Listed {
  const { status, body } = problemBody(code, problem, '');
  return {
    code,
    module,
    problem,
    status,
    retryable: body['retryable'] === true,
    effect: String(body['effect']),
  };
}

/** In the order of the modules' names, platform first, and within a module in the order of its file. */
export async function readCatalogue(): Promise<Listed[]> {
  const files = filesUnder('src').filter((file) => file.endsWith('.errors.ts'));
  const found: Listed[] = [];
  for (const file of files) {
    const exported = (await import(absolute(file))) as Record<string, unknown>;
    for (const catalogue of Object.values(exported).filter(isCatalogue))
      for (const [code, problem] of Object.entries(catalogue))
        found.push(list(file.split('/')[1] ?? '', code, problem));
  }
  const isPlatform = ({ module }: Listed): number => (module === 'platform' ? 0 : 1);
  return found.sort(
    (a, b) =>
      isPlatform(a) - isPlatform(b) || (a.module < b.module ? -1 : Number(a.module > b.module)),
  );
}

type Language = 'en' | 'zh';

const words = {
  en: {
    title: 'Refusals',
    intro: [
      'A request that cannot be honoured is answered with `application/problem+json` (RFC 9457). `code` never changes its',
      'meaning; a client branches on `code`, `retryable` and `effect`, never on the text and not on the status alone.',
      '`retryable` says that the very same request may succeed later; `effect` says what the request changed: nothing',
      '(`none`), perhaps something (`unknown`), or all that it asked for (`done`). A declined payment is no refusal: it is',
      'a verdict, answered with 200 and a reason.',
    ],
    generated:
      'This page is generated from the catalogues in `src/*/*.errors.ts`; a test holds it to them.',
    head: [
      'code',
      'status',
      'retryable',
      'effect',
      'what it means',
      'what to do',
      'said to people',
    ],
    yes: 'yes',
    no: 'no',
    other: '[中文](ERRORS.zh.md)',
  },
  zh: {
    title: '拒绝代码',
    intro: [
      '无法受理的请求以 `application/problem+json`（RFC 9457）应答。`code` 的含义永不改变；客户端依据 `code`、`retryable`',
      '和 `effect` 判断，不依据文字，也不只依据状态码。`retryable` 表示同一请求稍后可能成功；`effect` 表示请求造成的改变：',
      '没有（`none`）、可能有（`unknown`）、已全部完成（`done`）。支付被拒不属于拒绝：它是一个结论，以 200 应答并附原因。',
    ],
    generated: '本页由 `src/*/*.errors.ts` 中的目录生成，并由测试保证一致。',
    head: ['code', '状态码', '可重试', '影响', '给用户的提示', '英文提示'],
    yes: '是',
    no: '否',
    other: '[English](ERRORS.md)',
  },
} as const;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function line({ code, status, retryable, effect, problem }: Listed, language: Language): string {
  const { yes, no } = words[language];
  const told =
    language === 'en' ? [problem.title, problem.detail, problem.en] : [problem.zh, problem.en];
  const cells = [`\`${code}\``, String(status), retryable ? yes : no, `\`${effect}\``, ...told];
  return `| ${cells.map(cell).join(' | ')} |`;
}

/** The whole page in one language. */
export function drawCatalogue(listed: readonly Listed[], language: Language): string {
  const { title, intro, generated, head, other } = words[language];
  const modules = [...new Set(listed.map(({ module }) => module))];
  const sections = modules.map((module) => {
    const lines = listed
      .filter((each) => each.module === module)
      .map((each) => line(each, language));
    return [
      `## ${module}`,
      '',
      `| ${head.join(' | ')} |`,
      `|${' --- |'.repeat(head.length)}`,
      ...lines,
    ].join('\n');
  });
  return `${[`# ${title}`, other, intro.join('\n'), generated, ...sections].join('\n\n')}\n`;
}
