import { fill, h, part } from '../shared/element.js';
import type { Call, RequestLog } from './read-calls.js';

const timeOf = (at: string): string =>
  new Date(at).toLocaleTimeString(undefined, { hour12: false });

function linesOf(lines: readonly string[], others: readonly string[]): HTMLElement {
  const shown = lines.map((line) =>
    h('span', { class: others.includes(line) ? undefined : 'differs' }, `${line}\n`),
  );
  return h('pre', {}, ...shown);
}

function diagnosisOf(diagnosis: NonNullable<Call['diagnosis']>): HTMLElement {
  const { service, client, message, isProven, mistake } = diagnosis;
  return h(
    'div',
    { class: 'mistake' },
    h('p', {}, h('strong', {}, `${message.zh} ${message.en}`)),
    h(
      'p',
      {},
      isProven
        ? `已验证：按此错误签名完全吻合 Proven: this very mistake gives what was sent (${mistake})`
        : `推测，未能验证 A guess, not proven (${mistake})`,
    ),
    h('p', {}, '服务构造的签名基串 The base as the service built it:'),
    linesOf(service, client),
    h('p', {}, '按请求自己的报头得到的签名基串 The base as your headers imply it:'),
    linesOf(client, service),
  );
}

function callOf(call: Call, isOpen: boolean): HTMLElement {
  const bad = call.status >= 400 ? 'bad' : undefined;
  return h(
    'details',
    { 'data-id': call.requestId, open: isOpen },
    h(
      'summary',
      {},
      h('span', {}, timeOf(call.at)),
      h('span', {}, call.method),
      h('span', {}, call.path),
      h('span', { class: bad }, String(call.status)),
      h('span', { class: bad }, call.outcome ?? ''),
      h('span', {}, `${call.durationMs} ms`),
    ),
    h('p', {}, `requestId ${call.requestId} · keyid ${call.keyId ?? '—'}`),
    !call.isVerified &&
      h('p', {}, '签名未通过验证：可能不是本终端 Not verified: perhaps not this terminal'),
    call.detail !== null && h('p', {}, call.detail),
    call.body !== '' && h('pre', {}, call.body),
    call.diagnosis !== null && diagnosisOf(call.diagnosis),
  );
}

/** The newest first; what is unfolded stays so when the list is fetched again. */
export function showCalls({ code, since, calls }: RequestLog): void {
  const open = new Set(
    Array.from(document.querySelectorAll('details[open]'), (each) => each.getAttribute('data-id')),
  );
  const from = new Date(since).toLocaleString();
  fill(
    part('head'),
    h('h1', {}, `终端 ${code} 的请求 Requests of terminal ${code}`),
    h(
      'p',
      {},
      `最近 200 次，自 ${from} 起，仅在本进程内存中 The last 200 since then, kept in this process’s memory`,
    ),
  );
  fill(
    part('content'),
    calls.length === 0 && h('p', {}, '还没有请求 No request yet'),
    ...calls.map((call) => callOf(call, open.has(call.requestId))),
  );
}
