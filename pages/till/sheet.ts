import { h } from '../shared/element.js';
import { language } from '../shared/language.js';

export type Sheet = { readonly close: () => void };

/** Something that is asked for apart from a sale, over the page; Escape closes it. */
export function openSheet(
  { name, title }: { readonly name: string; readonly title: string },
  ...children: readonly (Node | string | false)[]
): Sheet {
  closeSheets();
  const close = (): void => {
    dialog.close();
  };
  const label = language() === 'zh' ? '关闭' : 'Close';
  const cross = h(
    'button',
    { type: 'button', class: 'plain close', 'aria-label': label, onclick: close },
    '✕',
  );
  const dialog = h(
    'dialog',
    { class: `sheet ${name}`, id: 'sheet', 'aria-label': title, onclose: () => dialog.remove() },
    h('header', {}, h('h2', {}, title), cross),
    ...children,
  );
  document.body.append(dialog);
  dialog.showModal();
  return { close };
}

/** A verdict, or a scan, is more important than what somebody was filling in. */
export function closeSheets(): void {
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.close();
    dialog.remove();
  }
}
