import { fill, h, starts } from '../shared/element.js';
import { language, say } from '../shared/language.js';
import { TerminalProblem } from '@campus-paycode/terminal-client/pure';
import { enrolTill } from './enrol-till.js';
import type { TillStore } from './till-store.js';

export type EnrolmentLink = { readonly code: string; readonly name: string };

/** `#code=7F3K-…&name=pay.demo-campus.example`, as the office hands it out. */
export function enrolmentIn(hash: string): EnrolmentLink {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  return { code: fields.get('code') ?? '', name: fields.get('name') ?? '' };
}

export function enrolView(
  store: TillStore,
  link: EnrolmentLink,
  enrolled: () => void,
): HTMLElement {
  const zh = language() === 'zh';
  const name = h('input', { name: 'name', required: true, value: link.name, spellcheck: 'false' });
  const code = h('input', { name: 'code', required: true, value: link.code, spellcheck: 'false' });
  const button = h('button', { class: 'main', type: 'submit' }, zh ? '启用收银台' : 'Set up');
  const trouble = h('p', { class: 'trouble', role: 'alert' });
  const submit = starts(
    async () => {
      button.disabled = true;
      fill(trouble);
      const enrolmentCode = code.value.trim();
      await enrolTill(store, { serviceName: name.value.trim().toLowerCase(), enrolmentCode });
      enrolled();
    },
    (error) => {
      button.disabled = false;
      const unheard = zh
        ? '没有收到可信的回答，请检查网络和服务名称后再试'
        : 'No answer that can be trusted. Check the network and the service name.';
      fill(trouble, error instanceof TerminalProblem ? say(error.problem.message) : unheard);
    },
  );
  return h(
    'form',
    { class: 'panel enrol', onsubmit: submit },
    h('h2', {}, zh ? '启用这台收银台' : 'Set up this till'),
    h('label', {}, zh ? '服务名称' : 'Service name', name),
    h('label', {}, zh ? '启用码（一次性）' : 'One-time code', code),
    trouble,
    button,
  );
}
