/** Ends what global-setup.mjs started. */
export default async function tearDown() {
  const template = process.env['TEST_TEMPLATE'];
  if (process.env['TEST_DATABASE_URL'] && template) {
    const { dropDatabase } = await import('../../local/postgres/database.mjs');
    await dropDatabase(process.env['TEST_DATABASE_URL'], template);
  }
  await globalThis.testServer?.stop();
}
