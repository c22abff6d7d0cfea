// A file that the bot has sent, in the page: its card, in both looks, and its download by mouse and keyboard.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { WebClient } from '@slack/web-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findings } from './axe.js';
import { messages, type OpenPlayground, openPlayground } from './playground.js';

const MANIFEST = fileURLToPath(new URL('../playground/manifest.yml', import.meta.url));
const CSV = 'name,points\nZoë,3\n';
let playground: OpenPlayground;

beforeAll(async () => {
  playground = await openPlayground({ empty: true, manifestPath: MANIFEST });
  const { slack } = playground.stage;
  slack.invite('shoutouts', slack.botUserId);
});

afterAll(() => playground.stop());

it.each(['light', 'dark'] as const)(
  'a CSV is a card, and can be saved, in the %s look',
  async colorScheme => {
    const page = await playground.window('U0ANA', { colorScheme });
    const { apiUrl, botToken } = playground.stage.slack;
    const client = new WebClient(botToken, { slackApiUrl: apiUrl });
    const filename = `week-${colorScheme}.csv`;
    await client.filesUploadV2({
      channel_id: 'C0SHOUT',
      initial_comment: `Your export, ${colorScheme}`,
      file: Buffer.from(CSV),
      filename,
      title: 'Week 47',
    });
    await page
      .getByRole('navigation', { name: 'Conversations' })
      .getByRole('link', { name: 'shoutouts' })
      .click();
    const message = messages(page, `Your export, ${colorScheme}`);
    const card = message.getByRole('list', { name: 'Files' }).getByRole('listitem');
    await card.getByText('Week 47').waitFor();
    expect(await card.textContent()).toContain(`${filename} · CSV · ${Buffer.byteLength(CSV)} bytes`);
    expect(await findings(page)).toEqual([]);

    const link = card.getByRole('link', { name: `Download ${filename}` });
    for (const press of [() => link.click(), () => link.press('Enter')]) {
      const [download] = await Promise.all([page.waitForEvent('download'), press()]);
      expect(download.suggestedFilename()).toBe(filename);
      expect(await readFile(await download.path(), 'utf8')).toBe(CSV);
    }
    await page.context().close();
    expect(playground.errors).toEqual([]);
  },
);
