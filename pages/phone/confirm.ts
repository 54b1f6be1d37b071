import { fill, h } from '../shared/element.js';
import { t } from './texts.js';

/** A sheet that asks once more before something happens. Resolves to whether it shall. */
export function confirmed(question: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sheet = h('dialog', { class: 'sheet' });
    const answer = (value: boolean) => () => {
      sheet.close();
      sheet.remove();
      resolve(value);
    };
    fill(
      sheet,
      h('p', { class: 'big' }, question),
      h('button', { type: 'button', class: 'main danger', onclick: answer(true) }, yes),
      h('button', { type: 'button', class: 'quiet', onclick: answer(false) }, t('cancel')),
    );
    sheet.addEventListener('cancel', answer(false));
    document.body.append(sheet);
    sheet.showModal();
  });
}
