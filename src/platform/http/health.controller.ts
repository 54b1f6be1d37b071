import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../access/access.js';
import { AppConfig } from '../config/app-config.js';
import { Clock } from '../clock/clock.js';

@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** 200 when this process can answer scans; a dead database makes it fail as `unavailable`. */
  @Get()
  @HttpCode(200)
  @Access('public')
  async read(): Promise<{
    status: 'ok';
    time: string;
    clock: 'real' | 'simulated';
    sandbox: boolean;
  }> {
    const [row] = await this.database.query<{ simulated: boolean }[]>(
      'select simulated from platform.clock',
    );
    return {
      status: 'ok',
      time: this.clock.now().toISOString(),
      sandbox: this.config.isSandbox,
      clock: row?.simulated === true ? 'simulated' : 'real',
    };
  }
}
