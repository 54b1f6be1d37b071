import { runKit } from './run-kit.js';

process.exitCode = await runKit(process.argv.slice(2), (line) => {
  process.stdout.write(`${line}\n`);
});
process.exit();
