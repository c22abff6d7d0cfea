// One story, told in the terminal with the real bot: each step as the people in it see it.

import { setTimeout as pause } from 'node:timers/promises';
import type { Actor, LocalSlack } from './local-slack.js';
import { formLines, messageLines } from './plain-text.js';
import type { Ephemeral, Message, OpenView } from './things.js';

const WIDTH = 96;

/** Where the story is told, and how long it rests between two scenes. */
export interface Stage {
  print(line: string): void;
  restMs: number;
}

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
  teller.says('Nobody else can see these numbers, and nothing ranks people.');
  stage.print('');
  stage.print('The end. To click through it all yourself: npm run playground');
}

/** Prints what happens, indented under who sees it. */
class Teller {
  private scenes = 0;

  constructor(
    private readonly slack: LocalSlack,
    private readonly stage: Stage,
  ) {}

  async scene(title: string): Promise<void> {
    if (this.scenes > 0) await pause(this.stage.restMs);
    this.scenes += 1;
    this.stage.print('');
    this.stage.print(`${this.scenes}. ${title}`);
    this.stage.print('');
  }

  /** A person runs a command in #general. Throws when Slack would have shown a failure. */
  async types(actor: Actor, line: string): Promise<void> {
    const [command = '', ...words] = line.split(' ');
    this.block(`${this.nameOf(actor)} types in #general:`, [line]);
    const result = await actor.command(command, words.join(' '));
    if (result.failure !== undefined) throw new Error(`${command} failed with the error ${result.failure}`);
  }

  whispered(actor: Actor, ephemeral: Ephemeral): void {
    this.block(`${this.nameOf(actor)} sees (only visible to you):`, this.fromBot(ephemeral));
  }

  posted(who: string, message: Message): void {
    this.block(`${who}:`, this.fromBot(message));
  }

  form(actor: Actor, open: OpenView | undefined): void {
    if (open === undefined) throw new Error(`${this.nameOf(actor)} has no form open`);
    this.block(`${this.nameOf(actor)} sees:`, formLines(open, this.slack.world));
  }

  says(words: string): void {
    for (const line of wrap(words, WIDTH - 3)) this.stage.print(`   ${line}`);
  }

  private fromBot(message: Message | Ephemeral): string[] {
    return ['Shoutout (app)', ...messageLines(message, this.slack.world)];
  }

  private block(title: string, lines: string[]): void {
    this.stage.print(`   ${title}`);
    for (const line of lines.flatMap(each => wrap(each, WIDTH - 6))) this.stage.print(`      ${line}`);
  }

  private nameOf(actor: Actor): string {
    const person = this.slack.world.people.find(each => each.id === actor.id);
    return person?.realName.split(' ')[0] ?? actor.id;
  }
}

async function eventually(slack: LocalSlack, isSo: () => boolean, otherwise: string): Promise<void> {
  if (isSo()) return;
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(otherwise)), 5000);
    const stop = slack.onChange(() => {
      if (!isSo()) return;
      clearTimeout(timer);
      stop();
      resolve();
    });
  });
}

/** Breaks a line between words; what follows is indented as the line was, quotes stay quotes. */
function wrap(line: string, width: number): string[] {
  const start = /^(?:> |• )?\s*/.exec(line)?.[0] ?? '';
  const next = start.replace('•', ' ');
  const lines: string[] = [];
  let current = start;
  for (const word of line.slice(start.length).split(' ')) {
    const isFirst = current === (lines.length === 0 ? start : next);
    if (!isFirst && current.length + 1 + word.length > width) {
      lines.push(current);
      current = next + word;
    } else current += isFirst ? word : ` ${word}`;
  }
  return [...lines, current];
}
