/**
 * PostgreSQL refuses to run as root, and initdb refuses a user without a name. This finds a way to run it as somebody
 * else for the kernel's eyes alone, without touching the machine's users.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const NOBODY = 65534;
const NAMESPACE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`];

/**
 * @typedef {object} Privileges
 * @property {string[]} prefix what to put before the command
 * @property {number | null} owner who must own the data folder; null: whoever runs this
 * @property {string} how a word for the log
 */

/**
 * @param {string} dir the data folder; it need not exist
 * @returns {Privileges}
 */
export function privilegesFor(dir) {
  const asSelf = { prefix: [], owner: null, how: 'as the user' };
  if (process.platform !== 'linux') return asSelf;
  const root = process.getuid?.() === 0;
  if (!root) return hasName() ? asSelf : (inUserNamespace() ?? asSelf);

  // A folder that a plain user made, or a place in one, stays theirs: the server runs as that user.
  const { uid } = fs.statSync(fs.existsSync(dir) ? dir : path.dirname(dir));
  if (uid !== 0) return asUser(uid);
  return inUserNamespace() ?? asUser(NOBODY);
}

function hasName() {
  try {
    return os.userInfo().username !== '';
  } catch {
    return false;
  }
}

/** The server sees itself as nobody; for the machine it stays the user that started it, so /root is no obstacle. */
function inUserNamespace() {
  const how = 'in a user namespace';
  return works(NAMESPACE) ? { prefix: NAMESPACE, owner: null, how } : null;
}

/**
 * Where user namespaces are forbidden (some containers). The one capability lets the server reach its folder through
 * folders that only root may enter; the secure bit keeps access(2) from dropping it.
 * @param {number} uid
 */
function asUser(uid) {
  const prefix = [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--securebits=+no_setuid_fixup',
  ];
  const named = spawnSync('id', ['-un', String(uid)], { stdio: 'ignore' }).status === 0;
  const nameless = named ? [] : NAMESPACE;
  if (works(prefix)) {
    return { prefix: [...prefix, ...nameless], owner: uid, how: `as user ${uid}` };
  }
  throw new Error(
    'PostgreSQL does not run as root, and neither unshare nor setpriv works here. ' +
      'Run the command as a plain user, or set DATABASE_URL.',
  );
}

/**
 * Where the kernel offers it, the server ends by itself when its parent dies, however it dies.
 * @returns {string[]} what to put directly before the program
 */
export function endWithParent() {
  const prefix = ['setpriv', '--pdeathsig', 'INT'];
  return process.platform === 'linux' && works(prefix) ? prefix : [];
}

/** @param {string[]} command */
function works([program = '', ...args]) {
  return spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0;
}
