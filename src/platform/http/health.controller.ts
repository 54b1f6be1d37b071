import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../access/access.js';
import { Clock } from '../clock/clock.js';

@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** 200 when this process can answer scans; a dead database makes it fail as `unavailable`. */
  @Get()
  @HttpCode(200)
  @Access('public')
  async read(): Promise<{ status: 'ok'; time: string; clock: 'real' | 'simulated' }> {
    const [row] = await this.database.query<{ simulated: boolean }[]>(
      'select simulated from platform.clock',
    );
    return {
      status: 'ok',
      time: this.clock.now().toISOString(),
      clock: row?.simulated === true ? 'simulated' : 'real',
    };
  }
}
