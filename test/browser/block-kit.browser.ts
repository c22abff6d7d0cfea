// What a bot could show, drawn in the page: every block and element, the Home tab, shortcuts, a modal's fields.

import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/playground/local-slack.js';
import { findings } from './axe.js';
import { BUTTONS, DRAWN, FIELDS, WORDS } from './blocks.js';
import { messages, type OpenPlayground, openPlayground } from './playground.js';

const MANIFEST = fileURLToPath(new URL('../playground/manifest.yml', import.meta.url));
let playground: OpenPlayground;

beforeAll(async () => {
  playground = await openPlayground({ empty: true, manifestPath: MANIFEST });
});

afterAll(() => playground.stop());

/** A call as the bot could make it. */
async function call(method: string, args: JsonObject): Promise<void> {
  const { apiUrl, botToken } = playground.stage.slack;
  const response = await fetch(apiUrl + method, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  expect(await response.json()).toMatchObject({ ok: true });
}

/** The latest click that the bot was told of. */
function lastAction(): unknown {
  const { actions } = playground.stage.slack.deliveries.at(-1)?.payload ?? {};
  return Array.isArray(actions) ? actions[0] : undefined;
}

/** The bot does not know these actions, so that what is shown of its silence is part of the story. */
async function close(page: Page): Promise<void> {
  await page.context().close();
  expect(playground.errors).toEqual([]);
}

describe('blocks in a message', () => {
  it.each(['light', 'dark'] as const)('are drawn, and sound in the %s look', async colorScheme => {
    const page = await playground.window('U0ANA', { colorScheme, viewport: { width: 1200, height: 1400 } });
    for (const blocks of [WORDS, ...DRAWN]) {
      await call('chat.postMessage', { channel: 'C0GENERAL', text: 'Blocks', blocks });
    }
    await messages(page, 'Week 47').last().waitFor();
    await page.getByText('Shout-outs a week').last().waitFor();
    await page.getByRole('rowheader', { name: 'Craft' }).last().waitFor();
    await page.getByRole('heading', { name: 'A markdown title' }).last().waitFor();
    expect(await messages(page, '<b>not bold</b>').count()).toBeGreaterThan(0);
    expect(await findings(page)).toEqual([]);
    await close(page);
  });

  it('are tables with heads, and one that is wide scrolls in its own frame', async () => {
    const page = await playground.window('U0CHEN');
    const columns = Array.from({ length: 20 }, (_, index) => `Column number ${index}`);
    const cells = (words: string[]) => words.map(text => ({ type: 'raw_text', text }));
    const table = {
      type: 'table',
      column_settings: [{ is_wrapped: true }, { align: 'right' }],
      rows: [cells(columns), cells(['Ana Souza', ...columns.slice(1).map(() => '0')])],
    };
    await call('chat.postMessage', { channel: 'C0GENERAL', text: 'Blocks', blocks: [table] });
    const wide = page.getByRole('region', { name: 'Table' }).last();
    await wide.getByRole('columnheader', { name: 'Column number 19' }).waitFor();
    expect(await wide.getByRole('rowheader', { name: 'Ana Souza' }).count()).toBe(1);
    expect(await wide.getByRole('cell', { name: '0', exact: true }).count()).toBe(19);
    const { inside, room } = await wide.evaluate(frame => ({
      inside: frame.scrollWidth,
      room: frame.clientWidth,
    }));
    expect(inside).toBeGreaterThan(room);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await close(page);
  });

  it('tell the bot what was pressed and chosen, after a confirmation where one is asked for', async () => {
    const page = await playground.window('U0BEN');
    await call('chat.postMessage', { channel: 'C0GENERAL', text: 'Press', blocks: BUTTONS });
    const message = messages(page, 'Press something').last();
    await message.getByRole('button', { name: 'Delete' }).click();
    const sure = page.getByRole('dialog', { name: 'Sure?' });
    await sure.getByRole('button', { name: 'No' }).click();
    await sure.waitFor({ state: 'detached' });
    expect(lastAction()).toBeUndefined();
    await message.getByRole('button', { name: 'Delete' }).click();
    await sure.getByRole('button', { name: 'Yes' }).click();
    await expect.poll(lastAction).toMatchObject({ action_id: 'delete', value: '7' });

    await message.getByRole('combobox', { name: 'Pick a value' }).click();
    await page.getByRole('option', { name: 'Craft' }).click();
    await expect.poll(lastAction).toMatchObject({ selected_option: { value: 'craft' } });
    await message.getByRole('button', { name: 'More options' }).click();
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect.poll(lastAction).toMatchObject({ selected_option: { value: 'hide' } });
    await close(page);
  });
});

describe('the app', () => {
  it('has a home, and tabs', async () => {
    const page = await playground.window('U0CHEN');
    await page.getByRole('link', { name: 'Shoutout', exact: true }).click();
    await page.getByRole('tab', { name: 'Home' }).click();
    // The bot draws its own when it is opened; this one takes its place.
    await page.getByRole('heading', { name: 'You were thanked' }).waitFor();
    await call('views.publish', {
      user_id: 'U0CHEN',
      view: { type: 'home', blocks: [...WORDS, ...BUTTONS] },
    });
    await page.getByRole('heading', { name: 'Week 47' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('region', { name: 'Home' }).getByRole('button', { name: 'Plain' }).click();
    await expect.poll(lastAction).toMatchObject({ action_id: 'plain' });
    await close(page);
  });

  it('has shortcuts, on messages and beside the message box', async () => {
    const page = await playground.window('U0DIEGO');
    const { slack } = playground.stage;
    slack.as('U0MARTA').say('general', 'Thank me for this');
    await messages(page, 'Thank me for this').hover();
    await messages(page, 'Thank me for this').getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem').first().click();
    await expect.poll(() => slack.deliveries.at(-1)?.payload.type).toBe('message_action');
    await page.locator('.shortcut').first().click();
    await expect.poll(() => slack.deliveries.at(-1)?.payload.type).toBe('shortcut');
    await close(page);
  });

  it('has forms with every kind of field, and sends what was filled in', async () => {
    const page = await playground.window('U0ANA');
    const { slack } = playground.stage;
    void slack
      .as('U0ANA')
      .globalShortcut('thank_somebody')
      .catch(() => undefined);
    await expect.poll(() => slack.deliveries.at(-1)?.payload.type).toBe('shortcut');
    const { trigger_id } = slack.deliveries.at(-1)?.payload ?? {};
    const plain = (text: string) => ({ type: 'plain_text', text });
    const view = {
      type: 'modal',
      callback_id: 'all',
      title: plain('Everything'),
      submit: plain('Send'),
      blocks: FIELDS,
    };
    await call('views.open', { trigger_id, view });
    const form = page.getByRole('dialog', { name: 'Everything' });
    await form.getByRole('textbox', { name: 'Words' }).fill('Hello');
    await form.getByRole('radio', { name: 'Second' }).check();
    await form.getByLabel('Day').fill('2026-11-20');
    await form.getByLabel('Time').fill('16:00');
    await form.getByRole('combobox', { name: 'Channel' }).click();
    await page.getByRole('option', { name: 'shoutouts' }).click();
    await form.getByRole('combobox', { name: 'People' }).click();
    await page.getByRole('option', { name: 'Ben Okafor' }).click();
    await page.getByRole('option', { name: 'Chen Wei' }).click();
    await page.keyboard.press('Escape');
    expect(await findings(page)).toEqual([]);
    await form.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => slack.deliveries.at(-1)?.payload.type).toBe('view_submission');
    expect(slack.deliveries.at(-1)?.payload.view).toMatchObject({
      state: {
        values: {
          words: { words: { value: 'Hello' } },
          radio: { radio: { selected_option: { value: '2' } } },
          day: { day: { selected_date: '2026-11-20' } },
          time: { time: { selected_time: '16:00' } },
          channel: { channel: { selected_channel: 'C0SHOUT' } },
          people: { people: { selected_users: ['U0BEN', 'U0CHEN'] } },
        },
      },
    });
    await slack
      .as('U0ANA')
      .close({ all: true })
      .catch(() => undefined);
    await close(page);
  });
});
