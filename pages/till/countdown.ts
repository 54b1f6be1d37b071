import { fill, h } from '../shared/element.js';
import { language } from '../shared/language.js';

const TICK_MILLIS = 250;

/**
 * Seconds that are left until an instant of the service's time, in large figures. It counts for as
 * long as it stands on the page; a reader of screens is not told each of them.
 */
export function countdown(until: number, now: () => number): HTMLElement {
  const shown = h('p', { class: 'countdown', role: 'timer', 'aria-live': 'off' });
  const show = (): void => {
    const left = Math.max(0, Math.ceil((until - now()) / 1000));
    fill(shown, h('strong', {}, String(left)), language() === 'zh' ? ' 秒' : ' s');
  };
  show();
  const timer = setInterval(() => {
    if (shown.isConnected) show();
    else clearInterval(timer);
  }, TICK_MILLIS);
  return shown;
}
