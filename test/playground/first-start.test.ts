// The very first start, when no history is kept: the stage is there at once, the history comes from the background.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ServedPage, servePage } from '../../src/playground/page-server.js';
import { Theatre } from '../../src/playground/theatre.js';

let folder: string;
let theatre: Theatre;
let served: ServedPage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoutout-first-start-'));
  // Nothing is kept there, and what is kept elsewhere stays.
  vi.stubEnv('TMPDIR', folder);
  theatre = await Theatre.open({ empty: false });
  served = await servePage(theatre, 0);
  await theatre.scene.stage.ready;
});

afterEach(async () => {
  await served.stop();
  await theatre.stop();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const said = (): number => theatre.scene.stage.slack.channel('general').messages.length;

function post(path: string, given: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(served.url + path, { method: 'POST', headers, body: JSON.stringify(given) });
}

/** Follows a person's page until it is told something of that kind. */
async function untilTold(words: RegExp): Promise<void> {
  const response = await fetch(`${served.url}events?as=U0BEN`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (reader !== undefined && !words.test(told)) told += (await reader.read()).value ?? '';
  await reader?.cancel();
}

describe('the first start', () => {
  it('answers while the history is written, and offers it to whoever did something', async () => {
    const { stage } = theatre.scene;
    expect(stage).toMatchObject({ waitingFor: '', botState: 'running' });
    const before = said();
    const command = { as: 'U0ANA', command: '/shoutout', text: '@ben for the early start' };
    const answered = await post('control/command', command);
    expect(await answered.json()).toMatchObject({ acknowledged: true });
    await untilTold(/Writing eight weeks of history in the background, week \d of 8/);
    await untilTold(/"isOffered":true/);
    // What was done stays until they ask for the history.
    expect(theatre.scene.stage).toBe(stage);
    expect(said()).toBe(before + 1);
    expect((await post('playground/show_history', {})).status).toBe(200);
    expect(theatre.scene.stage).toMatchObject({ waitingFor: '', botState: 'running', lacksHistory: false });
    expect(said()).toBeGreaterThan(20);
    await untilTold(/"startedOver":1,"history":\{"words":"","isOffered":false\}/);
    expect((await post('control/command', command)).status).toBe(200);
    expect((await post('playground/show_history', {})).status).toBe(400);
  }, 60_000);

  it('shows the history by itself when nobody did anything', async () => {
    await untilTold(/"startedOver":1/);
    expect(theatre.scene.stage).toMatchObject({ waitingFor: '', botState: 'running' });
    expect(said()).toBeGreaterThan(20);
  }, 60_000);

  it('leaves nothing behind when it is stopped while the history is written', async () => {
    await untilTold(/week [1-7] of 8/);
    await theatre.stop();
    expect((await readdir(folder)).filter(name => name.startsWith('shoutout-'))).toEqual([]);
  });
});
