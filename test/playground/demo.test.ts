// The story in the terminal, as a person starts it: a process of its own, with the real bot in another.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function play(script: string): Promise<{ code: unknown; out: string; err: string }> {
  const args = ['--import', 'tsx', 'src/playground/main.ts', '--script', script];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { cwd: root });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error && 'stderr' in error)) throw error;
    return { code: error.code, out: '', err: String(error.stderr) };
  }
}

describe('the story in the terminal', () => {
  it('is played to its end, as the people in it see it', async () => {
    const { code, out, err } = await play('demo');
    expect(err).toBe('');
    expect(code).toBe(0);
    const steps = [
      'Ana types in #general:\n      /shoutout @ben @chen #craft',
      'Ana sees (only visible to you):\n      Shoutout (app)\n      Recorded:',
      'Everyone in #general sees:\n      Shoutout (app)\n      Ana Souza gave',
      '> for untangling the release script',
      'Form "Give a shout-out"',
      '! A shout-out goes to somebody else',
      'Not sent:',
      '[Fix it]',
      'Undone:',
      'Your shout-outs since',
      'The end.',
    ];
    let from = 0;
    for (const step of steps) {
      const at = out.indexOf(step, from);
      expect(at, `"${step}" after character ${from} of:\n${out}`).toBeGreaterThanOrEqual(from);
      from = at;
    }
  }, 30_000);

  it('says which scripts there are when asked for another', async () => {
    const { code, err } = await play('nothing');
    expect(code).toBe(1);
    expect(err).toBe('There is no script "nothing". There are: demo, setup\n');
  });
});
