// The playground as one thing: the local Slack, the real bot in it, their common clock, and the folder they keep things in.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BotProcess, startBotProcess } from './bot-process.js';
import { writeHistory } from './history.js';
import { keepHistory, keptHistory } from './history-cache.js';
import { WEEKS } from './history-plan.js';
import { type LocalSlack, startLocalSlack } from './local-slack.js';

/** What the bot is doing. */
export type BotState = 'starting' | 'running' | 'stopped';

/** How to start a stage. */
export interface StageOptions {
  /** No history: the workspace as it is when the app has just been installed. */
  empty: boolean;
  /** What the clock shows beyond the system's time at first; default 0. */
  clockOffsetMs?: number;
  /** The same number gives the same history; default 1. */
  seed?: number;
  /** Whether a history may be one that was written and kept before; default true. */
  mayBeKept?: boolean;
  /** Whether a stage for which no history is kept waits until one is written, or starts without; default true. */
  waitsForHistory?: boolean;
  /** It is there only to write a history and keep it: no bot is started afterwards. */
  onlyWrites?: boolean;
  /** What the app asks Slack for; default the bot's own manifest. */
  manifestPath?: string;
}

/** Starts it all in the background: `slack` is there at once, the rest when `ready` resolves. */
export class Stage {
  /** What the page waits for, in words; empty when it waits for nothing. */
  waitingFor = 'the bot to start';
  botState: BotState = 'starting';
  /** Calls and deliveries before these numbers belong to the history. */
  wireFrom = { calls: 0, deliveries: 0 };
  /** The week of the history that is being written; 0 before the first. */
  writingWeek = 0;
  /** Whether it wrote a history that is kept now. */
  hasKept = false;
  /**
   * Resolves when the bot is connected, or was ended on purpose; another one after the clock was moved. Only the first
   * rejects, with what the bot printed when it could not be started.
   */
  ready: Promise<void>;
  private bot: BotProcess | undefined;
  private stopped: Promise<void> | undefined;
  private readonly listeners = new Set<() => void>();

  private constructor(
    readonly slack: LocalSlack,
    private readonly folder: string,
    private readonly options: StageOptions,
    private readonly clock: { offsetMs: number },
    /** It was to have a history, and started without, as none is kept. */
    readonly lacksHistory: boolean,
    isToWrite: boolean,
  ) {
    this.ready = this.prepare(isToWrite);
    slack.onChange(() => this.changed());
    slack.onCall(() => this.changed());
    slack.onDelivery(() => this.changed());
  }

  /** A stage whose local Slack listens already. */
  static async open(options: StageOptions): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'shoutout-playground-'));
    const clock = { offsetMs: options.clockOffsetMs ?? 0 };
    const now = (): Date => new Date(Date.now() + clock.offsetMs);
    const looks = !options.empty && options.mayBeKept !== false;
    const kept = looks ? await keptHistory(options.seed ?? 1, now(), folder) : undefined;
    const slack = await startLocalSlack({ now, manifestPath: manifestOf(options), ...kept });
    const isMissing = !options.empty && kept === undefined;
    const waits = options.waitsForHistory !== false;
    return new Stage(slack, folder, options, clock, isMissing && !waits, isMissing && waits);
  }

  /** The manifest's path. */
  get manifestPath(): string {
    return manifestOf(this.options);
  }

  /** What the clock shows beyond the system's. */
  get offsetMs(): number {
    return this.clock.offsetMs;
  }

  /** The bot's last lines. */
  get botLines(): readonly string[] {
    return this.bot?.lines ?? [];
  }

  /** Calls the listener after every change that the page could show. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells everybody who listens that something changed. */
  changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  /**
   * Moves everybody's clock. The bot starts again at the new time, as after a long night: it finds in its database what
   * became due. (A running one would go through every tick that it missed.)
   */
  async setClock(offsetMs: number): Promise<void> {
    const moving = this.ready.then(async () => {
      this.clock.offsetMs = offsetMs;
      if (this.botState !== 'running') return;
      this.waitingFor = 'the bot to start at the new time';
      this.botState = 'starting';
      this.changed();
      await this.endBot(bot => bot.stop());
      await this.launch();
    });
    this.ready = moving
      .catch(() => undefined)
      .then(() => {
        this.waitingFor = '';
        this.changed();
      });
    await moving;
  }

  /** Ends the bot as a power cut would. */
  async killBot(): Promise<void> {
    await this.endBot(bot => bot.kill());
  }

  /** Starts the bot, when it does not run. Throws with what it printed when it cannot. */
  async startBot(): Promise<void> {
    if (this.botState === 'stopped') await this.launch();
  }

  /** Stops the bot and the local Slack, and removes what they kept. A history that is being written breaks off. */
  stop(): Promise<void> {
    this.stopped ??= this.end();
    return this.stopped;
  }

  private async end(): Promise<void> {
    await this.ready.catch(() => undefined);
    await this.bot?.stop();
    await this.slack.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get databaseFile(): string {
    return join(this.folder, 'bot.db');
  }

  private async prepare(isToWrite: boolean): Promise<void> {
    if (isToWrite) await this.write();
    if (this.stopped !== undefined || this.options.onlyWrites === true) return;
    await this.launch();
    this.wireFrom = { calls: this.slack.calls.length, deliveries: this.slack.deliveries.length };
    this.waitingFor = '';
    this.changed();
  }

  /** Writes the history. A bot that cannot take it is shown all the same: that is what one wants to look at then. */
  private async write(): Promise<void> {
    const { slack, clock } = this;
    const seed = this.options.seed ?? 1;
    const { offsetMs } = clock;
    const now = new Date(Date.now() + offsetMs);
    const bot = await this.launch({ isWriting: true });
    let isWhole = false;
    try {
      await writeHistory(slack, seed, {
        now,
        setTime: async at => {
          if (this.stopped !== undefined) throw new Error('the playground was stopped');
          clock.offsetMs = at.getTime() - Date.now();
          await bot.setClock(clock.offsetMs);
          slack.greetConnections();
        },
        tell: week => {
          this.writingWeek = week;
          this.waitingFor = `eight weeks of history: writing week ${week} of ${WEEKS}`;
          this.changed();
        },
      });
      isWhole = true;
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (this.stopped === undefined) console.error(`The history broke off: ${words}`);
    }
    await this.endBot(each => each.stop());
    clock.offsetMs = offsetMs;
    slack.forgetEphemerals();
    if (!isWhole || this.options.mayBeKept === false) return;
    this.hasKept = await keepHistory(seed, this.databaseFile, {
      messages: slack.world.channels.flatMap(({ id }) => slack.channel(id).messages),
      channels: slack.world.channels,
    });
  }

  private async endBot(end: (bot: BotProcess) => Promise<void>): Promise<void> {
    if (this.bot !== undefined) await end(this.bot);
    await this.slack.waitForConnections(0);
  }

  private async launch({ isWriting = false } = {}): Promise<BotProcess> {
    this.botState = 'starting';
    this.changed();
    try {
      const bot = await startBotProcess(this.slack, {
        databaseUrl: `file:${this.databaseFile}`,
        clockOffsetMs: this.offsetMs,
        isWriting,
      });
      this.bot = bot;
      this.botState = 'running';
      void bot.ended.then(() => {
        if (this.bot !== bot || this.botState === 'starting') return;
        this.botState = 'stopped';
        this.changed();
      });
      return bot;
    } catch (error) {
      this.botState = 'stopped';
      throw error;
    } finally {
      this.changed();
    }
  }
}

function manifestOf({
  manifestPath = fileURLToPath(new URL('../../manifest.yml', import.meta.url)),
}: StageOptions): string {
  return manifestPath;
}
