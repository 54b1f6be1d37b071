import { Module, type DynamicModule } from '@nestjs/common';
import { CardholdersModule } from './cardholders/cardholders.module.js';
import { CardholderRow } from './cardholders/store/cardholder.row.js';
import type { AppConfig } from './platform/config/app-config.js';
import { PlatformModule } from './platform/platform.module.js';
import { StaffModule } from './staff/staff.module.js';

/** Every module's row classes. */
export const rows: (new () => object)[] = [CardholderRow];

const modules = [StaffModule, CardholdersModule];

/** The composition root: the only file that names every module. */
@Module({})
export class AppModule {
  static of(config: AppConfig): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.of(config, rows), ...modules] };
  }
}
