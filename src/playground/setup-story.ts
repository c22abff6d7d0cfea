// The first steps, told in the terminal with the real bot: from a fresh install to the first shout-out, all inside Slack.

import type { LocalSlack } from './local-slack.js';
import { type Stage, Teller } from './teller.js';

/** Plays the story to its end. Throws, saying what did not happen, when the bot does not do its part. */
export async function playSetup(slack: LocalSlack, stage: Stage): Promise<void> {
  const teller = new Teller(slack, stage);
  const [ana, ben, marta] = [slack.as('U0ANA'), slack.as('U0BEN'), slack.as('U0MARTA')];

  await teller.scene('The first steps');
  teller.says(
    'The app has just been installed. Nobody is messaged unasked. Marta, an admin, opens its Home.',
  );
  await teller.opensHome(marta, 'Three choices and Shoutout is ready');
  teller.says('She presses "Set up". Every choice is filled in already.');
  await teller.presses(marta, 'set_up');
  const { view, values } = await marta.waitForView('Set up Shoutout');
  teller.form(marta, { view, values, errors: {} });
  const lines = String(values.value_lines?.value_lines?.value ?? '');
  marta.fill({
    shoutout_channel: { shoutout_channel: 'C0SHOUT' },
    value_lines: { value_lines: lines.replace('Craft', 'Good craft') },
  });
  teller.says('She renames one value, "Craft", to "Good craft", and presses "Done".');
  const done = await marta.submit();
  if (done.updated === undefined) throw new Error('the first steps were not saved');
  teller.form(marta, marta.view);
  await marta.close();

  await teller.scene('The first shout-out');
  await teller.types(ben, '/shoutout @ana #good-craft for untangling the release script');
  teller.whispered(ben, await ben.waitForEphemeral('Recorded'));
  teller.posted('Everyone in #shoutouts sees', await slack.waitForMessage('shoutouts', 'untangling'));

  await teller.scene('A say of one’s own');
  teller.says('Ana would rather be thanked quietly. She opens Home.');
  await teller.opensHome(ana, 'untangling the release script');
  teller.says('She chooses "Only privately".');
  await teller.presses(ana, 'preference', 'onlyPrivately');
  await slack.settled();
  await teller.types(ben, '/shoutout @ana #teamwork for covering my shift');
  teller.whispered(ben, await ben.waitForEphemeral('keep'));
  teller.posted('Ana gets a direct message', await ana.waitForDirectMessage('covering my shift'));
  const isPublic = slack.channel('shoutouts').messages.some(({ text }) => text.includes('covering my shift'));
  if (isPublic) throw new Error('what Ana keeps private was announced');
  teller.says('Nothing of it is in #shoutouts.');
  stage.print('');
  stage.print('The end. To click through it all yourself: npm run playground -- --empty');
}
