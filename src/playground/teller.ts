// How a story is told in the terminal: who does what, and what each of them sees.

import { setTimeout as pause } from 'node:timers/promises';
import type { Actor, LocalSlack } from './local-slack.js';
import { formLines, messageLines } from './plain-text.js';
import type { Ephemeral, JsonObject, Message, OpenView } from './things.js';

const WIDTH = 96;

/** Where the story is told, and how long it rests between two scenes. */
export interface Stage {
  print(line: string): void;
  restMs: number;
}

/** Prints what happens, indented under who sees it. */
export class Teller {
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

  /** A person opens the app's Home, and sees that in it. Throws when they do not. */
  async opensHome(actor: Actor, words: string): Promise<void> {
    await actor.openHome();
    await eventually(
      this.slack,
      () => JSON.stringify(actor.home?.blocks ?? []).includes(words),
      `${this.nameOf(actor)}'s Home does not show "${words}"`,
    );
    const blocks: readonly JsonObject[] = actor.home?.blocks ?? [];
    this.block(`${this.nameOf(actor)}'s Home:`, messageLines({ text: '', blocks }, this.slack.world));
  }

  /** A person presses or chooses something in their Home. */
  async presses(actor: Actor, actionId: string, value?: string): Promise<void> {
    if (actor.home === undefined) throw new Error(`${this.nameOf(actor)} has not opened Home`);
    const result = await actor.click({ home: actor.home }, actionId, value === undefined ? {} : { value });
    if (result.failure !== undefined) throw new Error(`${actionId} failed with the error ${result.failure}`);
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

/** Waits until it is so. Throws the other words after five seconds. */
export async function eventually(slack: LocalSlack, isSo: () => boolean, otherwise: string): Promise<void> {
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
