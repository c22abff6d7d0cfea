// The page as a screen reader and a keyboard find it: axe's findings, in both looks.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findings } from './axe.js';
import { messages, type OpenPlayground, openPlayground, type, whispers } from './playground.js';

let playground: OpenPlayground;

beforeAll(async () => {
  playground = await openPlayground({ empty: true });
});

afterAll(() => playground.stop());

describe.each(['light', 'dark'] as const)('in the %s look', colorScheme => {
  it('nothing serious is found, whatever is open', async () => {
    const page = await playground.window('U0ANA', { colorScheme });
    await type(page, '/shoutout @ben #craft for `code`, *bold* and https://example.com/');
    await whispers(page, 'Recorded').first().waitFor();
    await messages(page, 'gave').first().waitFor();
    await type(page, 'Hello @ben and @ana, see <this> & that :tada:');
    await messages(page, 'Hello').first().getByRole('button', { name: 'Add a reaction' }).click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.type('tada');
    await page.keyboard.press('Enter');
    await messages(page, 'Hello').first().getByRole('button', { name: /tada/ }).waitFor();

    await page.getByRole('button', { name: 'Behind the scenes' }).click();
    await page.locator('.wire summary').first().click();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Behind the scenes' }).click();

    await page.getByRole('button', { name: /Be somebody else/ }).click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');

    await type(page, '/shoutout');
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Give it' }).click();
    await form.getByRole('alert').waitFor();
    await form.getByRole('combobox', { name: /Who do you want/ }).click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: /^Message to/ }).fill('/sh');
    expect(await findings(page)).toEqual([]);
    await page.context().close();
    expect(playground.errors).toEqual([]);
  });
});
