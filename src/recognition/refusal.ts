// The closed list of reasons to refuse something that a person asked for. Codes only: the words are slack/refusals.ts.

import type { ChannelTrouble } from '../model.js';

/** A reason a shout-out cannot be recorded, which its giver can mend. */
export type Refusal =
  | { code: 'noRecipients' }
  | { code: 'onlyYourself' }
  /** Who asks belongs to another organisation (Slack Connect). */
  | { code: 'foreignGiver' }
  /** Who asks is a bot, or has left. */
  | { code: 'closedGiver' }
  /** Who asks is a guest, and guests do not give here. */
  | { code: 'guestGiver' }
  | { code: 'bot'; name: string }
  | { code: 'deactivated'; name: string }
  /** Belongs to another organisation (Slack Connect). */
  | { code: 'foreign'; name: string }
  /** Guests are not thanked here. */
  | { code: 'guest'; name: string }
  /** They wish not to be thanked. */
  | { code: 'leaveMeOut'; name: string }
  /** Slack knows nobody by this id, or does not show them to us. */
  | { code: 'unknownMember'; slackId: string }
  /** `typed` stood where a value stands. `nearest` is the slug that looks most like it, if any does. */
  | { code: 'unknownValue'; typed: string; nearest: string | null }
  /** It was a value, and can no longer be given. */
  | { code: 'retiredValue'; name: string }
  /** So many unknown values besides those that are named. */
  | { code: 'moreUnknownValues'; count: number }
  /** Here each shout-out names a value. */
  | { code: 'valueRequired' }
  /** Here each shout-out says what for. */
  | { code: 'messageRequired' }
  /** Both counted in characters as people see them. */
  | { code: 'messageTooLong'; length: number; limit: number }
  | { code: 'impactTooLong'; length: number; limit: number }
  | { code: 'tooManyRecipients'; count: number; limit: number }
  /** Slack lists a group's members on paid plans only. */
  | { code: 'groupNeedsPaidPlan'; handle: string }
  | { code: 'unknownGroup'; handle: string }
  /** Nobody in the group or team but the giver, or nobody who can receive. */
  | { code: 'nobodyInGroup'; handle: string }
  | { code: 'nobodyInTeam'; handle: string }
  /** `typed` was named as a team. `nearest` is the slug that looks most like it, if any does; `slugs`: null: not to be said. */
  | { code: 'unknownTeam'; typed: string; nearest: string | null; slugs: string[] | null }
  | { code: 'teamTooLarge'; handle: string; limit: number }
  | { code: 'noReason' }
  /** It is to be announced, and nobody said where. */
  | { code: 'noChannel' }
  /** The channel that it would be announced in is not one to announce in. */
  | { code: 'closedChannel'; trouble: ChannelTrouble }
  /** An edit takes nobody away. */
  | { code: 'recipientsMissing'; names: string[] }
  /** The giver has given as many today as the workspace allows. */
  | { code: 'dailyLimit'; limit: number };

/** A reason something cannot be done with a shout-out that exists. */
export type ChangeRefusal =
  | 'unknownShoutout'
  | 'notYours'
  | 'tooLate'
  | 'alreadyUndone'
  | 'alreadyRemoved'
  /** Somebody edited it after this edit was begun. */
  | 'changedMeanwhile'
  /** Only Slack's admins of the workspace may. */
  | 'notAdmin'
  | 'notRecipient'
  /** Who asks does not belong to the workspace. */
  | 'outsider'
  /** Guests do not give here. */
  | 'guestGiver'
  /** Whoever gave it, or was thanked, does not join in. */
  | 'partOfIt'
  /** Nobody whom it names can be thanked any more. */
  | 'nobodyLeft'
  /** There is nobody to report to. */
  | 'noKeepers'
  | 'alreadyReported';

/** A reason a reaction gives no shout-out. */
export type ReactionRefusal =
  /** Who reacted does not belong to the workspace. */
  | 'foreignGiver'
  | 'closedGiver'
  /** The message is from an app, a workflow or a bot. */
  | 'bot'
  | 'own'
  | 'foreign'
  | 'deactivated'
  /** Its author is a guest, and guests are not thanked here. */
  | 'guest'
  | 'leaveMeOut'
  | 'guestGiver'
  | 'valueRequired'
  | 'messageRequired'
  | 'dailyLimit';
