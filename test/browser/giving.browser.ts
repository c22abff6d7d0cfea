// Giving from a message, changing what was given, and the recipients' say, in a real browser.

import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { messages, storiesOn, type, whispers } from './playground.js';

const { windowOf, stage } = storiesOn({ empty: true });

describe('a shout-out', () => {
  it("is given on a colleague's message, and kept private by whom it thanks", async () => {
    const [ana, marta] = [await windowOf('U0ANA'), await windowOf('U0MARTA')];
    await type(ana, 'The release script is untangled');
    const said = messages(marta, 'The release script is untangled');
    await said.hover();
    await said.getByRole('button', { name: 'More actions' }).click();
    await marta.getByRole('menuitem', { name: 'Give a shout-out' }).click();
    const dialog = marta.getByRole('dialog');
    await dialog.getByText('Ana Souza').first().waitFor();
    await dialog.getByRole('textbox', { name: /What for/ }).fill('for untangling the release script');
    await dialog.getByRole('checkbox', { name: 'Craft' }).check();
    await dialog.getByRole('button', { name: 'Give it' }).click();
    await messages(ana, 'Marta Keller gave Ana Souza').waitFor();
    await ana.getByRole('link', { name: /^Shoutout/ }).click();
    await messages(ana, 'Rather not in public?')
      .getByRole('button', { name: 'Keep this one private' })
      .click();
    await expect.poll(() => messages(marta, 'Marta Keller gave Ana Souza').count()).toBe(0);
    await messages(ana, 'You keep it private').first().waitFor();
    await marta.getByRole('link', { name: /^Shoutout/ }).click();
    await messages(marta, 'would rather keep your shout-out private').waitFor();
  });

  it('is given by a reaction, gets a reason, and is taken back', async () => {
    stage().slack.invite('general', stage().slack.botUserId);
    const [ana, chen] = [await windowOf('U0ANA'), await windowOf('U0CHEN')];
    await messages(ana, "I'm here now. Reacting with").waitFor();
    await type(ana, 'The invoices are out');
    const said = messages(chen, 'The invoices are out');
    await said.hover();
    await said.getByRole('button', { name: 'Add a reaction' }).click();
    await chen.keyboard.type('gem');
    await chen.keyboard.press('Enter');
    await whispers(chen, 'You gave Ana Souza a shout-out for')
      .getByRole('button', { name: 'Add why' })
      .click();
    const dialog = chen.getByRole('dialog');
    await dialog.getByRole('textbox').fill('for getting the invoices out a day early');
    await dialog.getByRole('button', { name: 'Add it' }).click();
    await messages(ana, 'Chen Wei gave Ana Souza').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await said.getByRole('button', { name: /gem/ }).click();
    await whispers(chen, 'You took your reaction back').getByRole('button', { name: 'Undo it' }).click();
    await expect.poll(() => messages(ana, 'Chen Wei gave Ana Souza').count()).toBe(0);
  });

  it('gets a value with one click, is edited in its menu, and removed by an admin', async () => {
    const [ben, marta] = [await windowOf('U0BEN'), await windowOf('U0MARTA')];
    await type(ben, '/shoutout @diego for staying with the customer until it worked');
    await whispers(ben, 'Does it show one of your values?').getByRole('button', { name: 'Kindness' }).click();
    await messages(marta, 'Ben Okafor gave Diego Ruiz a shout-out for')
      .filter({ hasText: 'Kindness' })
      .waitFor();

    const posted = (page: Page) => messages(page, 'Ben Okafor gave Diego Ruiz').last();
    await posted(ben).getByRole('button', { name: 'More options' }).click();
    await ben.getByRole('menuitem', { name: 'Edit' }).click();
    const dialog = ben.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /What changed/ }).fill('They renewed for 3 years');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Changed: your shout-out to').waitFor();
    await messages(marta, 'They renewed for 3 years').waitFor();

    await posted(marta).getByRole('button', { name: 'More options' }).click();
    await marta.getByRole('menuitem', { name: 'Remove' }).click();
    const question = marta.getByRole('dialog');
    await question.getByText('This cannot be undone').waitFor();
    await question.getByRole('button', { name: 'Remove it' }).click();
    await question.getByText('Removed:').waitFor();
    await expect.poll(() => messages(ben, 'They renewed for 3 years').count()).toBe(0);
  });
});
