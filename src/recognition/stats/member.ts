// A person's numbers: what they received and gave in a period, and what for.
import type { CompanyValue, KeptValue, Period, Span, ValueTally, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { findFirstUse } from '../../store/digest-people.js';
import { countMember, countMemberBuckets, type MemberCounts } from '../../store/stats/person.js';
import {
  countBoosts,
  countSentences,
  listSentenceChannels,
  listSentences,
  type Sentence,
  type SentencesWish,
} from '../../store/stats/sentences.js';
import { listKeptValues } from '../../store/values.js';
import { withoutNames } from '../rules/words.js';
import { type Buckets, bucketsOf } from './buckets.js';

/** Whose numbers, over what, and of which value; null: of all. */
export interface MemberWish {
  /** Null: nobody knows them yet, and all is nothing. */
  memberId: string | null;
  period: Period;
  value: Pick<KeptValue, 'id'> | null;
}

/** A person's numbers. A shout-out with two values counts once in the totals and once under each. */
export interface MemberTallies extends Omit<MemberCounts, 'perValue'> {
  /** The values that can be given, in the workspace's order, then retired ones where there is something. */
  perValue: ValueTally[];
  /** What was tagged with no value. */
  without: { received: number; given: number };
}

const nothing: MemberCounts = {
  received: 0,
  given: 0,
  receivedByReaction: 0,
  givenByReaction: 0,
  perValue: [],
  givers: 0,
  giverTeams: 0,
};

/** What somebody received and gave in a period; `before`: in the one that it is compared with, null where there is none. */
export async function memberTallies(
  db: Db,
  workspace: Workspace,
  { memberId, period, value }: MemberWish,
): Promise<{ now: MemberTallies; before: MemberTallies | null }> {
  const count = (span: Span) =>
    memberId ? countMember(db, workspace.id, { memberId, valueId: value?.id, span }) : nothing;
  const [values, now, before] = await Promise.all([
    listKeptValues(db, workspace.id),
    count(period),
    period.before && count(period.before),
  ]);
  const told = values.filter(one => value === null || one.id === value.id);
  return {
    now: talliesFrom(now, told, [now, before]),
    before: before && talliesFrom(before, told, [now, before]),
  };
}

/** @param either - a retired value is told where one of these has something of it */
function talliesFrom(
  { perValue, ...counts }: MemberCounts,
  values: KeptValue[],
  either: (MemberCounts | null)[],
): MemberTallies {
  const of = (id: string | null) => {
    const one = perValue.find(({ valueId }) => valueId === id);
    return { received: one?.received ?? 0, given: one?.given ?? 0 };
  };
  const isThere = ({ id }: CompanyValue) =>
    either.some(one => one?.perValue.some(each => each.valueId === id));
  const tallies = values.map(value => ({ value, ...of(value.id) }));
  return {
    ...counts,
    perValue: [
      ...tallies.filter(({ value }) => !value.retiredAt),
      ...tallies.filter(({ value }) => value.retiredAt && isThere(value)),
    ],
    without: of(null),
  };
}

/** A person's page. */
export interface MemberPage {
  now: MemberTallies;
  before: MemberTallies | null;
  /** How often others boosted what they received. */
  boosts: number;
  /** Null: there is no time in the period. */
  overTime: (Buckets & { received: number[]; given: number[] }) | null;
  /** The latest that whoever reads may see, the latest first. */
  latest: Thanks[];
  /** How many of what they received whoever reads may see. */
  seen: number;
}

/** A shout-out that somebody received, as whoever reads may see it. */
export interface Thanks extends Sentence {
  /** Plain text; where it names people who keep it private, "a colleague". May be empty. */
  words: string;
  /** No announcement names the one it is about. */
  isHidden: boolean;
}

/** So many are shown with the numbers. */
const latestShown = 10;

/** @param openChannelIds - what everybody may read of; null: whoever reads is the person themselves */
export async function memberPage(
  db: Db,
  workspace: Workspace,
  { openChannelIds, ...wish }: MemberWish & { openChannelIds: string[] | null },
): Promise<MemberPage> {
  const { memberId, period, value } = wish;
  const tallies = memberTallies(db, workspace, wish);
  if (!memberId) return { ...(await tallies), boosts: 0, overTime: null, latest: [], seen: 0 };
  const wanted = { memberId, span: period, valueId: value?.id, openChannelIds };
  const since = period.from.getTime() === 0 ? await findFirstUse(db, workspace.id) : null;
  const buckets = bucketsOf(period, since);
  const [counts, boosts, overTime, latest, seen] = await Promise.all([
    tallies,
    countBoosts(db, workspace.id, wanted),
    buckets && countMemberBuckets(db, workspace.id, { ...wanted, borders: buckets.borders }),
    listSentences(db, workspace.id, wanted, { offset: 0, limit: latestShown }),
    countSentences(db, workspace.id, wanted),
  ]);
  return {
    ...counts,
    boosts,
    overTime: buckets && overTime && { ...buckets, ...overTime },
    latest: latest.map(one => thanksFrom(one, memberId, openChannelIds)),
    seen,
  };
}

/** All sentences, a page of them; beyond the last page, the last one. */
export interface ThanksPage {
  /** From 0 on. */
  page: number;
  pages: number;
  thanks: Thanks[];
  /** How many there are on all pages. */
  seen: number;
}

const thanksPerPage = 20;

export async function memberThanks(
  db: Db,
  workspace: Workspace,
  {
    memberId,
    period,
    value,
    openChannelIds,
    page,
  }: MemberWish & { openChannelIds: string[] | null; page: number },
): Promise<ThanksPage> {
  if (!memberId) return { page: 0, pages: 1, thanks: [], seen: 0 };
  const wanted: SentencesWish = { memberId, span: period, valueId: value?.id, openChannelIds };
  const seen = await countSentences(db, workspace.id, wanted);
  const pages = Math.max(1, Math.ceil(seen / thanksPerPage));
  const shown = Math.min(Math.max(page, 0), pages - 1);
  const list = await listSentences(db, workspace.id, wanted, {
    offset: shown * thanksPerPage,
    limit: thanksPerPage,
  });
  return { page: shown, pages, thanks: list.map(one => thanksFrom(one, memberId, openChannelIds)), seen };
}

function thanksFrom(sentence: Sentence, memberId: string, openChannelIds: string[] | null): Thanks {
  const { message, impact, recipients } = sentence.shoutout;
  const hidden = recipients.filter(one => one.isHidden && one.id !== memberId).map(one => one.name);
  const words = message || impact;
  return {
    ...sentence,
    words: openChannelIds === null ? words : withoutNames(words, hidden),
    isHidden: recipients.some(one => one.isHidden && one.id === memberId),
  };
}

/** The channels that an edge has to ask Slack about before somebody else sees a person's sentences. */
export function channelsOfThanks(
  db: Db,
  workspace: Workspace,
  { memberId, period, value }: { memberId: string; period: Period; value: Pick<KeptValue, 'id'> | null },
  limit: number,
): Promise<string[]> {
  return listSentenceChannels(db, workspace.id, { memberId, span: period, valueId: value?.id }, limit);
}
