// What Slack's user object says, in our words.
import type { MemberProfile, Workspace } from '../model.js';
import { isTimeZone } from '../recognition/calendar.js';
import { cleanText } from './text.js';

/**
 * A person as Slack shows them; none of it need be there.
 * @see https://docs.slack.dev/reference/objects/user-object
 */
export interface SlackUser {
  id?: string;
  team_id?: string;
  name?: string;
  real_name?: string;
  tz?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_admin?: boolean;
  is_owner?: boolean;
  is_stranger?: boolean;
  profile?: { display_name?: string; real_name?: string };
  enterprise_user?: { enterprise_id?: string; teams?: string[] };
}

/** The whole profile; null: there is nobody in it. What Slack does not say of a whole user is not so. */
export function profileOf(
  user: SlackUser | undefined,
  workspace: Pick<Workspace, 'slackId'>,
): MemberProfile | null {
  if (!user?.id) return null;
  const teams = [user.team_id, user.enterprise_user?.enterprise_id, ...(user.enterprise_user?.teams ?? [])];
  const name = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name].find(one =>
    one?.trim(),
  );
  return {
    slackId: user.id,
    name: (name && cleanText(name).replace(/\s+/g, ' ')) || user.id,
    timeZone: user.tz !== undefined && isTimeZone(user.tz) ? user.tz : null,
    isBot: user.is_bot === true || user.id === 'USLACKBOT',
    isDeactivated: user.deleted === true,
    isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
    isAdmin: user.is_admin === true || user.is_owner === true,
    isForeign: user.is_stranger === true || !teams.includes(workspace.slackId),
  };
}

/** Whether Slack shows all of a person: with an event it may leave out what has not changed. */
export function isWhole(user: SlackUser): boolean {
  return user.deleted !== undefined && user.is_bot !== undefined;
}

/** What a user object that may lack something says for sure. */
export function changedIn(user: SlackUser, profile: MemberProfile): Partial<MemberProfile> {
  const isNamed = user.profile !== undefined || user.real_name !== undefined;
  const isGraded = user.is_restricted !== undefined || user.is_ultra_restricted !== undefined;
  const isRanked = user.is_admin !== undefined || user.is_owner !== undefined;
  return {
    ...(isNamed ? { name: profile.name } : {}),
    ...(user.tz === undefined ? {} : { timeZone: profile.timeZone }),
    ...(user.is_bot === undefined ? {} : { isBot: profile.isBot }),
    ...(user.deleted === undefined ? {} : { isDeactivated: profile.isDeactivated }),
    ...(isGraded ? { isGuest: profile.isGuest } : {}),
    ...(isRanked ? { isAdmin: profile.isAdmin } : {}),
    ...(isWhole(user) ? { isForeign: profile.isForeign } : {}),
  };
}
