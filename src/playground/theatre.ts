// What the page shows: a stage that is there at once, and the history that a hidden one writes meanwhile for the next.

import { controlServer } from './control.js';
import { WEEKS } from './history-plan.js';
import type { Situation } from './page-types.js';
import { Stage, type StageOptions } from './stage.js';
import type { JsonObject } from './things.js';
import { type Tricks, tricksOf } from './tricks.js';
import { Wire } from './wire.js';

/** A stage with all that belongs to it alone. */
export interface Scene {
  stage: Stage;
  wire: Wire;
  tricks: Tricks;
  control: ReturnType<typeof controlServer>;
}

const NOTHING = { words: '', isOffered: false };
const FAILED = { words: 'The history could not be written', isOffered: false };

/** Holds the stage that is shown, and puts another in its place. */
export class Theatre {
  scene: Scene;
  /** How many times the workspace was started over. */
  startedOver = 0;
  /** Whether anybody did anything yet: then it stays until they ask for another. */
  isTouched = false;
  /** What the page says about the history. */
  history: Situation['history'] = NOTHING;
  private hidden: Stage | undefined;
  private writing: Promise<void> | undefined;
  private showing: Promise<void> | undefined;
  private isStopping = false;
  private readonly leaving: Promise<void>[] = [];
  private readonly listeners = new Set<() => void>();

  /** Shows that stage. With `options`, a history that it lacks is written in the background, for such a stage. */
  constructor(
    stage: Stage,
    private readonly options?: StageOptions,
  ) {
    this.scene = this.sceneOf(stage);
    if (options !== undefined && stage.lacksHistory) this.writing = this.write(options);
  }

  /** Starts with the history that is kept, or else without any, so that nobody has to wait until it is written. */
  static async open(given: StageOptions): Promise<Theatre> {
    const options = { ...given, waitsForHistory: false };
    return new Theatre(await Stage.open(options), options);
  }

  /** Calls the listener after every change that the page could show. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The trick of that name, on the stage that is shown. `show_history` `{}` starts over with the history. */
  trick(name: string): ((given: JsonObject) => Promise<void>) | undefined {
    if (name === 'show_history') return () => this.showHistory();
    const trick = this.scene.tricks.byName.get(name);
    if (trick !== undefined) this.isTouched = true;
    return trick;
  }

  /** Stops everything, also what is being written or about to be shown. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all([this.hidden?.stop(), this.scene.stage.stop()]);
    await this.writing;
    await this.showing?.catch(() => undefined);
    await Promise.all([...this.leaving, this.scene.stage.stop()]);
  }

  private sceneOf(stage: Stage): Scene {
    stage.onChange(() => this.changed());
    return { stage, wire: new Wire(stage), tricks: tricksOf(stage), control: controlServer(stage.slack) };
  }

  private changed(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private say(history: Situation['history']): void {
    this.history = history;
    this.changed();
  }

  /** Writes and keeps a history. It begins when the bot is there: two that start at once would both be late. */
  private async write(options: StageOptions): Promise<void> {
    try {
      await this.scene.stage.ready;
      if (this.isStopping) return;
      this.hidden = await Stage.open({ ...options, waitsForHistory: true, onlyWrites: true });
      this.hidden.onChange(() => this.tellProgress());
      this.tellProgress();
      if (!this.isStopping) await this.hidden.ready;
      await this.hidden.stop();
      if (this.isStopping) return;
      if (!this.hidden.hasKept) this.say(FAILED);
      else if (this.isTouched) this.offer();
      else await this.showHistory({ byItself: true });
    } catch (error) {
      if (this.isStopping) return;
      console.error(`No history was written: ${error instanceof Error ? error.message : String(error)}`);
      this.say(FAILED);
    } finally {
      await this.hidden?.stop();
    }
  }

  private tellProgress(): void {
    const week = this.hidden?.writingWeek ?? 0;
    const words = `Writing eight weeks of history in the background${week > 0 ? `, week ${week} of ${WEEKS}` : ''}`;
    if (words !== this.history.words && this.showing === undefined) this.say({ words, isOffered: false });
  }

  private offer(): void {
    this.say({ words: '', isOffered: true });
  }

  private showHistory(how = { byItself: false }): Promise<void> {
    this.showing ??= this.startOver(how).finally(() => {
      this.showing = undefined;
    });
    return this.showing;
  }

  /** Puts a stage with the kept history in the place of the one that is shown, which goes on until the bot is there. */
  private async startOver({ byItself }: { byItself: boolean }): Promise<void> {
    if (this.options === undefined || !(this.history.isOffered || byItself))
      throw new Error('there is no history to show');
    this.say({ words: 'Starting with eight weeks of history', isOffered: false });
    const next = await Stage.open(this.options);
    try {
      if (next.lacksHistory) throw new Error('the history is no longer kept: start the playground again');
      const scene = this.sceneOf(next);
      await next.ready;
      if (this.isStopping) return;
      if (byItself && this.isTouched) return this.offer();
      this.leaving.push(this.scene.stage.stop());
      this.scene = scene;
      this.startedOver += 1;
      this.say(NOTHING);
    } catch (error) {
      this.say(NOTHING);
      throw error;
    } finally {
      if (this.scene.stage !== next) await next.stop();
    }
  }
}
