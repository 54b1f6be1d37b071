import { Module, type DynamicModule } from '@nestjs/common';
import type { MixedList } from 'typeorm';
import type { AppConfig } from './platform/config/app-config.js';
import { PlatformModule } from './platform/platform.module.js';

/** Every module's row classes. */
export const rows: MixedList<new () => object> = [];

/** The composition root: the only file that names every module. */
@Module({})
export class AppModule {
  static of(config: AppConfig): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.of(config, rows)] };
  }
}
