// Who is in charge of a workspace's digest.
import type { Member, Settings, Workspace } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listKeepers } from '../../store/keepers.js';
import { findMember } from '../../store/members.js';
import { isGranted, may, rolesOf } from '../permissions.js';

/** Who hears of the digest's troubles: the keepers, else whoever chose the settings last, for that is who set it up. */
export async function inCharge(
  db: Db,
  workspace: Workspace,
  { changedById }: Pick<Settings, 'changedById'>,
): Promise<Member[]> {
  const keepers = await listKeepers(db, workspace.id);
  const chooser =
    keepers.length === 0 && changedById ? await findMember(db, workspace.id, changedById) : null;
  const members = chooser ? [chooser] : keepers;
  return members.filter(one => isGranted(may('settleDigest', rolesOf(one, { keepers: members }))));
}

/** Why somebody has no say in the digest; null: they have. @param by - as Slack says of them now */
export async function digestRefusal(db: Db, workspace: Workspace, by: Member): Promise<'notKeeper' | null> {
  const keepers = await listKeepers(db, workspace.id);
  return isGranted(may('keepDigest', rolesOf(by, { keepers }))) ? null : 'notKeeper';
}
