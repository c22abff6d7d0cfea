// What the clock does about the leads' briefs: settles the week of each lead for whom it is due.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Member, Workspace } from '../../model.js';
import { claimBrief, listLeadZones, listUnbriefed } from '../../store/briefs.js';
import type { Db } from '../../store/db.js';
import { findSettings } from '../../store/settings.js';
import { zoneAmong } from '../calendar.js';
import { isGranted, may, rolesOf } from '../permissions.js';
import { briefEnd, briefStart, isDueAnywhere, weekDue } from './schedule.js';

/** Settles what is due in a workspace; resolves to whether something is to be sent. */
export type BriefRunner = (workspace: Workspace, now: Date) => Promise<boolean>;

/** So long nobody is looked for in zones where everybody was found settled: a new lead may wait as long. */
const freshMilliseconds = 10 * 60 * 1000;
const leadsAtOnce = 50;

interface Memory {
  lookedAt: Date;
  zones: (string | null)[];
  /** Where everybody is settled, and for which week. */
  settled: Map<string | null, string>;
}

/**
 * To be called every minute: outside of the two days and a half in which a brief can be due anywhere nothing is read, and
 * in them the leads are read when their zone's hour has come and every ten minutes. What it remembers only spares reading:
 * nothing is done twice, however many copies of the bot there are.
 */
export function createBriefRunner(db: Db): BriefRunner {
  const memories = new WeakMap<Workspace, Memory>();

  async function memoryOf(workspace: Workspace, now: Date): Promise<Memory> {
    const before = memories.get(workspace);
    const age = before && now.getTime() - before.lookedAt.getTime();
    if (before && age !== undefined && age >= 0 && age < freshMilliseconds) return before;
    const memory = { lookedAt: now, zones: await listLeadZones(db, workspace.id), settled: new Map() };
    memories.set(workspace, memory);
    return memory;
  }

  return async (workspace, now) => {
    if (!isDueAnywhere(now)) return false;
    const { zones, settled } = await memoryOf(workspace, now);
    if (zones.length === 0) return false;
    const { timeZone } = await findSettings(db, workspace.id);
    const byWeek = new Map<string, (string | null)[]>();
    for (const zone of zones) {
      const week = weekDue(zoneAmong(zone, timeZone), now);
      if (week && settled.get(zone) !== week) byWeek.set(week, [...(byWeek.get(week) ?? []), zone]);
    }
    let isAnySent = false;
    for (const [week, due] of byWeek) {
      isAnySent = (await settleWeek(db, workspace, { week, zones: due }, now)) || isAnySent;
      for (const zone of due) settled.set(zone, week);
    }
    return isAnySent;
  };
}

async function settleWeek(
  db: Db,
  workspace: Workspace,
  { week, zones }: { week: string; zones: (string | null)[] },
  now: Date,
): Promise<boolean> {
  let isAnySent = false;
  for (;;) {
    // Whoever is settled is found no more.
    const leads = await listUnbriefed(db, workspace.id, { week, zones, limit: leadsAtOnce });
    for (const lead of leads) {
      await nextTurn();
      isAnySent = (await settleLead(db, workspace, { lead, week }, now)) || isAnySent;
    }
    if (leads.length < leadsAtOnce) return isAnySent;
  }
}

function settleLead(
  db: Db,
  workspace: Workspace,
  { lead, week }: { lead: Member; week: string },
  now: Date,
): Promise<boolean> {
  const to = briefEnd(now);
  const isTold = isGranted(may('beBriefed', rolesOf(lead, { leads: [lead] })));
  const post = {
    kind: 'brief' as const,
    key: 'main',
    target: lead.slackId,
    memberId: lead.id,
    aboutPostId: null,
    byMemberId: null,
    nextTryAt: now,
  };
  return claimBrief(
    db,
    workspace.id,
    { memberId: lead.id, week, to, from: last => briefStart(last, to), post: isTold ? post : null },
    now,
  );
}
