// Weeks of shout-outs put straight into a database, for what reads them.
import { v7 as uuid } from 'uuid';
import type { Preference, Source, Visibility } from '../../src/model.js';
import type { Db } from '../../src/store/db.js';
import { insertRows } from '../../src/store/insert-rows.js';

/** A person of a week; the id of ours is `m-` and the name in lower case, Slack's the same after `U-`. */
export interface Person {
  name: string;
  preference?: Preference;
  isGuest?: boolean;
  isBot?: boolean;
  isDeactivated?: boolean;
}

export interface Given {
  /** Names. */
  by: string;
  to: string[];
  /** Slugs. */
  values?: string[];
  message?: string;
  impact?: string;
  visibility?: Visibility;
  source?: Source;
  /** Default: `C-HOME`. */
  channel?: string | null;
  isPlacePrivate?: boolean;
  /** Recipients who keep this one private. */
  hidden?: string[];
  givenAt: Date;
  withdrawnAt?: Date;
  digestId?: string;
  /** Where it is announced; null: nowhere. Default: where it was given, unless it is private or a reaction. */
  announcedIn?: string | null;
}

export const home = 'C-HOME';
export const personId = (name: string) => `m-${name.toLowerCase().replaceAll(' ', '-')}`;
export const personSlackId = (name: string) => `U-${name.toLowerCase().replaceAll(' ', '-')}`;

/** Rows that fit into one statement on both databases. */
const atOnce = 500;

export function recordPeople(db: Db, workspaceId: string, people: Person[]): Promise<void> {
  return insert(
    db,
    'Member',
    people.map(
      ({ name, preference = 'everywhere', isGuest = false, isBot = false, isDeactivated = false }) => ({
        id: personId(name),
        slackId: personSlackId(name),
        workspaceId,
        name,
        preference,
        isGuest,
        isBot,
        isDeactivated,
        fetchedAt: new Date('2026-01-01T00:00:00Z'),
      }),
    ),
  );
}

/** Values by their names; the slug is the name in lower case. */
export function recordValues(
  db: Db,
  workspaceId: string,
  values: { name: string; emoji: string; meaning?: string; retiredAt?: Date }[],
): Promise<void> {
  return insert(
    db,
    'CompanyValue',
    values.map(({ name, emoji, meaning = '', retiredAt = null }, position) => ({
      id: `v-${slugOf(name)}`,
      workspaceId,
      slug: slugOf(name),
      name,
      emoji,
      meaning,
      position,
      retiredAt,
    })),
  );
}

const slugOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');

/** Records them in their order. Returns their ids. */
export async function recordShoutouts(db: Db, workspaceId: string, given: Given[]): Promise<string[]> {
  const rows = given.map(one => ({ ...one, id: uuid() }));
  await insert(
    db,
    'Shoutout',
    rows.map(one => ({
      id: one.id,
      workspaceId,
      teamSlackId: 'T-1',
      requestKey: one.id,
      giverId: personId(one.by),
      message: one.message ?? '',
      impact: one.impact ?? '',
      visibility: one.visibility ?? 'public',
      channelSlackId: one.channel === undefined ? home : one.channel,
      isPlacePrivate: one.isPlacePrivate ?? false,
      source: one.source ?? 'command',
      givenAt: one.givenAt,
      withdrawnAt: one.withdrawnAt ?? null,
      digestId: one.digestId ?? null,
    })),
  );
  await insert(
    db,
    'ShoutoutRecipient',
    rows.flatMap(one =>
      one.to.map((name, position) => ({
        shoutoutId: one.id,
        memberId: personId(name),
        workspaceId,
        position,
        isHidden: one.hidden?.includes(name) ?? false,
      })),
    ),
  );
  await insert(
    db,
    'ShoutoutValue',
    rows.flatMap(one =>
      (one.values ?? []).map(slug => ({ shoutoutId: one.id, valueId: `v-${slug}`, workspaceId })),
    ),
  );
  await insert(
    db,
    'Post',
    rows.flatMap(one => {
      const target = announcementOf(one);
      if (!target) return [];
      return {
        id: `p-${one.id}`,
        workspaceId,
        shoutoutId: one.id,
        kind: 'announcement',
        key: 'announcement',
        target,
        state: 'posted',
        postedChannelId: target,
        postedTs: `${Math.floor(one.givenAt.getTime() / 1000)}.000100`,
        createdAt: one.givenAt,
      };
    }),
  );
  return rows.map(one => one.id);
}

function announcementOf({ announcedIn, visibility, source, channel }: Given): string | null {
  if (announcedIn !== undefined) return announcedIn;
  if (visibility === 'private' || source === 'reaction') return null;
  return channel === undefined ? home : channel;
}

async function insert(
  db: Db,
  table: Parameters<typeof insertRows>[1],
  rows: Parameters<typeof insertRows>[2],
): Promise<void> {
  for (let from = 0; from < rows.length; from += atOnce) {
    await db.transaction(tx => insertRows(tx, table, rows.slice(from, from + atOnce)));
  }
}
