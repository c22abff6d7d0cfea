// What every view of numbers is told: who asks, and for what; and how that is read.
import type { WebClient } from '@slack/web-api';
import type { KeptValue, Member, Period, Workspace } from '../../model.js';
import { type PeriodWish, usualPeriod } from '../../recognition/stats/periods.js';
import { findStatsVocabulary, periodAsked, type StatsVocabulary } from '../../recognition/stats/question.js';
import type { Bot } from '../bot.js';
import { parseStats, type TypedStats } from '../parse/stats.js';
import { readerOf } from './reader.js';

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

/** What is asked by what follows `stats`, now, as far as it is understood. */
export async function readAsked(
  asker: Asker,
  typed: string,
): Promise<{ asked: AskedBySomebody; read: TypedStats; vocabulary: StatsVocabulary }> {
  const { bot, workspace, memberSlackId } = asker;
  const [by, vocabulary] = await Promise.all([
    readerOf(asker, memberSlackId),
    findStatsVocabulary(bot.db, workspace),
  ]);
  const read = parseStats(typed, vocabulary);
  const { value, wish: named } = read.question;
  const wish = named ?? usualPeriod;
  const period = await periodAsked(bot.db, workspace, { wish, by }, bot.now());
  return { asked: { ...asker, by, value, wish, period }, read, vocabulary };
}
