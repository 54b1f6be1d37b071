import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TellListeners } from '../../realtime/tell-listeners.js';
import { ReadSettings } from '../read-settings.js';

const lookMs = 1_000;

/** Terminals that listen are told when there may be new settings for them; the others learn it by their heartbeat. */
@Injectable()
export class HintSettings implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('settings');
  private version: string | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly settings: ReadSettings,
    private readonly listeners: TellListeners,
  ) {}

  /** Every process for those that listen at it. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.look().catch((error: Error) => this.logger.debug(error.message));
    }, lookMs);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    // While nobody listens nothing is looked at, and whoever comes first is told, since nobody knows what they missed.
    if (!this.listeners.hasAny('terminal')) {
      this.version = undefined;
      return;
    }
    const [row] = await this.database.query<{ version: string }[]>(
      `select string_agg(version::text, '.' order by name) as version from platform.table_version
       where name in ('places', 'terminals')`,
    );
    const version = `${row?.version}${await this.settings.versionOfParts()}`;
    if (version !== this.version) this.listeners.tellAll('terminal', 'settings.changed');
    this.version = version;
  }
}
