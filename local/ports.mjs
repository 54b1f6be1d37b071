/** TCP ports on this machine. */
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const FILE = 'ports.json';

/**
 * @param {number} port
 * @param {string} [host] left out: every address
 * @returns {Promise<boolean>}
 */
export function isFree(port, host) {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether something accepts connections there
 */
export function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    /** @param {boolean} result */
    const done = (result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(500, () => done(false));
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}

/**
 * The port that this data folder used before under that name, so that addresses survive a restart; another one only
 * if a stranger has taken it meanwhile.
 * @param {string} dataDir
 * @param {string} name
 * @returns {Promise<number>}
 */
export async function rememberedPort(dataDir, name) {
  const file = path.join(dataDir, FILE);
  const ports = readPorts(file);
  const known = ports[name];
  if (known !== undefined && (await isFree(known, '127.0.0.1'))) return known;
  const port = await freePort();
  fs.writeFileSync(file, `${JSON.stringify({ ...readPorts(file), [name]: port }, null, 2)}\n`);
  return port;
}

/**
 * @param {string} file
 * @returns {Record<string, number>}
 */
function readPorts(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
