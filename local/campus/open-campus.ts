import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { createApp } from '../../src/create-app.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { readConfig, type AppConfig } from '../../src/platform/config/app-config.js';

/** The service's use cases without its doors: nothing listens, no chore runs. */
export async function openCampus<Result>(
  work: (campus: INestApplicationContext, config: AppConfig) => Promise<Result>,
): Promise<Result> {
  const config = readConfig({ ...process.env, LOG_LEVEL: 'error' });
  const campus = await createApp(config);
  try {
    await campus.init();
    await campus.get(Clock).settle();
    return await work(campus, config);
  } finally {
    await campus.close();
    await campus.get(DataSource).destroy();
  }
}
