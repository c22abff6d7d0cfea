// From a fresh install to a first shout-out, all inside Slack, in a real browser.

import { describe, expect, it } from 'vitest';
import { messages, storiesOn, type, whispers } from './playground.js';

const { windowOf } = storiesOn({ empty: true });

describe('a fresh install', () => {
  it('is set up in Home, with a renamed value, and everybody has a say of their own', async () => {
    const [marta, ana, ben] = [await windowOf('U0MARTA'), await windowOf('U0ANA'), await windowOf('U0BEN')];
    await marta.getByRole('link', { name: /^Shoutout/ }).click();
    await marta.getByRole('tab', { name: 'Home' }).click();
    await marta.getByText('Three choices and Shoutout is ready').waitFor();
    await marta.getByRole('button', { name: 'Set up' }).click();
    const form = marta.getByRole('dialog', { name: 'Set up Shoutout' });
    await form.waitFor();
    // Every choice is filled in: the channel whose name fits, the time, the zone of whoever sets up.
    const channel = form.getByRole('combobox', { name: /In which channel/ });
    await expect.poll(() => channel.inputValue()).toBe('shoutouts');
    const values = form.getByRole('textbox', { name: /One on each line/ });
    await values.fill((await values.inputValue()).replace('Craft', 'Good craft'));
    await form.getByRole('button', { name: 'Done' }).click();
    await marta.getByText('Shoutout is ready.').waitFor();
    await marta.getByRole('button', { name: 'Close' }).first().click();

    await type(ben, '/shoutout @ana #good-craft for untangling the release script');
    await whispers(ben, 'Recorded: your shout-out to Ana Souza').waitFor();
    await ben.getByRole('link', { name: 'shoutouts' }).first().click();
    await messages(ben, 'Ben Okafor gave Ana Souza a shout-out').waitFor();

    await ana.getByRole('link', { name: /^Shoutout/ }).click();
    await ana.getByRole('tab', { name: 'Home' }).click();
    await ana.getByText('for untangling the release script').first().waitFor();
    await ana.getByRole('radio', { name: /Only privately/ }).click();
    await ana.getByText('From now on: Only privately.').waitFor();
    await type(ben, '/shoutout @ana #teamwork for covering my shift');
    await whispers(ben, 'keeps shout-outs private').waitFor();
    await ana.getByRole('tab', { name: 'Messages' }).click();
    await messages(ana, 'for covering my shift').waitFor();
    expect(await messages(ben, 'gave Ana Souza').count()).toBe(1);
  });

  it('shows the settings to whoever set it up, and changes one of them', async () => {
    const marta = await windowOf('U0MARTA');
    await marta.getByRole('link', { name: /^Shoutout/ }).click();
    await marta.getByRole('tab', { name: 'Home' }).click();
    await marta.getByRole('button', { name: 'Change: What a shout-out needs' }).click();
    const form = marta.getByRole('dialog', { name: 'Settings' });
    await form.getByRole('checkbox', { name: 'names a value' }).check();
    await form.getByRole('button', { name: 'Save' }).click();
    await marta.getByText('Saved. From now on:').waitFor();
    await marta.getByRole('button', { name: 'Close' }).first().click();
    const home = marta.getByRole('region', { name: 'Home' });
    await home.getByText('a value. Each person gives up to 20 a day.').waitFor();
  });
});
