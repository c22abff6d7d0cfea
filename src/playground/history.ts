// Eight plausible weeks in a small company, written by people using the real bot, one moment after the other.

import { setTimeout as pause } from 'node:timers/promises';
import { type Moment, planHistory } from './history-plan.js';
import type { Actor, LocalSlack } from './local-slack.js';
import type { Message } from './things.js';

const POSTED_WITHIN_MS = 5000;
const TRIES = 5;

/** What writing a history needs from the stage. */
export interface Pen {
  now: Date;
  /** Moves Slack's and the bot's clock to that time. */
  setTime(at: Date): Promise<void>;
  /** Says which week is being written. */
  tell(week: number): void;
}

/** Writes it. Throws when the bot does not do its part. The same seed gives the same words on the same days. */
export async function writeHistory(slack: LocalSlack, seed: number, pen: Pen): Promise<void> {
  const readers = (channel: string): string[] =>
    slack.channel(channel).members.filter(id => !['U0BUILD', slack.botUserId].includes(id));
  const handles = (id: string): string => slack.world.people.find(person => person.id === id)?.name ?? id;
  let week = 0;
  let isSetUp = false;
  for (const moment of planHistory(seed, pen.now, readers, handles)) {
    if (moment.week !== week) pen.tell(moment.week);
    if (moment.week !== week && isSetUp) await tellWeek(slack);
    week = moment.week;
    await pen.setTime(moment.at);
    if (!isSetUp) await setUp(slack);
    isSetUp = true;
    const said = moment.recipients.length > 0 ? await give(slack, moment) : say(slack, moment);
    for (const { name, who } of moment.reactions) {
      for (const id of who) void slack.as(id).react(said.channel, said.ts, name);
    }
    if (moment.reply !== undefined) {
      slack.as(moment.reply.who).say(said.channel, moment.reply.text, { thread_ts: said.ts });
    }
  }
}

/**
 * The first steps, as the admin takes them: shout-outs appear where they are given, the week is told in #shoutouts, and
 * there are two teams.
 */
async function setUp(slack: LocalSlack): Promise<void> {
  const marta = slack.as('U0MARTA');
  await type(slack, marta, '/recognition', 'setup');
  await marta.waitForView('Set up Shoutout');
  marta.fill({ shoutout_channel: { shoutout_channel: '' } });
  await submit(slack, marta);
  await marta.close();
  await type(slack, marta, '/recognition', 'settings');
  await marta.waitForView('Settings');
  marta.fill({ digest_channel: { digest_channel: 'C0SHOUT' } });
  await submit(slack, marta);
  await marta.close();
  await type(slack, marta, '/recognition', 'teams');
  await addTeam(slack, marta, { name: 'Pod A', roster_channel: 'C0PODA', leads: ['U0ANA'] });
  await addTeam(slack, marta, { name: 'Operations', roster_channel: 'C0SHOUT', leads: ['U0MARTA'] });
  await marta.close({ all: true });
}

async function addTeam(
  slack: LocalSlack,
  marta: Actor,
  contents: Record<string, string | string[]>,
): Promise<void> {
  await marta.click({ view: await marta.waitForView('Teams') }, 'new_team');
  await marta.waitForView(({ view }) => view.callback_id === 'team');
  marta.fill(
    Object.fromEntries(Object.entries(contents).map(([field, value]) => [field, { [field]: value }])),
  );
  await submit(slack, marta);
}

/** The week is told before the next one begins: a bot whose clock jumps from moment to moment is never there at its hour. */
async function tellWeek(slack: LocalSlack): Promise<void> {
  const digests = (): number =>
    slack.channel('shoutouts').messages.filter(({ text }) => text.startsWith('The week of')).length;
  const before = digests();
  await type(slack, slack.as('U0MARTA'), '/recognition', 'digest now');
  const deadline = performance.now() + POSTED_WITHIN_MS;
  while (digests() === before && performance.now() < deadline) await pause(2);
}

/** Runs a command. A jump of the clock can cost the bot its link, and it connects anew; the same command twice counts once. */
async function type(slack: LocalSlack, actor: Actor, command: string, text: string, how = {}) {
  let result = await actor.command(command, text, how);
  for (let tries = 1; result.failure !== undefined; tries += 1) {
    if (tries === TRIES) throw new Error(`${command} failed with the error ${result.failure}`);
    await slack.waitForConnection();
    result = await actor.redeliver(result.delivery);
  }
  return result;
}

/** Sends a form; again where the bot lost its link meanwhile. The same form twice counts once. */
async function submit(slack: LocalSlack, actor: Actor): Promise<void> {
  let result = await actor.submit();
  for (let tries = 1; !result.acknowledged && tries < TRIES; tries += 1) {
    await slack.waitForConnection();
    result = await actor.submit();
  }
  if (!result.acknowledged || result.errors)
    throw new Error(`a form was not taken: ${JSON.stringify(result.errors ?? 'no answer')}`);
}

function say(slack: LocalSlack, { who, where, text }: Moment): Message {
  return slack.as(who).say(where, text);
}

/** Gives a shout-out; returns its announcement when everything about it has been posted. */
async function give(slack: LocalSlack, { who, where, text, recipients }: Moment): Promise<Message> {
  const before = slack.calls.length;
  const actor = slack.as(who);
  const result = await type(slack, actor, '/shoutout', text, { channel: where });
  // One message in the channel, and one to each recipient; when they are there, time may go on.
  const posted = (): number =>
    slack.calls.slice(before).filter(call => call.method === 'chat.postMessage' && call.phase === 'answered')
      .length;
  const deadline = performance.now() + POSTED_WITHIN_MS;
  while (posted() < recipients.length + 1) {
    if (performance.now() > deadline)
      throw new Error(`the bot did not post: ${result.response?.text ?? text}`);
    await pause(2);
  }
  const announcement = slack.channel(where).messages.findLast(({ user }) => user === slack.botUserId);
  if (announcement === undefined) throw new Error('the bot posted nothing in the channel');
  return announcement;
}
