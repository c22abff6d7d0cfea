// `npm run screenshots`: the README's pictures, from the real page with the real bot, on a day that stays the same.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { messages, openPlayground, type, whispers } from './playground.js';

const FOLDER = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
/** Each picture shows the same time of day, so that only what changed is another picture. */
const DAY = new Date('2026-11-20T15:41:00Z');
const SIZE = { width: 980, height: 620 };
/** For what is longer than a screen. */
const TALL = { width: 980, height: 1180 };

await mkdir(FOLDER, { recursive: true });
const playground = await openPlayground({
  empty: false,
  // The same weeks every time, whatever another start has kept.
  mayBeKept: false,
  clockOffsetMs: DAY.getTime() - Date.now(),
});
const how = { viewport: SIZE, deviceScaleFactor: 2, timezoneId: 'Europe/Zurich', locale: 'en-US' };
try {
  // First, while nothing else has been said on that day.
  await digest(await playground.window('U0DIEGO', { ...how, viewport: TALL }));
  await home(await playground.window('U0MARTA', { ...how, viewport: TALL }));
  await announcement(await playground.window('U0ANA', how));
  await form(await playground.window('U0BEN', how));
  await refusal(await playground.window('U0MARTA', how));
  await statistics(await playground.window('U0CHEN', how));
  await team(await playground.window('U0MARTA', { ...how, viewport: TALL }));
  await names(await playground.window('U0MARTA', how));
  await otherPage(await playground.window('U0MARTA', { ...how, viewport: TALL }));
  await say(await playground.window('U0DIEGO', how));
  await menu(await playground.window('U0MARTA', how));
  if (playground.errors.length > 0) throw new Error(playground.errors.join('\n'));
} finally {
  await playground.stop();
}

/** The window in both looks, without the playground's own bar: what is left looks as it does at Slack. */
async function pictures(page: Page, name: string): Promise<void> {
  await page.addStyleTag({
    content: '.top-bar, .toasts { display: none } .panes { margin: 0; border-radius: 0 }',
  });
  await page.mouse.move(0, 0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Late fonts settle.
    await page.waitForTimeout(300);
    const file = `${name}-${colorScheme}.png`;
    await page.screenshot({ path: join(FOLDER, file), animations: 'disabled', caret: 'hide' });
    console.log(join('docs/pictures', file));
  }
  await page.context().close();
}

async function digest(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'shoutouts' }).first().click();
  await messages(page, 'in shout-outs').last().getByRole('button', { name: 'Give a shout-out' }).waitFor();
  await pictures(page, 'digest');
}

async function home(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Shoutout/ }).click();
  await page.getByRole('tab', { name: 'Home' }).click();
  await page.getByText('You were thanked').waitFor();
  await pictures(page, 'home');
}

async function announcement(page: Page): Promise<void> {
  const words = 'for untangling the release script. We shipped on a Friday, and nobody stayed late';
  await type(page, `/shoutout @ben @chen #craft ${words}`);
  await whispers(page, 'Recorded').last().waitFor();
  const posted = messages(page, 'Ana Souza gave Ben Okafor and Chen Wei').last();
  await posted.waitFor();
  const { slack } = playground.stage;
  const ts = slack
    .channel('general')
    .messages.findLast(message => message.text.includes('nobody stayed late'))?.ts;
  if (ts === undefined) throw new Error('the announcement is not there');
  for (const [person, name] of [
    ['U0MARTA', 'tada'],
    ['U0DIEGO', 'tada'],
    ['U0BEN', 'raised_hands'],
  ] as const) {
    await slack.as(person).react('general', ts, name);
  }
  await posted.getByRole('button', { name: /raised_hands/ }).waitFor();
  await pictures(page, 'announcement');
}

async function form(page: Page): Promise<void> {
  await type(page, '/shoutout @diego for staying with the customer until it really worked');
  await whispers(page, 'Recorded').last().waitFor();
  await type(page, '/shoutout');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.type('ben');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await dialog.getByRole('checkbox', { name: 'Ownership' }).check();
  await dialog
    .getByRole('textbox', { name: /What for/ })
    .fill('for staying with the customer until it really worked');
  await dialog.getByRole('button', { name: 'Give it' }).click();
  await dialog.getByRole('alert').waitFor();
  await pictures(page, 'form');
  await playground.stage.slack.as('U0BEN').close();
}

async function refusal(page: Page): Promise<void> {
  await type(page, '/shoutout @sam #kindnes for showing me around in my first week');
  await whispers(page, 'Not sent').last().getByRole('button', { name: 'Fix it' }).waitFor();
  await pictures(page, 'refusal');
}

async function statistics(page: Page): Promise<void> {
  await type(page, '/recognition stats');
  await whispers(page, 'Your shout-outs since').last().waitFor();
  await pictures(page, 'statistics');
}

async function team(page: Page): Promise<void> {
  await type(page, '/recognition stats team');
  await whispers(page, 'Operations, since')
    .last()
    .getByRole('button', { name: 'Names not thanked' })
    .waitFor();
  await pictures(page, 'team');
}

async function names(page: Page): Promise<void> {
  await whispers(page, 'Operations, since').last().getByRole('button', { name: 'Names not thanked' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Not thanked lately').first().waitFor();
  await dialog.getByRole('button', { name: 'Give a shout-out' }).first().waitFor();
  await pictures(page, 'names');
  await playground.stage.slack.as('U0MARTA').close({ all: true });
}

async function otherPage(page: Page): Promise<void> {
  await type(page, '/recognition stats @ben');
  await whispers(page, "Ben Okafor's shout-outs since")
    .last()
    .getByRole('button', { name: 'Show all' })
    .waitFor();
  await pictures(page, 'page');
}

async function say(page: Page): Promise<void> {
  const words = 'for staying with the customer until it really worked';
  await playground.stage.slack.as('U0BEN').command('/shoutout', `@diego #kindness ${words}`);
  // The weeks before may have brought the explanation already.
  await page.getByRole('link', { name: /^Shoutout/ }).click();
  await messages(page, words).last().waitFor();
  const first = messages(page, 'Rather not in public?').first();
  if ((await first.count()) > 0) await first.scrollIntoViewIfNeeded();
  await pictures(page, 'say');
}

async function menu(page: Page): Promise<void> {
  await messages(page, 'Ben Okafor gave Diego Ruiz')
    .last()
    .getByRole('button', { name: 'More options' })
    .click();
  await page.getByRole('menuitem', { name: 'Remove' }).hover();
  await pictures(page, 'menu');
}
