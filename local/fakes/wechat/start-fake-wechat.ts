import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MovableClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { LineLog } from '../line-log.js';
import { seededRandom } from '../random.js';
import type { Random } from '../random.js';
import { findRoute, json, pause, serve } from '../serve.js';
import type { Call, Outcome, Route } from '../serve.js';
import { wechatAdminRoutes } from './admin-routes.js';
import { failure } from './answers.js';
import { platformRoutes } from './api-routes.js';
import { WechatBooks } from './books.js';
import { wechatDefaults } from './defaults.js';
import type { WechatSettings } from './defaults.js';
import { WechatWeather } from './faults.js';
import type { Platform } from './platform.js';
import { PushOutbox } from './push-outbox.js';
import type { WechatRecord } from './records.js';
import { SignInDesk } from './sign-in.js';
import { TokenDesk } from './tokens.js';

export type FakeWechatOptions = {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Where `wechat.jsonl` lives, and perhaps `config.json` with settings. Without it: memory. */
  stateDir?: string;
  clock?: Clock;
  random?: Random;
  /** Stronger than `config.json`, which is stronger than the defaults. */
  settings?: Partial<WechatSettings>;
  /** Between the attempts of one callback; 1 s when not given. */
  retryDelayMs?: number;
};

export type FakeWechat = {
  url: string;
  settings: WechatSettings;
  books: WechatBooks;
  /** Resolves when no callback is waiting. */
  callbacksSettled(): Promise<void>;
  close(): Promise<void>;
};

/** The message and login platform of WeChat, as far as a campus meets it. */
export async function startFakeWechat(options: FakeWechatOptions = {}): Promise<FakeWechat> {
  const fileSettings = await readSettings(options.stateDir);
  const settings = { ...wechatDefaults, ...fileSettings, ...options.settings };
  const { log, records } = await LineLog.open<WechatRecord>({
    path: options.stateDir && join(options.stateDir, 'wechat.jsonl'),
    sync: false,
  });
  const platform = assemble(options, settings, (record) => log.append(record));
  for (const record of records) restore(platform, record);
  if (options.settings?.callback) platform.outbox.callback = options.settings.callback;
  const door = new PlatformDoor(platform);
  const serving = await serve(options.port ?? 0, async (call) => {
    const outcome = await door.answer(call);
    await log.flushed();
    return outcome;
  });
  return {
    url: serving.url,
    settings,
    books: platform.books,
    callbacksSettled: () => platform.outbox.settled(),
    close: async () => {
      await serving.close();
      await platform.outbox.close();
      await log.close();
    },
  };
}

function assemble(
  options: FakeWechatOptions,
  settings: WechatSettings,
  write: (record: WechatRecord) => void,
): Platform {
  const clock = new MovableClock(options.clock);
  const books = new WechatBooks(settings);
  const weather = new WechatWeather(options.random ?? seededRandom(1));
  const retryDelayMs = options.retryDelayMs ?? 1_000;
  const outbox = new PushOutbox({ settings, weather, now: clock.now, retryDelayMs });
  const record = (change: WechatRecord): void => {
    books.apply(change);
    if (change.type === 'token_issued') {
      tokens.apply(change.token, change.issuedAt, change.forced);
    }
    write(change);
  };
  const tokens = new TokenDesk(clock.now, record);
  return { settings, books, tokens, weather, outbox, clock, record };
}

function restore({ books, tokens, outbox, clock }: Platform, record: WechatRecord): void {
  books.apply(record);
  if (record.type === 'token_issued') tokens.apply(record.token, record.issuedAt, record.forced);
  if (record.type === 'clock_set') clock.setOffset(record.offsetMs);
  if (record.type === 'callback_set') outbox.callback = record.callback;
}

async function readSettings(stateDir: string | undefined): Promise<Partial<WechatSettings>> {
  if (stateDir === undefined) return {};
  try {
    const text = await readFile(join(stateDir, 'config.json'), 'utf8');
    return JSON.parse(text) as Partial<WechatSettings>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Where calls arrive: the weather may spoil those to the platform, never those to a lever. */
class PlatformDoor {
  private readonly platformRoutes: Route[];
  private readonly adminRoutes: Route[];

  constructor(private readonly platform: Platform) {
    const signIn = new SignInDesk(platform);
    this.platformRoutes = platformRoutes(platform, signIn);
    this.adminRoutes = wechatAdminRoutes(platform, signIn);
  }

  async answer(call: Call): Promise<Outcome> {
    if (!call.path.startsWith('/__fake/')) return this.answerPlatform(call);
    const found = findRoute(this.adminRoutes, call.method, call.path);
    return found
      ? found.route.handle({ ...call, params: found.params })
      : json(404, { code: 'route_unknown', message: 'no such lever' });
  }

  private async answerPlatform(call: Call): Promise<Outcome> {
    const { weather } = this.platform;
    const fate = weather.drawFate(call.path);
    if (fate === 'drop_before') return 'cut';
    if (fate === 'busy') return failure(-1);
    const forced = weather.current.answer;
    if (fate === 'answer' && forced) return failure(forced.errcode, forced.errmsg);
    const outcome = await this.route(call);
    if (fate === 'hang_after') await pause(weather.current.hangMs ?? 60_000);
    return fate === 'drop_after' || fate === 'hang_after' ? 'cut' : outcome;
  }

  private async route(call: Call): Promise<Outcome> {
    const found = findRoute(this.platformRoutes, call.method, call.path);
    if (found) return found.route.handle({ ...call, params: found.params });
    const other = this.platformRoutes.find((route) => route.path.test(call.path));
    if (!other) return failure(40066);
    return failure(other.method === 'GET' ? 43001 : 43002);
  }
}

/** The settings that a command line may give: where callbacks go and where notices lead. */
export function settingsFromFlags(flags: ReadonlyMap<string, string>): Partial<WechatSettings> {
  const url = flags.get('callback');
  const openUrl = flags.get('open');
  const mode = flags.get('callback-mode') === 'plain' ? 'plain' : 'aes';
  const format = flags.get('callback-format') === 'xml' ? 'xml' : 'json';
  return {
    ...(url === undefined ? {} : { callback: { url, mode, format } }),
    ...(openUrl === undefined ? {} : { openUrl }),
  };
}
