import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder that holds package.json, migrations/ and src/: SQL is read from where it is written, whether the program
 * runs from source (tests) or from dist/.
 */
export const projectRoot: string = (() => {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'migrations'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new Error('The migrations folder was not found above the program.');
    folder = parent;
  }
  return folder;
})();
