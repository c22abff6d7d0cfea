// The playground in a real browser: what people do with the bot, and what they see of it.

import { describe, expect, it } from 'vitest';
import { messages, storiesOn, type, whispers } from './playground.js';

const { windowOf, stage } = storiesOn({ empty: true });

describe('two windows are two people', () => {
  it('a command typed with completions is announced in both, and taken back in both', async () => {
    const [ana, ben] = [await windowOf('U0ANA'), await windowOf('U0BEN')];
    const box = ana.getByRole('textbox', { name: /^Message to/ });
    await box.focus();
    await ana.keyboard.type('/sho');
    await ana.getByRole('option', { name: /Thank somebody/ }).waitFor();
    await ana.keyboard.press('Tab');
    await ana.keyboard.type('@be');
    await ana.keyboard.press('Enter');
    await ana.keyboard.type('#cra');
    await ana.keyboard.press('Tab');
    await ana.keyboard.type('for the release <script> & more');
    await ana.keyboard.press('Enter');
    await whispers(ana, 'Recorded: your shout-out to Ben Okafor').waitFor();
    await messages(ben, 'for the release <script> & more').waitFor();
    await expect.poll(() => whispers(ben, 'Recorded').count()).toBe(0);
    await ben.getByRole('link', { name: 'Shoutout 1 unread' }).click();
    await messages(ben, 'Ana Souza gave you a shout-out').getByRole('link', { name: 'see it there' }).click();
    await ben.locator('.message.highlighted', { hasText: 'Ana Souza gave Ben Okafor' }).waitFor();

    await ana.getByRole('button', { name: 'Undo' }).click();
    await whispers(ana, 'Undone').waitFor();
    await expect.poll(() => messages(ben, 'for the release').count()).toBe(0);
    await expect.poll(() => messages(ana, 'for the release').count()).toBe(0);
  });

  it('a reaction is counted, and taken back by whoever gave it', async () => {
    const [ana, ben] = [await windowOf('U0ANA'), await windowOf('U0BEN')];
    await type(ana, 'Lunch at the market?');
    await messages(ana, 'Lunch at the market?').hover();
    await messages(ana, 'Lunch at the market?').getByRole('button', { name: 'Add a reaction' }).click();
    await ana.keyboard.type('tada');
    await ana.keyboard.press('Enter');
    const shown = messages(ben, 'Lunch at the market?').getByRole('button', { name: /tada/ });
    await expect.poll(() => shown.innerText()).toContain('1');
    await shown.click();
    await expect.poll(() => shown.innerText()).toContain('2');
    await shown.click();
    await expect.poll(() => shown.innerText()).toContain('1');
  });

  it('a thread is a conversation of its own', async () => {
    const [ana, ben] = [await windowOf('U0ANA'), await windowOf('U0BEN')];
    await type(ana, 'Who reviews the exporter?');
    await messages(ben, 'Who reviews the exporter?').hover();
    await messages(ben, 'Who reviews the exporter?').getByRole('button', { name: 'Reply in thread' }).click();
    await ben.getByRole('textbox', { name: 'Message to the thread' }).fill('I do');
    await ben.keyboard.press('Enter');
    await messages(ana, 'Who reviews the exporter?')
      .getByRole('button', { name: /1 reply/ })
      .click();
    await ana.getByRole('region', { name: 'Thread' }).getByText('I do').waitFor();
    expect(await messages(ana, /^I do$/).count()).toBe(0);
  });
});

describe('the form', () => {
  it('marks what is wrong, keeps what was filled in, and can be used by the keyboard alone', async () => {
    const ben = await windowOf('U0BEN');
    await type(ben, '/shoutout');
    const form = ben.getByRole('dialog', { name: 'Give a shout-out' });
    await form.waitFor();
    await ben.keyboard.type('ben');
    await ben.keyboard.press('Enter');
    await form.getByRole('textbox', { name: 'What for? (optional)' }).fill('for staying late');
    await form.getByRole('button', { name: 'Give it' }).press('Enter');
    await form.getByRole('alert').getByText('A shout-out goes to somebody else').waitFor();

    await form.getByRole('combobox', { name: /Who do you want/ }).focus();
    await ben.keyboard.press('Backspace');
    await ben.keyboard.type('die');
    await ben.keyboard.press('Enter');
    await ben.keyboard.press('Escape');
    await form.getByRole('checkbox', { name: 'Kindness' }).check();
    await form.getByRole('button', { name: 'Give it' }).click();
    await form.waitFor({ state: 'detached' });
    await whispers(ben, 'Recorded: your shout-out to Diego Ruiz').waitFor();
    await messages(ben, 'for staying late').first().waitFor();
  });

  it('is filled in by "Fix it" under a refusal', async () => {
    const marta = await windowOf('U0MARTA');
    await type(marta, '/shoutout @sam #kindnes for the tour of the house');
    const refusal = whispers(marta, 'Not sent');
    await refusal.getByText("Sam Silva's account is deactivated.").waitFor();
    await refusal.getByRole('button', { name: 'Fix it' }).click();
    const form = marta.getByRole('dialog');
    expect(await form.getByRole('textbox', { name: /What for/ }).inputValue()).toBe(
      'for the tour of the house',
    );
    await form.getByRole('combobox', { name: /Who do you want/ }).click();
    await marta.getByRole('option', { name: 'Chen Wei' }).click();
    await form.getByRole('button', { name: 'Give it' }).click();
    await whispers(marta, 'Recorded: your shout-out to Chen Wei').waitFor();
  });
});

describe('one person', () => {
  it('sees their own statistics, and others do not', async () => {
    const [diego, chen] = [await windowOf('U0DIEGO'), await windowOf('U0CHEN')];
    await type(diego, '/shoutout @chen #teamwork for the pairing');
    await messages(chen, 'for the pairing').waitFor();
    await type(diego, '/recognition stats');
    await whispers(diego, 'Your shout-outs since').getByText('1 given').first().waitFor();
    expect(await messages(chen, 'Your shout-outs since').count()).toBe(0);
  });

  it('is somebody else in one click, who sees only what is theirs', async () => {
    const page = await windowOf('U0ANA');
    await page.getByRole('link', { name: 'secret-plans' }).waitFor();
    const become = async (name: RegExp): Promise<void> => {
      await page.getByRole('button', { name: /Be somebody else/ }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await become(/Ben Okafor/);
    await page.getByRole('button', { name: /You are Ben Okafor/ }).waitFor();
    expect(await page.getByRole('link', { name: 'secret-plans' }).count()).toBe(0);
    await become(/Gwen/);
    await page.getByRole('link', { name: 'general' }).waitFor();
    expect(await page.getByRole('link', { name: 'shoutouts' }).count()).toBe(0);
    await become(/Finn/);
    await page.getByRole('link', { name: 'with-partner' }).waitFor();
    expect(await page.getByRole('link', { name: 'general' }).count()).toBe(0);
    await become(/Sam/);
    await page.getByText("Sam Silva's account is deactivated").waitFor();
  });

  it('is told of a command that does not exist, and keeps what was typed', async () => {
    const ana = await windowOf('U0ANA');
    await type(ana, '/nothing at all');
    await ana.getByText('/nothing is not a valid command').waitFor();
    expect(await ana.getByRole('textbox', { name: /^Message to/ }).inputValue()).toBe('/nothing at all');
  });
});

describe('behind the scenes', () => {
  it('a lost answer is asked about, and "Post it again" posts it again', async () => {
    const ana = await windowOf('U0ANA');
    await ana.getByRole('button', { name: 'Behind the scenes' }).click();
    await ana.getByLabel(/answer is lost/).click();
    await expect.poll(() => ana.getByLabel(/answer is lost/).isChecked()).toBe(true);
    await type(ana, '/shoutout @chen for the lost and found');
    await ana.getByText('answer lost').first().waitFor();
    await expect.poll(() => ana.getByLabel(/answer is lost/).isChecked()).toBe(false);
    expect(await messages(ana, 'Ana Souza gave Chen Wei a shout-out').count()).toBe(1);

    await ana.getByRole('link', { name: /Shoutout \d unread/ }).click({ timeout: 20_000 });
    await messages(ana, 'Slack did not say').getByRole('button', { name: 'Post it again' }).click();
    await messages(ana, 'It goes out again now').waitFor();
    await ana.getByRole('link', { name: 'general' }).click();
    await expect.poll(() => messages(ana, 'for the lost and found').count()).toBe(2);
  });

  it('a bot that was killed is missed, and knows everything when it is back', async () => {
    const ben = await windowOf('U0BEN');
    await type(ben, '/shoutout @ana for the night shift');
    await whispers(ben, 'Recorded').last().waitFor();
    await ben.getByRole('button', { name: 'Behind the scenes' }).click();
    await ben.getByRole('button', { name: 'Kill the bot' }).click();
    await ben.getByText('Bot stopped').waitFor();
    await type(ben, '/shoutout last');
    await whispers(ben, '/shoutout failed with the error "dispatch_failed"').waitFor();
    await ben.getByRole('button', { name: 'Start the bot' }).click();
    await ben.getByText('Bot connected').waitFor({ timeout: 20_000 });
    await type(ben, '/shoutout last');
    await whispers(ben, 'Your last shout-out').getByText('for the night shift').waitFor();
  });

  it('a dropped socket comes back by itself', async () => {
    const ben = await windowOf('U0BEN');
    await ben.getByRole('button', { name: 'Behind the scenes' }).click();
    const { slack } = stage();
    const dropped = slack.waitForConnections(0);
    await ben.getByRole('button', { name: 'Drop the socket' }).click();
    await dropped;
    await slack.waitForConnection(15_000);
    await type(ben, '/shoutout help');
    await whispers(ben, 'Thank people for what they did').waitFor();
  });

  it('the clock moves for the bot and for Slack', async () => {
    const diego = await windowOf('U0DIEGO');
    await type(diego, '/shoutout @marta for the new chairs');
    await whispers(diego, 'Recorded').waitFor();
    await diego.getByRole('button', { name: /Move the clock/ }).click();
    await diego.getByRole('menuitem', { name: 'A week later' }).click();
    await expect.poll(() => stage().offsetMs).toBe(7 * 24 * 3600_000);
    await expect.poll(() => stage().slack.connections, { timeout: 15_000 }).toBe(1);
    await type(diego, '/shoutout last');
    await whispers(diego, 'It can no longer be changed or undone').waitFor();
    await diego.getByRole('button', { name: /Move the clock/ }).click();
    await diego.getByRole('menuitem', { name: 'Back to the real time' }).click();
    await expect.poll(() => stage().offsetMs).toBe(0);
  });
});
