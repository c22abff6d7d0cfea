// One story, told in the terminal with the real bot: each step as the people in it see it.

import type { LocalSlack } from './local-slack.js';
import { eventually, type Stage, Teller } from './teller.js';

/** Plays the story to its end. Throws, saying what did not happen, when the bot does not do its part. */
export async function playDemo(slack: LocalSlack, stage: Stage): Promise<void> {
  const teller = new Teller(slack, stage);
  const [ana, ben, chen, marta] = [
    slack.as('U0ANA'),
    slack.as('U0BEN'),
    slack.as('U0CHEN'),
    slack.as('U0MARTA'),
  ];

  await teller.scene('A command');
  await teller.types(
    ana,
    '/shoutout @ben @chen #craft for untangling the release script. We shipped on a Friday!',
  );
  teller.whispered(ana, await ana.waitForEphemeral('Recorded'));
  teller.posted('Everyone in #general sees', await slack.waitForMessage('general', 'untangling'));
  teller.posted('Ben gets one direct message', await ben.waitForDirectMessage('untangling'));
  teller.says('So does Chen. The names above ping nobody a second time.');

  await teller.scene('A form, and a mistake in it');
  await teller.types(ben, '/shoutout');
  await ben.waitForView('Give a shout-out');
  const message = 'for staying with the customer until it worked';
  ben.fill({ recipients: { recipients: ['@ben'] }, message: { message } });
  teller.says('Ben chooses himself and presses "Give it".');
  const refused = await ben.submit();
  if (refused.errors === undefined) throw new Error('the form took a shout-out to oneself');
  teller.form(ben, ben.view);
  ben.fill({ recipients: { recipients: ['@diego'] }, values: { values: ['kindness'] } });
  teller.says('He chooses Diego instead, adds a value, and presses "Give it" again.');
  const given = await ben.submit();
  if (!given.closed) throw new Error('the form did not close after it was mended');
  const recorded = await ben.waitForEphemeral('Recorded');
  teller.whispered(ben, recorded);
  const announced = await slack.waitForMessage('general', 'staying with the customer');
  teller.posted('Everyone in #general sees', announced);

  await teller.scene('A refusal, with the words given back');
  await teller.types(marta, '/shoutout @sam #kindnes for showing me around in my first week');
  const refusal = await marta.waitForEphemeral('Not sent');
  teller.whispered(marta, refusal);
  teller.says('Marta presses "Fix it". Her words are still there; she chooses Chen.');
  await marta.click({ ephemeral: refusal }, 'open_form');
  await marta.waitForView('Give a shout-out');
  marta.fill({ recipients: { recipients: ['@chen'] }, values: { values: ['kindness'] } });
  teller.form(marta, marta.view);
  await marta.submit();
  teller.whispered(marta, await marta.waitForEphemeral('Recorded'));
  await slack.waitForMessage('general', 'showing me around');

  await teller.scene('An undo');
  teller.says('Ben meant somebody else. He presses "Undo" under his own answer.');
  await ben.click({ ephemeral: recorded }, 'undo_shoutout');
  teller.whispered(ben, await ben.waitForEphemeral('Undone'));
  const isGone = (): boolean => announced.deleted && slack.directMessages('U0DIEGO').length === 0;
  await eventually(slack, isGone, 'the messages were not deleted after the undo');
  teller.says('The announcement in #general is gone, and so is the message to Diego.');

  await teller.scene('Statistics');
  await teller.types(chen, '/recognition stats');
  teller.whispered(chen, await chen.waitForEphemeral('Your shout-outs since'));
  teller.says(
    'Colleagues cannot see them. Should a lead of his look, he sees that they did. Nothing ranks people.',
  );
  stage.print('');
  stage.print('The end. To click through it all yourself: npm run playground');
}
