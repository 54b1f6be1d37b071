import type { PushEventName } from './events.js';
import type { Platform } from './platform.js';
import type { SubscribeChoice } from './records.js';
import { ensureUser } from './sign-in.js';

const MOST_TEMPLATES = 5;

export type Tap = {
  openid: string;
  templates: string[];
  /** Without a choice the kept one answers; without a kept one the user accepts. */
  choice?: SubscribeChoice | undefined;
  keep?: boolean | undefined;
};

/** What `wx.requestSubscribeMessage` gives to its success or fail callback. */
export type TapResult =
  { errMsg: string; errCode: number } | { errMsg: string; [templateId: string]: string };

/** One tap that lets `wx.requestSubscribeMessage` run on the user's phone. */
export function tap(platform: Platform, { openid, templates, choice, keep }: Tap): TapResult {
  const failed = tapFailure(platform, openid, templates);
  if (failed !== null) return { errMsg: 'requestSubscribeMessage:fail', errCode: failed };
  const { books, record, weather } = platform;
  ensureUser(platform, openid);
  const result: TapResult = { errMsg: 'requestSubscribeMessage:ok' };
  const titles = new Set<string>();
  const shown: Record<string, string>[] = [];
  for (const templateId of templates) {
    const title = books.templates.get(templateId)?.title ?? '';
    if (titles.has(title)) {
      result[templateId] = 'filter';
      continue;
    }
    titles.add(title);
    const { kept } = books.subscription(openid, templateId);
    const said = kept ?? choice ?? 'accept';
    record({ type: 'tapped', openid, templateId, choice: said, keep: keep ?? false });
    result[templateId] = said;
    if (kept === null || weather.current.silentTapPushes) {
      shown.push({ TemplateId: templateId, SubscribeStatusString: said, PopupScene: '0' });
    }
  }
  if (shown.length > 0) pushEvent(platform, 'subscribe_msg_popup_event', openid, shown);
  return result;
}

/** The user changes their mind in the settings; the platform pushes cancellations only. */
export function changeSetting(
  platform: Platform,
  openid: string,
  templateId: string,
  choice: SubscribeChoice,
): void {
  ensureUser(platform, openid);
  platform.record({ type: 'setting_changed', openid, templateId, choice });
  if (choice === 'accept') return;
  const item = { TemplateId: templateId, SubscribeStatusString: 'reject' };
  pushEvent(platform, 'subscribe_msg_change_event', openid, [item]);
}

function pushEvent(
  { outbox, clock }: Platform,
  event: PushEventName,
  openid: string,
  list: Record<string, string>[],
): void {
  outbox.push({ event, openid, createTime: Math.floor(clock.now() / 1000), list });
}

function tapFailure(platform: Platform, openid: string, templates: string[]): number | null {
  const { books } = platform;
  if (templates.length === 0) return 10001;
  if (templates.length > MOST_TEMPLATES) return 20003;
  if (books.users.get(openid)?.mainSwitch === false) return 20004;
  const found = templates.map((templateId) => books.templates.get(templateId));
  if (found.includes(undefined)) return 20001;
  return new Set(found.map((template) => template?.type)).size > 1 ? 20002 : null;
}
