// `npm run settings`: where the command meets the environment, the terminal and the time.
import { existsSync } from 'node:fs';
import { runSettings } from './run.js';

// As the bot does when it starts.
if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await runSettings(
  {
    args: process.argv.slice(2),
    env: process.env,
    stdin: process.stdin,
    out: text => void process.stdout.write(text),
    say: words => console.log(words),
    complain: words => console.error(words),
  },
  new Date(),
);
