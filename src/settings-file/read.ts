// Reads the file: what can be understood of it as a request, and every mistake in the rest.
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { SlackRoster, Weekday } from '../model.js';
import type { WantedTeam } from '../recognition/rules/team-list.js';
import type { WantedValue } from '../recognition/rules/value-list.js';
import type { SnapshotRequest, WantedPerson } from '../recognition/snapshots.js';
import { cleanText } from '../slack/text.js';
import {
  digestFields,
  entries,
  fields,
  guestFields,
  limitFields,
  needFields,
  personFields,
  rosterFields,
  teamFields,
  valueFields,
} from './fields.js';
import { weekdays } from './write.js';

/** Where something in the file is wrong, and what it must be. */
export interface Mistake {
  /** Names and places in lists, from the outside in; empty: the file itself. */
  path: (string | number)[];
  words: string;
}

/** A list is not longer; nor would Slack's forms show more. */
const longestList = 200;

/** What holds more than one thing. */
const parts = [
  'digest',
  'limits',
  'needs',
  'guests',
  'reactions',
  'keepers',
  'viewers',
  'values',
  'teams',
] as const;

/** Everything that can stand at the top of the file, in the order in which it is written. */
export const topNames: readonly string[] = [...Object.keys(fields), ...parts];

type Shape = Record<string, z.ZodType>;
type Read<S extends Shape> = { [K in keyof S]?: z.infer<S[K]> };

/**
 * The file as a request. What is wrong is left out of it, so that the rest can be judged further: only where there are
 * no mistakes does the request say all that the file does.
 */
export function readDocument(json: unknown): { request: SnapshotRequest; mistakes: Mistake[] } {
  const mistakes: Mistake[] = [];
  const reader = readerOf(mistakes);
  const { known: top, rest } = reader.object(fields, json, [], parts);
  if (isObject(json) && !Object.hasOwn(json, 'format'))
    mistakes.push({ path: ['format'], words: 'is missing. Begin the file with "format": 1.' });
  const within = <S extends Shape>(part: (typeof parts)[number], shape: S): Read<S> =>
    part in rest ? reader.object(shape, rest[part], [part]).known : {};
  const digest = within('digest', digestFields);
  const limits = within('limits', limitFields);
  const needs = within('needs', needFields);
  const guests = within('guests', guestFields);
  const reactions =
    'reactions' in rest
      ? reader.object({}, rest.reactions, ['reactions'], ['uncountedEmoji', 'uncountedChannels']).rest
      : {};
  const uncounted = <T>(name: 'uncountedEmoji' | 'uncountedChannels', schema: z.ZodType<T>) => {
    if (!(name in reactions)) return undefined;
    return [...new Set(reader.list(reactions[name], ['reactions', name], reader.entry(schema)))];
  };
  const people = (name: 'keepers' | 'viewers') =>
    name in rest
      ? reader.list(rest[name], [name], (one, path, index) => wantedPersonOf(reader, one, path, index))
      : undefined;
  const values =
    'values' in rest
      ? reader.list(rest.values, ['values'], (one, path, index) => wantedValueOf(reader, one, path, index))
      : undefined;
  const teams =
    'teams' in rest
      ? reader.list(rest.teams, ['teams'], (one, path, index) => wantedTeamOf(reader, one, path, index))
      : undefined;
  const weekday = digest.weekday === undefined ? undefined : weekdays.indexOf(digest.weekday) + 1;
  const change = defined({
    isSetUp: top.setUp,
    shoutoutChannelId: top.channel,
    timeZone: top.zone,
    isDigestOn: digest.on,
    // One of the seven.
    digestWeekday: weekday as Weekday | undefined,
    digestHour: digest.hour,
    digestChannelId: digest.channel,
    isInvitationOn: digest.invitation,
    dailyLimit: limits.perDay,
    isValueRequired: needs.value,
    isMessageRequired: needs.message,
    mayGuestsGive: guests.give,
    mayGuestsReceive: guests.receive,
    uncountedEmoji: uncounted('uncountedEmoji', entries.uncountedEmoji),
    uncountedChannelIds: uncounted('uncountedChannels', entries.uncountedChannels),
  });
  const lists = defined({ keepers: people('keepers'), viewers: people('viewers'), values, teams });
  return { request: { change, ...lists }, mistakes };
}

type Reader = ReturnType<typeof readerOf>;
type Path = Mistake['path'];

function wantedPersonOf(reader: Reader, json: unknown, path: Path, index: number): WantedPerson[] {
  const { known } = reader.object(personFields, json, path);
  if (isObject(json) && !Object.hasOwn(json, 'id'))
    reader.wrong(path, 'needs the person\'s id: {"id": "U0123ABCD"}.');
  return known.id === undefined ? [] : [{ index, slackId: known.id }];
}

function wantedValueOf(reader: Reader, json: unknown, path: Path, index: number): WantedValue[] {
  const { known, rest } = reader.object(valueFields, json, path, ['formerSlugs']);
  if (!isObject(json)) return [];
  if (!Object.hasOwn(json, 'name')) reader.wrong([...path, 'name'], 'is missing.');
  const { slug, name = '', meaning, emoji, retired } = known;
  const formerSlugs =
    'formerSlugs' in rest
      ? reader.list(rest.formerSlugs, [...path, 'formerSlugs'], reader.entry(entries.formerSlugs))
      : undefined;
  return [{ index, name, ...defined({ slug, meaning, emoji, isRetired: retired, formerSlugs }) }];
}

function wantedTeamOf(reader: Reader, json: unknown, path: Path, index: number): WantedTeam[] {
  const { known, rest } = reader.object(teamFields, json, path, ['roster', 'leads']);
  if (!isObject(json)) return [];
  if (!Object.hasOwn(json, 'name')) reader.wrong([...path, 'name'], 'is missing.');
  const { slug, name = '', channel, digest } = known;
  const leads =
    'leads' in rest
      ? reader.list(rest.leads, [...path, 'leads'], (one, at, place) =>
          wantedPersonOf(reader, one, at, place),
        )
      : undefined;
  const rosters = 'roster' in rest ? rostersOf(reader, rest.roster, [...path, 'roster']) : undefined;
  const leadSlackIds = leads?.map(one => one.slackId);
  return [
    { index, name, ...defined({ slug, rosters, leadSlackIds, channelSlackId: channel, isDigestOn: digest }) },
  ];
}

function rostersOf(reader: Reader, json: unknown, path: Path): SlackRoster[] {
  const { known } = reader.object(rosterFields, json, path);
  return (['group', 'channel'] as const).flatMap(kind => {
    const slackId = known[kind];
    return slackId === undefined ? [] : [{ kind, slackId }];
  });
}

/** Reads pieces of the file and keeps what is wrong with them. */
function readerOf(mistakes: Mistake[]) {
  const wrong = (path: Path, words: string) => {
    if (!mistakes.some(one => one.words === words && one.path.join() === path.join()))
      mistakes.push({ path, words });
  };
  /** `rest`: what stands there under the names in `others`, as it is. */
  const object = <S extends Shape, N extends string = never>(
    shape: S,
    json: unknown,
    path: Path,
    others: readonly N[] = [],
  ): { known: Read<S>; rest: Partial<Record<N, unknown>> } => {
    const known: Read<S> = {};
    const rest: Partial<Record<N, unknown>> = {};
    if (!isObject(json)) {
      wrong(path, `must be an object: { … } with ${[...Object.keys(shape), ...others].join(', ')}.`);
      return { known, rest };
    }
    const names = [...Object.keys(shape), ...others];
    for (const [name, value] of Object.entries(json)) {
      const other = others.find(one => one === name);
      if (other) rest[other] = value;
      else if (Object.hasOwn(shape, name)) {
        const parsed = shape[name]?.safeParse(value);
        if (parsed?.success) known[name as keyof S] = parsed.data as Read<S>[keyof S];
        else for (const { message } of parsed?.error.issues ?? []) wrong([...path, name], message);
      } else wrong(path, unknownWords(name, names));
    }
    return { known, rest };
  };
  const list = <T>(
    json: unknown,
    path: Path,
    read: (one: unknown, path: Path, index: number) => T[],
  ): T[] => {
    if (!Array.isArray(json)) wrong(path, 'must be a list: [ … ].');
    else if (json.length > longestList) wrong(path, `has ${json.length} entries; up to ${longestList} fit.`);
    else return json.flatMap((one: unknown, index) => read(one, [...path, index], index));
    return [];
  };
  const entry =
    <T>(schema: z.ZodType<T>) =>
    (one: unknown, path: Path): T[] => {
      const parsed = schema.safeParse(one);
      if (parsed.success) return [parsed.data];
      for (const { message } of parsed.error.issues) wrong(path, message);
      return [];
    };
  return { object, list, entry, wrong };
}

function unknownWords(name: string, known: string[]): string {
  const shown = JSON.stringify(cleanText(name).slice(0, 60));
  const nearest = closest(name, known);
  return distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(1, nearest.length / 3)
    ? `does not know ${shown}. Is it "${nearest}"?`
    : `does not know ${shown}. Take it out; here can stand ${known.join(', ')}.`;
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Without what is undefined: that stays as it is. */
function defined<T extends object>(all: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
