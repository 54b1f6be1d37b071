/** Ends what global-setup.mjs started. */
import { dropDatabase } from '../../local/postgres/database.mjs';
import { stopTestServer } from './test-server.mjs';

export default async function tearDown() {
  const server = process.env['TEST_DATABASE_URL'];
  const template = process.env['TEST_TEMPLATE'];
  if (server && template) await dropDatabase(server, template);
  await stopTestServer();
}
