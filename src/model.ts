// The glossary: every noun of Shoutout, one word per thing, and its type.
//
// - Workspace: one installation of the bot: an organisation for an org-wide install, else a Slack team.
// - Member: what is known of a person in a workspace.
// - CompanyValue ("value"): something the company wants to see lived, written `#craft` or by its emoji.
// - retired: a value that can no longer be given; it stays where it was given.
// - lived: how often somebody was thanked for a value.
// - Shoutout: one giver thanking one or more recipients, for what they did.
// - Post: one copy of something in Slack, and how far it has come (the outbox).
// - Draft: what a person typed and has not sent.
// - Settings: what a workspace has chosen.
// - Keeper: somebody who looks after the bot in a workspace.
// - Viewer: somebody who may see everyone's statistics.
// - Reaction: an emoji on a message, as Slack last said of it; it gives a shout-out or a boost.
// - Boost: a counting reaction on an announcement.
// - Report: somebody's word to the keepers that a shout-out is not all right.
// - withdrawn: a shout-out that no longer counts, undone by its giver or removed by an admin.
// - hidden: a recipient whom no announcement names, because they keep it private.
// - Digest: a week as a channel is told it. Its week is told, empty (nothing to tell) or skipped.
// - invitation: the question to the channel, in the morning of the digest's day.
// - idea: a word to the keepers, when there was nothing to tell.
// - Stats: sums of tallies in a period.
// - Tally: a stroke for each value that a recipient was thanked for; kept from the records.
// - thanks: how often somebody was thanked; a shout-out to two people is two thanks.
// - Team: people who work together; its roster is taken from Slack. Everyone is one, too.
// - Lead: somebody who leads a team.
// - roster: who is in a team; a stay is the time from when somebody joined it until they left.
// - Look: somebody looked at numbers or names that are not their own.
// - Brief: what a lead is told of a week.
// - Period: what statistics are over, and what they are compared with.
// - Sync: taking over what Slack lists of a workspace: members, groups, or who is in a team; a run is one time through.
//
// `slackId` is Slack's, `id` ours; instants are UTC Dates named `…At`; Slack's timestamps are `…Ts`.

export interface Workspace {
  id: string;
  /** The Slack team's id, or the organisation's for an org-wide install. */
  slackId: string;
  name: string;
  /** Where links to messages start, such as `https://example.slack.com/`. */
  url: string;
  /** The bot's own person in this workspace. */
  botSlackId: string;
  /** What people type after @ to invite it. */
  botName: string;
}

export interface Settings {
  /** An admin has gone through the first steps. */
  isSetUp: boolean;
  /** The Slack id of the channel that shout-outs appear in; null: in the channel where they are given. */
  shoutoutChannelId: string | null;
  /** An IANA zone; null: not chosen yet. */
  timeZone: string | null;
  /** How many shout-outs a person may give on one of their days. */
  dailyLimit: number;
  isValueRequired: boolean;
  isMessageRequired: boolean;
  mayGuestsGive: boolean;
  mayGuestsReceive: boolean;
  isDigestOn: boolean;
  digestWeekday: Weekday;
  /** The hour of the day in the workspace's zone, 0 to 23. */
  digestHour: number;
  /** The Slack id of the digest's channel; null: where shout-outs appear. */
  digestChannelId: string | null;
  /** When the digest last began to run; what was due before is not made up for. Null: it never did. */
  digestSince: Date | null;
  /** The channel is asked, in the morning of the digest's day, who made their week easier. */
  isInvitationOn: boolean;
  /** Emoji that would count as a shout-out and do not here: one name for all aliases and skin tones. */
  uncountedEmoji: string[];
  /** The Slack ids of channels where no reaction counts. */
  uncountedChannelIds: string[];
  /** Rises with every change. */
  version: number;
  /** The member who changed them last; null: nobody yet. */
  changedById: string | null;
  /** Null: never changed. */
  updatedAt: Date | null;
}

/** As ISO counts them: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Somebody who may see everyone's statistics, and who named them when. */
export interface Viewer {
  member: Member;
  namedById: string;
  namedAt: Date;
}

export interface Member {
  id: string;
  slackId: string;
  name: string;
  /** An IANA zone, as Slack names it; null where Slack gave none. */
  timeZone: string | null;
  isBot: boolean;
  isDeactivated: boolean;
  isGuest: boolean;
  /** Belongs to another organisation (Slack Connect). */
  isForeign: boolean;
  /** Administers the workspace at Slack: an admin or an owner. */
  isAdmin: boolean;
  preference: Preference;
  /** The last day on which they are away, such as `2026-11-30`; null: they have not said so. */
  awayUntil: string | null;
  fetchedAt: Date;
}

/** Where shout-outs to a person may appear. The first is what holds for whoever has not chosen. */
export const preferences = ['everywhere', 'notInDigest', 'onlyPrivately', 'leaveMeOut'] as const;

/**
 * - `everywhere`: as the giver wishes
 * - `notInDigest`: as the giver wishes, but in no digest
 * - `onlyPrivately`: no announcement names them
 * - `leaveMeOut`: they cannot be thanked
 */
export type Preference = (typeof preferences)[number];

/** What Slack says of a person, before we keep it. */
export type MemberProfile = Omit<Member, 'id' | 'fetchedAt' | 'preference' | 'awayUntil'>;

export interface CompanyValue {
  id: string;
  /** What is typed after `#`; lower case. */
  slug: string;
  /** What it was typed as before it was renamed; still understood. */
  formerSlugs: string[];
  name: string;
  /** What it means here, in a sentence; may be empty. */
  meaning: string;
  /** The emoji's name as Slack writes it, without colons. */
  emoji: string;
  /** Since when it can no longer be given; null: it can. */
  retiredAt: Date | null;
}

/** A value with what it takes to change it. */
export interface KeptValue extends CompanyValue {
  /** Its place among all values, retired ones too; from 0 on. */
  position: number;
  /** Rises with every change but its place. */
  version: number;
}

/** A value, and how often it was lived lately: the sum over recipients. */
export interface LivedValue extends KeptValue {
  lived: number;
}

/** A user group, or a channel, whose members are a team. */
export interface SlackRoster {
  kind: 'group' | 'channel';
  slackId: string;
}

/** Where a team's roster comes from. */
export type Roster = { kind: 'everyone' } | SlackRoster;

/** People who work together. */
export interface Team {
  id: string;
  workspaceId: string;
  name: string;
  /** What is typed after `team:`; lower case. Everyone's is `everyone`. */
  slug: string;
  roster: Roster;
  /** Who leads it, by name. Nobody leads everyone. */
  leads: Member[];
  /** The Slack id of its own channel; null: it has none. */
  channelSlackId: string | null;
  /** It has a digest of its own, in its channel. */
  isDigestOn: boolean;
  /** When its digest last began to run; null: it never did. */
  digestSince: Date | null;
  /** When its roster was last taken over; null: not yet. */
  refreshedAt: Date | null;
  /** Rises with every change of what was chosen. */
  version: number;
}

/** The time that somebody is in a team, or was. */
export interface Stay {
  member: Member;
  /** 1970 for those who were there when the team began. */
  joinedAt: Date;
  /** Null: they are there. */
  leftAt: Date | null;
}

/** What statistics are over. `from` belongs to it, `to` does not any more. */
export interface Span {
  from: Date;
  to: Date;
}

/** A span that has a name, and the one it is compared with. */
export interface Period extends Span {
  /** In whose days it is counted. */
  timeZone: string;
  /** It goes on: `to` is now. */
  isUnfinished: boolean;
  /** The one before; of an unfinished one as many days. Null: there is none. */
  before: Span | null;
}

/** Somebody looked at numbers or names that are not their own: a person's page, a team's table, or the names of those not thanked lately. */
export interface Look {
  by: Member;
  what: 'page' | 'table' | 'names';
  /** Null: a person's page. */
  team: Pick<Team, 'id' | 'name'> | null;
  lookedAt: Date;
}

/** Which way in a shout-out took. */
export type Source = 'command' | 'modal' | 'mention' | 'reaction' | 'meToo';

/** `private`: for nobody but giver and recipients, though it counts in totals. */
export type Visibility = 'public' | 'private';

/**
 * Where a shout-out was given. `direct` is any conversation that is not a channel, or none at all.
 * `isPrivate`: nobody outside the channel may hear of it.
 */
export type Place = { kind: 'channel'; channelSlackId: string; isPrivate: boolean } | { kind: 'direct' };

/** A message in Slack. */
export interface MessagePointer {
  /** Any conversation's Slack id. */
  channelSlackId: string;
  ts: string;
  /** The thread it stands in; null: none. */
  threadTs: string | null;
}

/** Why a channel is no place for an announcement. `shared`: with another organisation. */
export type ChannelTrouble = 'notMember' | 'shared' | 'archived';

/** A Slack user group, or a team, that a shout-out names. */
export interface Group {
  /** Slack's; of a team, `team:` and its id. */
  slackId: string;
  /** Such as `@pod-a` or `team Payments`. */
  handle: string;
}

/**
 * A group with its members as they are now, or why there are none to be had. A team is `unknownTeam` where there is none
 * such, and `tooLarge` where more people are in it than a shout-out reaches.
 */
export interface NamedGroup extends Group {
  memberSlackIds: string[];
  trouble: 'needsPaidPlan' | 'unknown' | 'unknownTeam' | 'tooLarge' | null;
}

/** A user group as Slack listed it last. */
export interface UserGroup extends Group {
  name: string;
  memberSlackIds: string[];
}

/** What is taken over from Slack's lists; behind `team:` stands a team's id, and it is its roster. */
export type SyncSubject = 'members' | 'groups' | `team:${string}`;

/** How far taking over one of Slack's lists has come. */
export interface Sync {
  workspaceId: string;
  subject: SyncSubject;
  /** Rises with each run. */
  run: number;
  /** When the run that is under way began; null: none is. */
  startedAt: Date | null;
  /** Where its next page begins, in Slack's words; null: at the front. */
  cursor: string | null;
  /** How many people its pages have had so far. */
  listed: number;
  /** When the next page may be asked for; while one is, when others may take that for lost. */
  nextTryAt: Date;
  /** Rises with each claim. */
  claims: number;
  /** Faults since a run last ended well. */
  failures: number;
}

/** What a person asked for, whichever way in they took. Nothing in it has been checked against the workspace. */
export interface ShoutoutRequest {
  /** Names the delivery it came from, so that a repetition is recognised. At most 255 characters. */
  requestKey: string;
  /** The Slack team it was given in. */
  teamSlackId: string;
  giverSlackId: string;
  /** In the order named; may repeat. */
  recipientSlackIds: string[];
  /** The slugs of values, lower case, in the order named; may repeat. */
  valueSlugs: string[];
  /** What was written like a value in front and is none; as typed, without `#`. */
  unknownValues: string[];
  /** The groups and teams named in front or chosen, each once. */
  groups: NamedGroup[];
  /** Plain text. May be empty. */
  message: string;
  /** What changed because of it. Plain text; may be empty. */
  impact: string;
  visibility: Visibility;
  place: Place;
  /** The channel that the giver chose for the announcement; null: the workspace's, else the place. */
  announceIn: string | null;
  /** The thread there that the announcement goes into; null: none. */
  threadTs: string | null;
  /** Why the chosen channel, else the place, cannot be announced in; null: it can, or nobody knows. */
  channelTrouble: ChannelTrouble | null;
  /** The message it is about, or was given by. */
  about: MessagePointer | null;
  source: Source;
  /** The giver was asked whether to record the same words again, and said yes. */
  repeatConfirmed: boolean;
}

export interface Shoutout {
  id: string;
  workspaceId: string;
  giver: Member;
  recipients: Recipient[];
  values: CompanyValue[];
  /** The groups it names; their members are among the recipients. */
  groups: Group[];
  message: string;
  impact: string;
  visibility: Visibility;
  /** The channel it was given in; null for any other conversation. */
  channelSlackId: string | null;
  /** Nobody but giver and recipients may hear where it was given. */
  isPlacePrivate: boolean;
  about: MessagePointer | null;
  source: Source;
  givenAt: Date;
  answeredAt: Date | null;
  editedAt: Date | null;
  /** How often it has been edited. */
  edits: number;
  withdrawnAt: Date | null;
  /** Null while it counts. */
  withdrawnHow: Withdrawal | null;
}

/** A member who is thanked. */
export interface Recipient extends Member {
  /** No announcement names them. */
  isHidden: boolean;
}

/** How a shout-out ceased to count: by its giver, by a workspace admin, or with the reaction that gave it. */
export type Withdrawal = 'undone' | 'removed' | 'unreacted';

/**
 * - `announcement`: in a channel
 * - `direct`: to a recipient
 * - `question`: to the giver: is an uncertain copy there?
 * - `notice`: to the giver, or whoever asked for a change: a copy could not be posted, changed or deleted, and what to do
 * - `removal`: to the giver: an admin removed it
 * - `keptPrivate`: to the giver: a recipient keeps it private
 * - `report`: to a keeper: somebody finds it not all right
 * - `gathered`: to a recipient: shout-outs by reaction, several at once
 * - `digest`: in its channel; `digestReply`: in its thread; their `question` and `notice` go to the keepers
 * - `invitation`: in the digest's channel: who made your week easier?
 * - `idea`: to a keeper: there was nothing to tell
 * - `brief`: to a lead: their teams' week; its `question` goes to the lead
 */
export type PostKind =
  | 'announcement'
  | 'direct'
  | 'question'
  | 'notice'
  | 'removal'
  | 'keptPrivate'
  | 'report'
  | 'gathered'
  | 'digest'
  | 'digestReply'
  | 'invitation'
  | 'idea'
  | 'brief';

/**
 * - `planned`: to be sent, or sent again
 * - `claimed`: some copy of the bot is calling Slack right now
 * - `posted`: Slack confirmed it, or a person did
 * - `uncertain`: it may or may not have reached Slack; a person is asked
 * - `blocked`: Slack does not let us post there until somebody changes something
 * - `gone`: deleted, or no longer wanted before it was sent
 * - `givenUp`: it will not be tried again
 */
export type PostState = 'planned' | 'claimed' | 'posted' | 'uncertain' | 'blocked' | 'gone' | 'givenUp';

export interface Post {
  id: string;
  workspaceId: string;
  /** What it tells of: a shout-out, a week's digest, or a lead's week. All but one are null. */
  shoutoutId: string | null;
  digestId: string | null;
  briefId: string | null;
  kind: PostKind;
  key: string;
  /** A channel's Slack id; for messages to one person, that person's Slack id. */
  target: string;
  /** The thread it goes into; null: none. */
  threadTs: string | null;
  /** The member it is for, where that is one person. */
  memberId: string | null;
  /** For a question or a notice: the post it is about. */
  aboutPostId: string | null;
  /** Who asked for changes that it does not show yet. */
  askedByIds: string[];
  /** For a report or a word to the giver: the member whom it tells of. For a brief: the lead, who wants it sent again whatever the hour. */
  byMemberId: string | null;
  state: PostState;
  /** Rises with every change that this copy has to show. */
  wantedRevision: number;
  /** How far it shows them; 0: nothing has been posted yet. */
  shownRevision: number;
  attempts: number;
  nextTryAt: Date | null;
  postedChannelId: string | null;
  postedTs: string | null;
  lastError: string | null;
  createdAt: Date;
}

/**
 * - `open`: not told yet
 * - `skipped`: the keepers want none for this week
 * - `told`: it has been claimed, and its posts say how far it has come
 * - `empty`: it has been claimed, and there was nothing to tell
 */
export type DigestState = 'open' | 'skipped' | 'told' | 'empty';

/** One week of the digest. */
export interface Digest {
  id: string;
  workspaceId: string;
  /** Whose own digest it is; null: the workspace's. */
  teamId: string | null;
  /** The ISO Monday of the day on which it was due, in the workspace's zone, such as `2026-11-16`. */
  week: string;
  state: DigestState;
  /** Null until it is claimed. */
  dueAt: Date | null;
  claimedAt: Date | null;
  /** It came late, in the evening or at the weekend: not to be posted before. */
  heldUntil: Date | null;
  /** The member who wanted it at once; null: the clock. */
  byMemberId: string | null;
  /** When the channel was asked who made their week easier. */
  invitedAt: Date | null;
  /** The how manieth week in a row it is without anything to tell; 0 where there is something. */
  emptyWeeks: number;
}

/** What a lead is told of their teams' week. */
export interface Brief extends Span {
  id: string;
  workspaceId: string;
  /** The lead. */
  memberId: string;
  /** The ISO Monday of the day on which it was due, in the lead's zone, such as `2026-11-16`. */
  week: string;
}

/** A reaction put on or taken off, as Slack tells of it. */
export interface ReactionEvent {
  isOn: boolean;
  teamSlackId: string;
  memberSlackId: string;
  /** Who wrote the message; null: an app or a workflow. */
  authorSlackId: string | null;
  message: MessagePointer;
  /** As Slack names it, with alias and skin tone. */
  name: string;
  /** One name for all aliases and skin tones. */
  emoji: string;
  /** When it happened, by Slack's clock. */
  eventTs: string;
  /** Where the message is. */
  place: Place;
}

/** Somebody's word to the keepers about a shout-out. */
export interface Report {
  by: Member;
  /** Plain text; may be empty. */
  reason: string;
  /** It was seen where only some people may look. */
  isPlacePrivate: boolean;
}

/** One value's tally. */
export interface ValueTally {
  /** May be retired, where it was given or received in the period. */
  value: CompanyValue;
  received: number;
  given: number;
}
