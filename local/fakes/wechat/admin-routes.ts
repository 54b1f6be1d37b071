import { randomBytes } from 'node:crypto';
import { json, jsonObject } from '../serve.js';
import type { Call, Reply, Route } from '../serve.js';
import type { Callback, Template } from './defaults.js';
import type { WechatFaults } from './faults.js';
import { changeSetting, tap } from './phone.js';
import { phoneList, phonePage } from './phone-page.js';
import type { Platform } from './platform.js';
import type { SubscribeChoice } from './records.js';
import { ensureUser } from './sign-in.js';
import type { SignInDesk } from './sign-in.js';
import { checkOnPhone } from './soter.js';

type Fields = Record<string, unknown>;

const OPENID = /^[A-Za-z0-9_-]{6,64}$/;

/** The levers of the simulation: what users do with their phones, and what goes wrong. */
export function wechatAdminRoutes(platform: Platform, signIn: SignInDesk): Route[] {
  return [...userLevers(platform, signIn), ...phoneRoutes(platform), ...worldLevers(platform)];
}

function userLevers(platform: Platform, signIn: SignInDesk): Route[] {
  return [
    lever('login', (fields) => {
      const openid = fields['openid'] ?? `o${randomBytes(21).toString('base64url').slice(0, 27)}`;
      if (!isOpenid(openid)) return refuse('openid must match ' + OPENID.source);
      return json(200, { code: signIn.issueCode(openid), openid });
    }),
    lever('soter', ({ openid, challenge }) => {
      if (!isOpenid(openid) || typeof challenge !== 'string') return refuse('openid, challenge');
      return json(200, checkOnPhone(platform, openid, challenge));
    }),
    lever('tap', ({ openid, templates, choice, keep }) => {
      if (!isOpenid(openid) || !Array.isArray(templates)) return refuse('openid, templates');
      const names = templates.map(String);
      return json(
        200,
        tap(platform, {
          openid,
          templates: names,
          choice: choiceOf(choice),
          keep: keep === true,
        }),
      );
    }),
    lever('settings', ({ openid, template, choice, mainSwitch }) => {
      if (!isOpenid(openid)) return refuse('openid, template, choice or mainSwitch');
      ensureUser(platform, openid);
      if (typeof mainSwitch === 'boolean') {
        platform.record({ type: 'main_switch_set', openid, on: mainSwitch });
      }
      const said = choiceOf(choice);
      if (typeof template === 'string' && said) changeSetting(platform, openid, template, said);
      return json(200, { openid });
    }),
  ];
}

function phoneRoutes(platform: Platform): Route[] {
  return [
    { method: 'GET', path: /^\/__fake\/phone\/?$/, handle: () => phoneList(platform) },
    {
      method: 'GET',
      path: /^\/__fake\/phone\/(?<openid>[\w-]{6,64})$/,
      handle: ({ params }) => phonePage(platform, params['openid'] ?? ''),
    },
    {
      method: 'POST',
      path: /^\/__fake\/phone\/(?<openid>[\w-]{6,64})\/tap$/,
      handle: ({ params, body }) => {
        const openid = params['openid'] ?? '';
        const form = new URLSearchParams(body);
        const templates = [...platform.books.templates.values()]
          .filter((template) => template.type === 2)
          .map((template) => template.priTmplId);
        const choice = choiceOf(form.get('choice'));
        tap(platform, { openid, templates, choice, keep: form.get('keep') === 'true' });
        return { status: 303, body: '', headers: { location: `/__fake/phone/${openid}` } };
      },
    },
    {
      method: 'GET',
      path: /^\/__fake\/messages$/,
      handle: ({ query }) => {
        const openid = query.get('openid');
        const { books } = platform;
        return json(200, { messages: openid ? books.messagesTo(openid) : books.messages });
      },
    },
  ];
}

function worldLevers(platform: Platform): Route[] {
  const { weather, clock, outbox, record } = platform;
  return [
    { method: 'GET', path: /^\/__fake\/state$/, handle: () => json(200, stateOf(platform)) },
    lever('faults', (fields) => {
      weather.replace(fields as WechatFaults);
      return json(200, { faults: weather.current });
    }),
    lever('clock', (fields) => {
      if (!clock.change(fields)) return refuse('now, offsetMs or advanceMs');
      record({ type: 'clock_set', offsetMs: clock.offsetMs });
      return json(200, { now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs });
    }),
    lever('templates', ({ put, remove }) => {
      if (typeof put === 'object' && put !== null) {
        record({ type: 'template_put', template: put as Template });
      }
      if (typeof remove === 'string') record({ type: 'template_removed', templateId: remove });
      return json(200, { templates: [...platform.books.templates.keys()] });
    }),
    lever('callback', async ({ url, mode, format }) => {
      if (typeof url !== 'string' || !URL.canParse(url)) return refuse('url, mode?, format?');
      const callback: Callback = {
        url,
        mode: mode === 'plain' ? 'plain' : 'aes',
        format: format === 'xml' ? 'xml' : 'json',
      };
      if (!(await outbox.checkAddress(callback))) {
        return json(422, { code: 'address_check_failed', message: 'it did not echo the string' });
      }
      record({ type: 'callback_set', callback });
      outbox.callback = callback;
      return json(200, { callback });
    }),
  ];
}

function lever(name: string, handle: (fields: Fields) => Reply | Promise<Reply>): Route {
  return {
    method: 'POST',
    path: new RegExp(`^/__fake/${name}$`),
    handle: ({ body }: Call) => {
      const fields = jsonObject(body);
      return fields ? handle(fields) : refuse('the body is not a JSON object');
    },
  };
}

function refuse(message: string): Reply {
  return json(400, { code: 'malformed_request', message });
}

function isOpenid(value: unknown): value is string {
  return typeof value === 'string' && OPENID.test(value);
}

function choiceOf(value: unknown): SubscribeChoice | undefined {
  return value === 'accept' || value === 'reject' ? value : undefined;
}

function stateOf({ settings, books, weather, outbox, clock }: Platform): unknown {
  return {
    now: new Date(clock.now()).toISOString(),
    appid: settings.appid,
    callback: outbox.callback,
    callbacks: outbox.counts,
    faults: weather.current,
    users: [...books.users.values()],
    templates: [...books.templates.keys()],
    sentToday: books.sentToday(clock.now),
    messages: books.messages.length,
    recent: books.messages.slice(-50),
  };
}
