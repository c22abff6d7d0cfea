// `npm run check`: where the command meets the environment and the terminal.
import { existsSync } from 'node:fs';
import { runCheck } from './run.js';

// As the bot does when it starts.
if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await runCheck({
  args: process.argv.slice(2),
  env: process.env,
  say: words => console.log(words),
  complain: words => console.error(words),
});
