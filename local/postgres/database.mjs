/** Databases of a server. */

/**
 * @param {string} adminUrl any database of the server
 * @param {string} name
 */
export async function createDatabaseIfMissing(adminUrl, name) {
  await onServer(adminUrl, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(name)}`);
  });
}

/**
 * Also ends the sessions that use it.
 * @param {string} adminUrl
 * @param {string} name
 */
export async function dropDatabase(adminUrl, name) {
  await onServer(adminUrl, async (client) => {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
  });
}

/**
 * @param {string} url
 * @param {(client: import('pg').Client) => Promise<void>} work
 */
async function onServer(url, work) {
  // Imported late: this folder is loaded before anything is installed.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
