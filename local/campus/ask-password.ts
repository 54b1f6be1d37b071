import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Reads one line: from a terminal without showing what is typed, else from what is piped in. */
export function askHidden(question: string): Promise<string> {
  const { stdin } = process;
  const terminal = stdin.isTTY;
  if (terminal) process.stderr.write(question);
  const lines = createInterface({
    input: stdin,
    // What readline echoes goes nowhere: the password stays off the screen.
    output: new Writable({ write: (_chunk, _encoding, done) => done() }),
    terminal,
  });
  return new Promise((resolve, reject) => {
    lines.once('line', (line) => {
      if (terminal) process.stderr.write('\n');
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => {
      reject(new Error('Nothing was created.'));
      lines.close();
    });
    lines.once('close', () => reject(new Error('No password was given; nothing was created.')));
  });
}
