// The page's server: what it serves, to whom, and how a taken port is said.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedPage, servePage } from '../../src/playground/page-server.js';
import { Stage } from '../../src/playground/stage.js';
import { Theatre } from '../../src/playground/theatre.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
let stage: Stage;
let served: ServedPage;

beforeAll(async () => {
  stage = await Stage.open({ empty: true });
  served = await servePage(new Theatre(stage), 0);
  await stage.ready;
}, 30_000);

afterAll(async () => {
  await served.stop();
  await stage.stop();
});

/** What a person's page is told first. */
async function firstPatch(person: string): Promise<string> {
  const response = await fetch(`${served.url}events?as=${person}`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (reader !== undefined && !told.endsWith('\n\n')) told += (await reader.read()).value ?? '';
  await reader?.cancel();
  return told;
}

/** A request with a Host of one's own, as a page elsewhere could make one by a name that leads to this machine. */
async function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  const asked = request(served.url, { headers });
  asked.end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

describe('the page', () => {
  it('is put together, with its style and emoji', async () => {
    const [html, js, css, emoji] = await Promise.all(
      ['', 'page.js', 'style.css', 'emoji.json'].map(async path => (await fetch(served.url + path)).text()),
    );
    expect(html).toContain('<script type="module" src="/page.js">');
    expect(js).toContain('EventSource');
    expect(css).toContain('.message');
    expect(emoji).toContain('["tada","🎉"]');
  });

  it('tells each person only what they see', async () => {
    const ana = stage.slack.as('U0ANA');
    ana.say('secret-plans', 'The cake is for Marta');
    await ana.command('/shoutout', 'help');
    expect(await firstPatch('U0ANA')).toContain('The cake is for Marta');
    expect(await firstPatch('U0ANA')).toContain('"ephemeral:');
    expect(await firstPatch('U0BEN')).not.toContain('The cake is for Marta');
    expect(await firstPatch('U0BEN')).not.toContain('"ephemeral:');
    expect(await firstPatch('U0FINN')).not.toContain('"name":"general"');
    expect((await fetch(`${served.url}events?as=U0NOBODY`)).status).toBe(404);
  });

  it('is for this machine only', async () => {
    expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect(await statusFor({})).toBe(200);
    expect(await statusFor({ host: 'playground.example' })).toBe(403);
    expect(await statusFor({ origin: 'https://elsewhere.example' })).toBe(403);
    const plain = await fetch(`${served.url}playground/bot`, { method: 'POST', body: '{"do":"kill"}' });
    expect(plain.status).toBe(404);
  });

  it('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const args = ['--import', 'tsx', 'src/playground/main.ts', '--empty', '--port', String(port)];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (printed += String(chunk)));
    const [code] = await once(child, 'close');
    other.close();
    expect(printed).toBe(`Port ${port} is taken. Choose another: npm run playground -- --port ${port + 1}\n`);
    expect(code).toBe(1);
  }, 20_000);
});
