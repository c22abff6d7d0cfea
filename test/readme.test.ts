// What the README takes from the code.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withRights } from './readme/rights.js';

describe('the README', () => {
  it('says who sees what as the permission table does; after a change: npm run readme', () => {
    const readme = readFileSync('README.md', 'utf8');
    expect(withRights(readme)).toBe(readme);
  });
});
