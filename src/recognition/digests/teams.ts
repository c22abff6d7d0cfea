// What the clock does about the digests: the workspace's, and those of teams that have one of their own.
import type { Digest, Settings, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { type Claim, claimDigest } from '../../store/digests.js';
import { findSettings } from '../../store/settings.js';
import { type DigestTeam, listOwnDigests } from '../../store/team-channels.js';
import { digestPost, dueClaim, runOwnDigest, weeksAround } from './run.js';
import { teamScheduleOf, zoneOf } from './schedule.js';

/**
 * Does what is due at `now`. To be called every minute or more often: nothing is done twice, however often and by however
 * many copies of the bot. Returns whether something is to be posted.
 */
export async function runDigests(db: Db, workspace: Workspace, now: Date): Promise<boolean> {
  const settings = await findSettings(db, workspace.id);
  const isOwn = await runOwnDigest(db, workspace, settings, now);
  return (await runTeams(db, workspace, settings, now)) || isOwn;
}

async function runTeams(db: Db, workspace: Workspace, settings: Settings, now: Date): Promise<boolean> {
  const { teams } = await listOwnDigests(db.read, workspace.id);
  const telling = teams.filter(team => team.isDigestOn);
  if (telling.length === 0) return false;
  const of = [null, ...telling.map(team => team.id)];
  const weeks = await weeksAround(db, workspace, zoneOf(settings), now, of);
  let isAny = false;
  for (const team of telling) {
    if (await runTeam(db, workspace, { settings, team, weeks: weeksOf(team, weeks) }, now)) isAny = true;
  }
  return isAny;
}

/** A team's weeks. One that the keepers skip has no digest of a team either. */
function weeksOf({ id }: DigestTeam, weeks: Digest[]): Digest[] {
  const skipped = weeks.filter(one => one.teamId === null && one.state === 'skipped');
  const own = weeks.filter(one => one.teamId === id);
  const isSkipped = ({ week }: Digest) => skipped.some(one => one.week === week);
  return [
    ...own.map(
      (one): Digest => (one.state === 'open' && isSkipped(one) ? { ...one, state: 'skipped' } : one),
    ),
    ...skipped.filter(({ week }) => !own.some(one => one.week === week)),
  ];
}

async function runTeam(
  db: Db,
  workspace: Workspace,
  { settings, team, weeks }: { settings: Settings; team: DigestTeam; weeks: Digest[] },
  now: Date,
): Promise<boolean> {
  const schedule = teamScheduleOf(settings, team);
  if (!schedule) return false;
  const claim = await dueClaim(db, workspace, { schedule, weeks, settings, team }, now);
  if (!claim) return false;
  // Nobody is told of a team's empty week.
  const posts: Claim['posts'] = there => (there.shoutouts > 0 ? [digestPost(team.channelSlackId, now)] : []);
  const found = await claimDigest(db, workspace.id, { ...claim, posts }, now);
  return found !== null && found.shoutouts > 0;
}
