// What a person finds in their Home.
import type { CompanyValue, Member, Period, Shoutout, Team, Workspace } from '../model.js';
import type { Db } from '../store/db.js';
import { listMembers } from '../store/members.js';
import { type Listing, listShoutouts } from '../store/shoutouts.js';
import { listTeams } from '../store/teams.js';
import { listValues } from '../store/values.js';
import { type BriefOutlook, briefOutlook } from './briefs/choice.js';
import { type DigestOutlook, digestOutlook } from './digests/commands.js';
import { awayUntilOf } from './members.js';
import { type Action, isGranted, may, rolesOf } from './permissions.js';
import { changeRefusal } from './rules/changes.js';
import { findOverview, type Overview } from './settings.js';
import { type MemberTallies, memberTallies } from './stats/member.js';
import { usualPeriod } from './stats/periods.js';
import { periodAsked } from './stats/question.js';

/** So many of each list are shown. */
const listLength = 5;
/** A reaction older than this is not asked about any more. */
const unexplainedMilliseconds = 14 * 24 * 60 * 60 * 1000;

export interface Home {
  /** As known; null: Slack has not told of them yet. */
  member: Member | null;
  /** Such as `2026-11-30`, that day included; null: they are there. */
  awayUntil: string | null;
  /** Their latest, the latest first. */
  received: Shoutout[];
  /** `isChangeable`: its giver can still edit it and take it back. */
  given: { shoutout: Shoutout; isChangeable: boolean }[];
  /** Given by reaction, and nobody has said why. */
  unexplained: Shoutout[];
  /** This quarter's. */
  stats: MemberTallies & { period: Period };
  overview: Overview;
  /** Those that can be given, in the workspace's order. */
  values: CompanyValue[];
  /** By name, without Everyone; empty for who does not see the settings. */
  teams: Team[];
  /** When the next digest comes. */
  digest: DigestOutlook;
  /** When the next brief of their teams comes; null: they lead none. */
  brief: BriefOutlook | null;
  /** What they may see there, and do. Of somebody whom Slack has not told of yet nothing is known: all they see is theirs, and whether they may give is found out when they do. */
  rights: Record<HomeRight, boolean>;
}

type HomeRight = Extract<
  Action,
  'seeOwn' | 'give' | 'seeViewers' | 'seeSettings' | 'changeValues' | 'changeTeams' | 'changeSettings'
>;

export async function findHome(
  db: Db,
  workspace: Workspace,
  memberSlackId: string,
  now: Date,
): Promise<Home> {
  const [[member = null], overview, values, digest] = await Promise.all([
    listMembers(db, workspace.id, [memberSlackId]),
    findOverview(db, workspace),
    listValues(db, workspace.id),
    digestOutlook(db, workspace, now),
  ]);
  const brief = member && (await briefOutlook(db, workspace, member, now));
  const list = async (listing: Listing): Promise<Shoutout[]> =>
    member
      ? listShoutouts(db, { workspaceId: workspace.id, memberId: member.id, listing, limit: listLength })
      : [];
  const period = await periodAsked(db, workspace, { wish: usualPeriod, by: member }, now);
  const own = { memberId: member?.id ?? null, period: { ...period, before: null }, value: null };
  const [tallies, received, given, unexplained] = await Promise.all([
    memberTallies(db, workspace, own),
    list({ kind: 'received' }),
    list({ kind: 'given' }),
    list({ kind: 'unexplained', since: new Date(now.getTime() - unexplainedMilliseconds) }),
  ]);
  const held = rolesOf(member, { keepers: overview.keepers });
  const met = { guestsGive: overview.settings.mayGuestsGive };
  const isRight = (right: HomeRight) => isGranted(may(right, held), met);
  const teams = isRight('seeSettings') ? await listTeams(db, workspace.id) : [];
  return {
    member,
    awayUntil: member && awayUntilOf(member, now),
    received,
    given: given.map(shoutout => ({
      shoutout,
      isChangeable: changeRefusal(shoutout, memberSlackId, 'edit', now) === null,
    })),
    unexplained,
    stats: { ...tallies.now, period },
    overview,
    values,
    teams: teams.filter(one => one.roster.kind !== 'everyone'),
    digest,
    brief,
    rights: {
      seeOwn: member === null || isRight('seeOwn'),
      give: member === null || isRight('give'),
      seeViewers: isRight('seeViewers'),
      seeSettings: isRight('seeSettings'),
      changeValues: isRight('changeValues'),
      changeTeams: isRight('changeTeams'),
      changeSettings: isRight('changeSettings'),
    },
  };
}
