import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsPort,
  IsString,
  IsTimeZone,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import path from 'node:path';

const local = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/**
 * Everything the service reads from its environment, in one place. A wrong value stops the start and is reported by key
 * and rule, never by value: it may be a password.
 */
export class AppConfig {
  @IsPort()
  PORT = '3000';

  /** The address to listen on. Loopback unless a deployment says otherwise. */
  @IsString()
  HOST = '127.0.0.1';

  @IsString()
  @Matches(/^postgres(ql)?:\/\//, { message: '$property must be a postgres:// address' })
  DATABASE_URL: string;

  /** Runs migrations and owns the tables; the service itself acts as campus_app. */
  @IsOptional()
  @IsString()
  DATABASE_OWNER_URL?: string;

  @IsString()
  DATA_DIR = path.resolve('.data');

  /** A demo makes missing keys by itself, prints links and keeps its fakes; production refuses all that. */
  @Type(() => Number)
  @IsIn([0, 1])
  DEMO = 0;

  /** Lets named test students lose answers or get them late. A demo alone can be one, and `/health` says so. */
  @Type(() => Number)
  @IsIn([0, 1])
  SANDBOX = 0;

  /** `simulated` marks a new database as one whose clock may be set; a real one never changes its mind. */
  @IsIn(['real', 'simulated'])
  CLOCK: 'real' | 'simulated' = 'real';

  @IsTimeZone()
  CAMPUS_TIME_ZONE = 'Asia/Shanghai';

  /** What terminals sign as @authority, whatever proxy stands between. */
  @Matches(/^[a-z0-9.-]+(:\d+)?$/)
  SERVICE_NAME = 'pay.demo-campus.example';

  /** Where students' browsers reach the pages; also the allowed Origins, comma-separated. */
  @IsOptional()
  @IsString()
  PUBLIC_ORIGINS?: string;

  /** Proxies whose X-Forwarded-For is believed, as addresses or networks, comma-separated; others could fake it. */
  @IsString()
  TRUSTED_PROXIES = '127.0.0.1,::1';

  @Matches(/^\d{2}$/)
  CODE_PREFIX = '97';

  /** Seconds that an alias lives: 30; 60 above 500,000 cards; 600 above 5 million. */
  @Type(() => Number)
  @IsInt()
  @IsIn([30, 60, 300, 600])
  CODE_ALIAS_SECONDS = 30;

  @IsOptional()
  @IsString()
  KEYS_FILE?: string;

  @IsOptional()
  @IsUrl(local)
  BANK_URL?: string;

  @IsString()
  BANK_CLIENT = 'campus-demo';

  @IsString()
  @MinLength(8)
  BANK_SECRET = 'demo-bank-secret';

  @IsOptional()
  @IsUrl(local)
  WECHAT_API_URL?: string;

  @IsString()
  WECHAT_APPID = 'wx00demo00campus00';

  @IsString()
  WECHAT_SECRET = 'demo-wechat-secret';

  /** Token and EncodingAESKey of the message push (safe mode); outside a demo both must be given to receive any. */
  @IsString()
  WECHAT_CALLBACK_TOKEN = 'demoPushToken';

  @Matches(/^[A-Za-z0-9]{43}$/, {
    message: '$property must be the 43 letters and digits of the key',
  })
  WECHAT_CALLBACK_AES_KEY = 'demoCampusPaycodePushKey0000000000000000000';

  /** The template of a payment's receipt: fields amount1, thing2, time3, character_string4. */
  @IsString()
  WECHAT_RECEIPT_TEMPLATE = 'demoReceiptOnce00000000000000000000000000_1';

  /** Where the seal's newest hashes are written, line by line: best on a disk that the database's owner cannot write. */
  @IsOptional()
  @IsString()
  ANCHOR_FILE?: string;

  /** Who else keeps those lines: each is sent there by POST. */
  @IsOptional()
  @IsUrl(local)
  ANCHOR_URL?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  DATABASE_POOL = 12;

  /** Where a monitor reads `/metrics`; without it nothing listens. Each process needs a port of its own. */
  @IsOptional()
  @IsPort()
  METRICS_PORT?: string;

  @IsString()
  METRICS_HOST = '127.0.0.1';

  @IsIn(['silent', 'fatal', 'error', 'warn', 'info', 'debug'])
  LOG_LEVEL = 'info';

  @IsBoolean()
  LOG_JSON = false;

  get isDemo(): boolean {
    return this.DEMO === 1;
  }

  get isSandbox(): boolean {
    return this.SANDBOX === 1;
  }

  get ownerUrl(): string {
    return this.DATABASE_OWNER_URL ?? this.DATABASE_URL;
  }

  get keysFile(): string {
    return this.KEYS_FILE ?? path.join(this.DATA_DIR, 'keys.json');
  }

  get anchorFile(): string {
    return this.ANCHOR_FILE ?? path.join(this.DATA_DIR, 'anchors.jsonl');
  }

  /** Origins from which a browser may open sockets and change things. */
  get origins(): readonly string[] {
    const own = [`http://127.0.0.1:${this.PORT}`, `http://localhost:${this.PORT}`];
    return this.PUBLIC_ORIGINS === undefined ? own : this.PUBLIC_ORIGINS.split(',');
  }
}

export class ConfigError extends Error {}

/** Reads and checks the environment. @throws {ConfigError} naming each wrong key and its rule. */
export function readConfig(env: Record<string, string | undefined> = process.env): AppConfig {
  const known = Object.keys(new AppConfig()).concat([
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'PUBLIC_ORIGINS',
    'KEYS_FILE',
    'METRICS_PORT',
    'BANK_URL',
    'WECHAT_API_URL',
    'ANCHOR_FILE',
    'ANCHOR_URL',
  ]);
  const given: Record<string, unknown> = {};
  for (const key of known) {
    const value = env[key];
    if (value !== undefined && value !== '')
      given[key] = key === 'LOG_JSON' ? value === '1' : value;
  }
  const config = plainToInstance(AppConfig, given, { exposeDefaultValues: true });
  const wrong = validateSync(config, { forbidUnknownValues: true });
  if (wrong.length > 0) {
    const rules = wrong.flatMap((error) => Object.values(error.constraints ?? {}));
    throw new ConfigError(`The configuration is wrong: ${rules.join('; ')}.`);
  }
  if (config.isSandbox && !config.isDemo)
    throw new ConfigError('The configuration is wrong: SANDBOX is for a demo, and DEMO is not 1.');
  return config;
}
