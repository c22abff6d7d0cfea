// What a digest says, as plain data, and what it is made from.
import type { CompanyValue, MessagePointer } from '../../model.js';
import type { FactRow } from '../../store/digest-facts.js';

/** Who reads it. */
export interface DigestAudience {
  /** The Slack id of the channel that it goes to. */
  channelSlackId: string;
  /**
   * Channels, other than that one, of which everyone who reads it may know what was given and announced there, because they
   * are public now. Those that Slack did not tell of are not among them.
   */
  openChannelIds: string[];
  /** The Slack ids of everyone in the channel; null: Slack did not say, and nothing is said of how many were thanked. */
  channelMemberIds: string[] | null;
}

/** Which digest: one that was claimed, or what the next one would say if it were posted now. */
export type DigestChoice = { kind: 'digest'; digestId: string } | { kind: 'preview' };

/**
 * How many shout-outs it is about, and where each of them is: every shout-out is in exactly one of the last five, so
 * `recorded = here + inThread + behind + byReaction + unnamed`, always. What was withdrawn is in none.
 */
export interface DigestCounts {
  /** All that were recorded for this digest, private ones too. */
  recorded: number;
  /** Different people who were thanked by these, and who gave them: private ones too. */
  thanked: number;
  givers: number;
  /** Entries of the message itself. */
  here: number;
  /** Entries of the messages in its thread. */
  inThread: number;
  /** Entries that only "Show all" has. */
  behind: number;
  /** Those by a reaction without a word: gathered by value, names only. */
  byReaction: number;
  /** Those that are only a number: private, given or announced where not all readers may look, or nobody in them wants to be named. */
  unnamed: number;
}

/** One shout-out as a digest tells it. */
export interface DigestEntry {
  shoutoutId: string;
  /** The giver's name; null: they are in no digest. */
  giver: string | null;
  /** The names of those who may be named, in the giver's order: the first ones, at least one. */
  recipients: string[];
  /** How many more of those there are. */
  others: number;
  /** The message, whole, else what changed because of it; without the names of whoever is not named. May be empty. */
  words: string;
  /** Its values beside the one that it is told under. */
  otherValues: CompanyValue[];
  /** Its announcement, while that stands. */
  announcement: MessagePointer | null;
}

/** A value's shout-outs, in the order in which they are told. */
export interface DigestGroup {
  /** Null: those without a value. */
  value: CompanyValue | null;
  entries: DigestEntry[];
}

/** Who was thanked for a value by a reaction without a word, least recently thanked first, each once. */
export interface DigestReactions {
  value: CompanyValue | null;
  /** The first ones. */
  names: string[];
  /** How many more people there are. */
  others: number;
}

/** A value's figure: the sum over the recipients of every shout-out with it, private ones too. */
export interface DigestTally {
  value: CompanyValue;
  thanks: number;
}

/** How many of the channel's people were thanked in the last four weeks. Never who was not. */
export type DigestCoverage = { kind: 'share'; thanked: number; people: number } | { kind: 'nearlyEveryone' };

export interface DigestContents {
  /** The ISO Monday of the week that names it, such as `2026-11-16`. */
  week: string;
  /** Null: a preview. */
  digestId: string | null;
  counts: DigestCounts;
  /** Under five shout-outs: just those. What follows but `groups` and `reactions` is empty then. */
  isSmall: boolean;
  /** The values that were lived, liveliest first; none without a shout-out. */
  tallies: DigestTally[];
  /** What the message itself tells: liveliest value first, those without a value last. */
  groups: DigestGroup[];
  /** What each message in its thread tells, in the same order. */
  thread: DigestGroup[][];
  reactions: DigestReactions[];
  /** Values whose reactions are not among `reactions`. */
  moreReactionValues: number;
  /** The names of those who gave, or were thanked, for the first time: five at most together. */
  firsts: { gave: string[]; thanked: string[] };
  coverage: DigestCoverage | null;
  quietValue: CompanyValue | null;
}

/** A shout-out, as far as choosing and ordering need it. */
export type DigestFact = FactRow;

/** One of these many shout-outs' pages behind "Show all". */
export interface DigestPage {
  week: string;
  digestId: string;
  /** From 0. */
  page: number;
  /** At least 1. */
  pages: number;
  counts: DigestCounts;
  groups: DigestGroup[];
  reactions: DigestReactions[];
}
