// What every view of numbers is told: who asks, and for what.
import type { WebClient } from '@slack/web-api';
import type { KeptValue, Member, Period, Workspace } from '../../model.js';
import type { PeriodWish } from '../../recognition/stats/periods.js';
import type { Bot } from '../bot.js';

/** Whoever asks. */
export interface Asker {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
  memberSlackId: string;
}

/** A question that is understood, and whose. */
export interface Asked extends Asker {
  by: Member;
  /** Null: all of them. */
  value: KeptValue | null;
  wish: PeriodWish;
  /** The same, in the days in which it is counted. */
  period: Period;
}

/** A question of somebody who may not be known: null: Slack has not told of them. */
export type AskedBySomebody = Omit<Asked, 'by'> & { by: Member | null };
