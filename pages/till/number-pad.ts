import { h } from '../shared/element.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '⌫', '0', '→'] as const;

/**
 * Digits to press with gloves, for the field that was touched last; the arrow goes to the next one.
 * Fields take a keyboard too.
 */
export function numberPad(fields: readonly HTMLInputElement[]): HTMLElement {
  let [now] = fields;
  for (const field of fields) field.addEventListener('focus', () => (now = field));
  const press = (key: (typeof KEYS)[number]): void => {
    if (now === undefined) return;
    if (key === '→') now = fields[(fields.indexOf(now) + 1) % fields.length] ?? now;
    else if (key === '⌫') now.value = now.value.slice(0, -1);
    else if (now.value.length < now.maxLength) now.value += key;
    now.focus();
  };
  const button = (key: (typeof KEYS)[number]): HTMLElement =>
    h(
      'button',
      {
        type: 'button',
        'data-pad': key,
        // The keyboard has keys of its own: Tab goes from field to field.
        tabindex: '-1',
        // The field keeps the focus.
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => press(key),
      },
      key,
    );
  return h('div', { class: 'number-pad' }, ...KEYS.map(button));
}
