import { readStored, writeStored } from './stored.js';

/** Text in both languages of the campus. */
export type LocalText = { readonly zh: string; readonly en: string };
export type Language = keyof LocalText;

const NAME = 'campus-paycode.language';

let chosen: Language = readStored<Language>(NAME) === 'en' ? 'en' : 'zh';

export function language(): Language {
  return chosen;
}

export function chooseLanguage(next: Language): void {
  chosen = next;
  writeStored(NAME, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

export function say(text: LocalText): string {
  return text[chosen];
}
