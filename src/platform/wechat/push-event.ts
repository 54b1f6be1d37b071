import { asText } from './call-wechat.js';
import { parseObject } from './lossless-json.js';

/** What happened on a phone, as the platform tells it; items hold the event's fields as text. */
export type PushEvent = {
  readonly event: string;
  readonly openid: string;
  /** Unix seconds, as it came. */
  readonly createTime: string;
  readonly items: readonly Readonly<Record<string, string>>[];
};

const element = (name: string): RegExp =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[([\\s\\S]*?)\\]\\]>|([^<]*))</${name}>`);

/**
 * Reads an event from JSON, where the platform flattens the list to an object when it has one item, or from XML, where
 * items lie in an element named after the event.
 * @returns undefined when it is no event.
 */
export function readPushEvent(text: string): PushEvent | undefined {
  const trimmed = text.trimStart();
  const event = trimmed.startsWith('<') ? fromXml(trimmed) : fromJson(trimmed);
  return event === undefined || event.event === '' || event.openid === '' ? undefined : event;
}

function fromJson(text: string): PushEvent | undefined {
  const body = parseObject(text);
  if (body === undefined) return undefined;
  const list = body['List'] ?? [];
  const items: unknown[] = Array.isArray(list) ? list : [list];
  return {
    event: asText(body['Event']),
    openid: asText(body['FromUserName']),
    createTime: asText(body['CreateTime']),
    items: items.filter(isRecord).map(textFields),
  };
}

function fromXml(text: string): PushEvent {
  const lists = [...text.matchAll(/<List>([\s\S]*?)<\/List>/g)].map((match) => match[1] ?? '');
  return {
    event: xmlText(text, 'Event'),
    openid: xmlText(text, 'FromUserName'),
    createTime: xmlText(text, 'CreateTime'),
    items: lists.map(xmlFields),
  };
}

function xmlText(text: string, name: string): string {
  const match = element(name).exec(text);
  return match?.[1] ?? match?.[2] ?? '';
}

function xmlFields(list: string): Record<string, string> {
  const names = [...list.matchAll(/<(\w+)>/g)].map((match) => match[1] ?? '');
  return Object.fromEntries(names.map((name) => [name, xmlText(list, name)]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textFields = (item: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, asText(value)]));
