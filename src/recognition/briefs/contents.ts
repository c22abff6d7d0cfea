// What a brief says, as plain data: who in a lead's teams was thanked since the last one, and for what.
import type { Brief, CompanyValue, MessagePointer, Team, Workspace } from '../../model.js';
import {
  type BriefFact,
  type LedTeam,
  listBriefFacts,
  listLedPeople,
  listTeamNames,
} from '../../store/briefs.js';
import type { Db } from '../../store/db.js';
import { byName } from '../../store/teams.js';
import { keepsPrivate } from '../rules/people.js';
import { withoutNames } from '../rules/words.js';

/** So many shout-outs are told, in all teams together. */
const mostEntries = 24;
/** Of each team at least so many. */
const fewestEntries = 2;
const mostTeams = 12;
const mostNames = 12;
/** So many channels are asked about. */
const mostChannels = 25;

/** Where a lead may read. */
export interface BriefAudience {
  /** Channels that are public now. */
  openChannelIds: string[];
  /** Private channels that the lead is in. */
  ownChannelIds: string[];
}

/** A shout-out to people of a team. */
export interface BriefEntry {
  shoutoutId: string;
  /** The names of those in the team whom it thanks, by name. */
  thanked: string[];
  giver: string;
  /** Null: the giver is in the team. Else the names of the teams that they are in; maybe none. */
  from: string[] | null;
  values: CompanyValue[];
  /** The message, whole, else what changed because of it; without the names of whoever is not named. May be empty. */
  words: string;
  /** Its announcement, while that stands. */
  announcement: MessagePointer | null;
}

export interface BriefTeam {
  team: Pick<Team, 'id' | 'name'>;
  /** By the name of whom they thank. */
  entries: BriefEntry[];
  /** How many more there are. */
  more: number;
  /** The names of those who were thanked by a reaction without a word: the first ones, by name, and how many more there are. */
  byReaction: { names: string[]; others: number };
}

export interface BriefContents {
  /** What was given from then on. */
  from: Date;
  /** By name; those of which there is nothing to tell too. */
  teams: BriefTeam[];
  /** How many more teams there are. */
  moreTeams: number;
}

/** What a brief is made from, before it is known where its lead may read. */
export interface BriefReading {
  brief: Brief;
  /** By name; everybody is in one of them at most. */
  teams: LedTeam[];
  facts: BriefFact[];
  /** The channels on which it depends what may be told; those with the most of it, at most 25. */
  channelIds: string[];
}

export async function readBrief(db: Db, brief: Brief): Promise<BriefReading> {
  const teams = await listLedPeople(db, brief);
  const facts = await listBriefFacts(
    db,
    brief,
    teams.flatMap(team => team.members),
  );
  const counts = new Map<string, number>();
  for (const { announcedIn, channelSlackId } of facts) {
    const id = announcedIn ?? channelSlackId;
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return {
    brief,
    teams: teams.sort(byName),
    facts,
    channelIds: [...counts]
      .sort((one, other) => other[1] - one[1])
      .slice(0, mostChannels)
      .map(([id]) => id),
  };
}

/**
 * What a brief says to its lead; null: nothing. Who leads, who is in a team and what they prefer is read now, so that what
 * is shown after a change is what holds then.
 */
export async function briefContents(
  db: Db,
  { id: workspaceId }: Workspace,
  { brief, teams, facts }: BriefReading,
  audience: BriefAudience,
): Promise<BriefContents | null> {
  const told = facts.filter(fact => isOpenTo(fact, audience));
  const teamNames = await listTeamNames(db, workspaceId, [...new Set(told.map(fact => fact.giver.id))]);
  const seen = new Set([brief.memberId]);
  const most = Math.max(fewestEntries, Math.floor(mostEntries / Math.max(1, teams.length)));
  const all = teams.map(team => {
    // Somebody in two of the teams is told of in the first.
    const people = team.members.filter(one => !seen.has(one.id));
    for (const { id } of people) seen.add(id);
    return teamPart({ team, people }, told, { teamNames, most });
  });
  if (all.every(one => one.entries.length === 0 && one.byReaction.names.length === 0)) return null;
  return { from: brief.from, teams: all.slice(0, mostTeams), moreTeams: Math.max(0, all.length - mostTeams) };
}

function teamPart(
  { team, people }: { team: LedTeam; people: LedTeam['members'] },
  told: BriefFact[],
  { teamNames, most }: { teamNames: Map<string, string[]>; most: number },
): BriefTeam {
  const ids = new Set(people.map(one => one.id));
  const entries: BriefEntry[] = [];
  const byReaction = new Map<string, string>();
  for (const fact of told) {
    const thanked = fact.recipients.filter(one => ids.has(one.id) && isNamed(one)).sort(byName);
    if (thanked.length === 0) continue;
    const words = fact.message || fact.impact;
    if (words === '' && fact.announcedIn === null) {
      for (const { id, name } of thanked) byReaction.set(id, name);
      continue;
    }
    const isInside = [...team.leads, ...team.members].some(one => one.id === fact.giver.id);
    entries.push({
      shoutoutId: fact.id,
      thanked: thanked.map(one => one.name),
      giver: fact.giver.name,
      from: isInside ? null : (teamNames.get(fact.giver.id) ?? []).sort(),
      values: fact.values,
      words: withoutNames(
        words,
        fact.recipients.filter(one => !isNamed(one)).map(one => one.name),
      ),
      announcement: fact.announcement,
    });
  }
  const names = [...byReaction.values()].sort((one, other) => one.localeCompare(other));
  const shown = chosen(entries, most);
  return {
    team: { id: team.id, name: team.name },
    entries: shown,
    more: entries.length - shown.length,
    byReaction: { names: names.slice(0, mostNames), others: Math.max(0, names.length - mostNames) },
  };
}

/** One of everybody before a second of anybody, by name. */
function chosen(entries: BriefEntry[], most: number): BriefEntry[] {
  const turns = new Map<string, number>();
  const ordered = entries
    .map(entry => {
      const name = entry.thanked[0] ?? '';
      const turn = turns.get(name) ?? 0;
      turns.set(name, turn + 1);
      return { entry, name, turn };
    })
    .sort((one, other) => one.turn - other.turn || one.name.localeCompare(other.name));
  return ordered
    .slice(0, most)
    .sort((one, other) => one.name.localeCompare(other.name) || one.turn - other.turn)
    .map(({ entry }) => entry);
}

/** What somebody keeps private is not told to their lead either. Out of digests somebody may be for the many who read them: a lead is one. */
function isNamed({ isHidden, preference }: BriefFact['recipients'][number]): boolean {
  return !isHidden && !keepsPrivate({ preference });
}

/**
 * Whether the lead may know of it: they can read its announcement, or, where it has none, the place where it was given. A
 * place that was public then may be private by now, and one that was private then may be public: neither is told.
 */
function isOpenTo(
  { announcedIn, channelSlackId, isPlacePrivate }: BriefFact,
  { openChannelIds, ownChannelIds }: BriefAudience,
): boolean {
  const place = announcedIn ?? channelSlackId;
  if (place === null) return false;
  if (ownChannelIds.includes(place)) return true;
  return openChannelIds.includes(place) && (announcedIn !== null || !isPlacePrivate);
}
