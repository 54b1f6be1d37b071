import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startService, type TestService } from '../../test/support/service.js';

let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

describe('a service that has opened its doors', () => {
  it('has planned on each of its lanes what a sale touches, and has written nothing', async () => {
    const lanes = await service.owner.query(
      `select from pg_stat_activity where datname = current_database()
       and application_name = 'campus-paycode lane' and query ~ 'payments.authorize'`,
    );
    expect(lanes.rowCount).toBe(2);
    const written = await service.owner.query(
      `select order_no::text from payments.order_number union all select id::text from payments.payment
       union all select type from platform.outbox where type like 'payment%'`,
    );
    expect(written.rows).toEqual([]);
  });
});
