// Writes what the README takes from the code: `npm run readme`.
import { readFileSync, writeFileSync } from 'node:fs';
import { withRights } from './rights.js';

const path = new URL('../../README.md', import.meta.url);
writeFileSync(path, withRights(readFileSync(path, 'utf8')));
