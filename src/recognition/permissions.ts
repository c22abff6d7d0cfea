// Who may do what: one table of roles and actions, by which every rule decides and from which the README is written.
import type { Member, Shoutout } from '../model.js';

/** What somebody's account is to the workspace. Everybody has exactly one of these. */
export const accounts = ['member', 'guest', 'foreign', 'deactivated', 'bot'] as const;

/** What somebody is besides, to a shout-out, a team or the workspace. Nobody, or several. */
export const parts = ['giver', 'recipient', 'leadOfTeam', 'otherLead', 'viewer', 'keeper', 'admin'] as const;

export type Account = (typeof accounts)[number];
export type Part = (typeof parts)[number];
export type Role = Account | Part;

/** In the order in which they are shown. */
export const roles: readonly Role[] = ['member', 'guest', ...parts, 'foreign', 'deactivated', 'bot'];

/** What a setting or the time decides, and how the README says it. */
export const conditions = {
  firstDay: 'for 24 hours',
  guestsGive: 'if guests may give',
  guestsReceive: 'if guests may be thanked',
} as const;

export type Condition = keyof typeof conditions;
export type Verdict = 'yes' | 'no' | Condition;

/** What a row says of members and guests, and of those to whom it is not what it is to their account. */
interface Row extends Partial<Record<Part, Verdict>> {
  /** After "may". */
  name: string;
  member: Verdict;
  guest: Verdict;
}

const nobody = { member: 'no', guest: 'no' } as const;
const everybody = { member: 'yes', guest: 'yes' } as const;
const members = { member: 'yes', guest: 'no' } as const;

/**
 * Somebody of another organisation, a deactivated account and a bot may do nothing, in every row. Which channels somebody
 * sees is decided by Slack.
 */
const table = {
  seeOwn: { name: 'see the thanks they gave and got, and their own numbers', ...everybody },
  seePrivate: { name: 'see a private shout-out', ...nobody, giver: 'yes', recipient: 'yes' },
  seeOthersStats: { name: "see somebody else's numbers", ...nobody, leadOfTeam: 'yes', viewer: 'yes' },
  seeTeam: {
    name: "see a team's table, its spread and the names of those not thanked lately",
    ...nobody,
    leadOfTeam: 'yes',
    viewer: 'yes',
  },
  seeLooks: { name: 'see who looked at their numbers, and when', ...everybody },
  seeViewers: { name: "see who may see everyone's numbers", ...everybody },
  seeValues: { name: 'see the values, and how often each was lived', ...everybody },
  seeValuesOfTeams: {
    name: 'see which teams live which values',
    ...nobody,
    leadOfTeam: 'yes',
    otherLead: 'yes',
    viewer: 'yes',
  },
  readDigest: { name: 'read all of a digest that they see', ...everybody },
  beBriefed: {
    name: "get their own team's week in thanks on Thursdays, and stop it",
    ...nobody,
    leadOfTeam: 'yes',
    otherLead: 'yes',
  },
  seeSettings: { name: 'see the settings', ...nobody, keeper: 'yes', admin: 'yes' },

  give: { name: 'give a shout-out', member: 'yes', guest: 'guestsGive' },
  giveByReaction: { name: 'give one by reaction', member: 'yes', guest: 'guestsGive' },
  joinIn: {
    name: 'join in with "Me too"',
    member: 'yes',
    guest: 'guestsGive',
    giver: 'no',
    recipient: 'no',
  },
  boost: { name: 'boost an announcement', ...everybody, giver: 'no', recipient: 'no' },
  receive: { name: 'be thanked', member: 'yes', guest: 'guestsReceive' },
  takeUpDraft: { name: 'take up words that were not sent', ...nobody, giver: 'yes' },

  addReason: { name: 'say why they reacted', ...nobody, giver: 'yes' },
  addValue: { name: 'add a value to a shout-out', ...nobody, giver: 'firstDay' },
  edit: { name: 'edit it', ...nobody, giver: 'firstDay' },
  undo: { name: 'undo it', ...nobody, giver: 'firstDay' },
  takeBackReaction: { name: 'take it back with their reaction', ...nobody, giver: 'yes' },
  remove: { name: 'remove it', ...nobody, admin: 'yes' },
  keepPrivate: { name: 'keep it out of public', ...nobody, recipient: 'yes' },
  report: { name: 'report it', ...everybody },
  hearReports: { name: 'be told of reports', ...nobody, keeper: 'yes', giver: 'no' },
  settleCopy: { name: 'say whether a message that got lost is there', ...nobody, giver: 'yes' },

  choose: { name: 'choose where thanks to them appear, and say that they are away', ...everybody },
  setAway: {
    name: 'say that somebody who is in their team is away',
    ...nobody,
    leadOfTeam: 'yes',
  },
  beKeeper: { name: 'be named to look after Shoutout', ...everybody },
  beViewer: { name: "be named to see everyone's numbers", ...members },
  beLead: { name: 'be named to lead a team', ...members },
  keepDigest: {
    name: 'see the next digest beforehand, post it now, pause, resume or skip it',
    ...nobody,
    keeper: 'yes',
    admin: 'yes',
  },
  settleDigest: { name: 'say whether a digest that got lost is there', ...nobody, keeper: 'yes' },
  changeValues: { name: 'change the values', ...nobody, admin: 'yes' },
  changeTeams: { name: 'change the teams', ...nobody, admin: 'yes' },
  changeSettings: { name: 'change the settings, and take the first steps', ...nobody, admin: 'yes' },
} as const satisfies Record<string, Row>;

export type Action = keyof typeof table;

/** All there is to do, in the order in which it is shown. */
export const actions = Object.keys(table) as Action[];

/** What an action is called, after "may". */
export function actionName(action: Action): string {
  return table[action].name;
}

/** Whether somebody with these roles may do it. No roles, for somebody of whom nothing is known: no. */
export function may(action: Action, held: readonly Role[]): Verdict {
  if (held.includes('foreign') || held.includes('deactivated') || held.includes('bot')) return 'no';
  const row: Row = table[action];
  // What is said of a part holds instead of what is said of the account; a "no" among several bars.
  const said = parts.flatMap(part => (held.includes(part) ? (row[part] ?? []) : []));
  if (said.includes('no')) return 'no';
  const [first] = said;
  if (first) return said.includes('yes') ? 'yes' : first;
  if (held.includes('guest')) return row.guest;
  return held.includes('member') ? row.member : 'no';
}

/** Whether what somebody may do is theirs to do now. @param met - conditions that it does not name are not met */
export function isGranted(verdict: Verdict, met: Partial<Record<Condition, boolean>> = {}): boolean {
  return verdict === 'yes' || (verdict !== 'no' && met[verdict] === true);
}

/** What an action is about, as far as that gives somebody a part in it. */
export interface About {
  shoutout?: { giver: Pick<Member, 'slackId'>; recipients: Pick<Member, 'slackId'>[] };
  keepers?: Pick<Member, 'slackId'>[];
  viewers?: Pick<Member, 'slackId'>[];
  /** Who lead the team that it is about, or a team that the person it is about is in now. */
  leads?: Pick<Member, 'slackId'>[];
  /** Who lead another team. */
  otherLeads?: Pick<Member, 'slackId'>[];
}

/** Whatever an account is to the workspace, as Slack last said. */
export function accountOf({
  isBot,
  isForeign,
  isDeactivated,
  isGuest,
}: Pick<Member, 'isBot' | 'isForeign' | 'isDeactivated' | 'isGuest'>): Account {
  if (isBot) return 'bot';
  if (isForeign) return 'foreign';
  if (isDeactivated) return 'deactivated';
  return isGuest ? 'guest' : 'member';
}

/** All the roles of a person, as Slack last said of them. Null: nobody whom Slack knows, who has none. */
export function rolesOf(
  person: Member | null,
  { shoutout, keepers, viewers, leads, otherLeads }: About = {},
): Role[] {
  if (!person) return [];
  const isIn = (people: Pick<Member, 'slackId'>[] | undefined) =>
    people?.some(one => one.slackId === person.slackId) === true;
  // Guests see nobody else's numbers, also where they were named before they became guests.
  const maySeeOthers = !person.isGuest;
  return [
    accountOf(person),
    ...(shoutout && isIn([shoutout.giver]) ? ['giver' as const] : []),
    ...(isIn(shoutout?.recipients) ? ['recipient' as const] : []),
    ...(maySeeOthers && isIn(leads) ? ['leadOfTeam' as const] : []),
    ...(maySeeOthers && isIn(otherLeads) ? ['otherLead' as const] : []),
    ...(maySeeOthers && isIn(viewers) ? ['viewer' as const] : []),
    ...(isIn(keepers) ? ['keeper' as const] : []),
    ...(person.isAdmin ? ['admin' as const] : []),
  ];
}

/** The roles of somebody in a shout-out, by the giver and the recipients themselves; of anybody else: none. */
export function rolesIn(shoutout: Pick<Shoutout, 'giver' | 'recipients'>, memberSlackId: string): Role[] {
  const person = [shoutout.giver, ...shoutout.recipients].find(one => one.slackId === memberSlackId);
  return rolesOf(person ?? null, { shoutout });
}
