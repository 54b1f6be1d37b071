/**
 * The service with two more routes, which do nothing: what a request costs before anything is decided. The product has
 * no such routes; here they are a module beside its own.
 */
import 'reflect-metadata';
import { Controller, HttpCode, Module, Post } from '@nestjs/common';
import { AppModule } from '../../src/app.module.js';
import { createApp, openDoors } from '../../src/create-app.js';
import { Access } from '../../src/platform/access/access.js';
import { readConfig } from '../../src/platform/config/app-config.js';

/** As long as the answer to a sale. */
const answer = {
  paymentId: '1234567',
  orderNumber: '01936f4e-7c5a-7d3e-8f21-5b1c9a2e4d77',
  shortNumber: 'T01001-0427',
  verdict: 'approved',
  reason: null,
  message: { zh: '收款成功', en: 'Paid' },
  amount: 1250,
  captured: 1250,
  state: 'captured',
  cardholder: { maskedName: '学*' },
  expiresAt: null,
  decidedAt: '2026-11-22T04:00:00.000Z',
  businessDate: '2026-11-22',
};

@Controller('bench')
class NoopController {
  @Post('noop')
  @HttpCode(200)
  @Access('public')
  plain(): typeof answer {
    return answer;
  }

  @Post('signed-noop')
  @HttpCode(200)
  @Access('terminal')
  signed(): typeof answer {
    return answer;
  }
}

@Module({ controllers: [NoopController] })
class NoopModule {}

Module({ imports: [NoopModule] })(AppModule);

const config = readConfig();
const app = await createApp(config);
process.stdin.on('end', () => process.exit(0)).resume();
await openDoors(app, config, { serve: true, work: false });
