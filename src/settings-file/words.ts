// What is said about the file: its mistakes, and what it changed.
import type { SnapshotFault } from '../recognition/snapshots.js';
import { settingsFaultWords } from '../slack/messages/settings.js';
import { faultWords as teamFaultWords } from '../slack/teams/words.js';
import { cleanText, cutText } from '../slack/text.js';
import { faultWords } from '../slack/values/words.js';
import type { Mistake } from './read.js';
import type { SettingsDocument } from './write.js';

/** What the workspace finds wrong with the request, as a mistake in the file. */
export function mistakeOf(fault: SnapshotFault): Mistake {
  switch (fault.at) {
    case 'choices':
      return { path: choicePath(fault.fault.code), words: settingsFaultWords(fault.fault) };
    case 'keepers':
    case 'viewers':
      return { path: [fault.at, fault.index], words: personWords(fault) };
    case 'values':
      return valueMistake(fault);
    case 'teams':
      return teamMistake(fault);
  }
}

type ValueFault = Extract<SnapshotFault, { at: 'values' }>;
type PersonFault = Extract<SnapshotFault, { at: 'keepers' | 'viewers' }>;

function choicePath(code: Extract<SnapshotFault, { at: 'choices' }>['fault']['code']): string[] {
  switch (code) {
    case 'badTimeZone':
      return ['zone'];
    case 'badDailyLimit':
      return ['limits', 'perDay'];
    case 'noKeepers':
    case 'cannotKeep':
      return ['keepers'];
    case 'cannotView':
      return ['viewers'];
    case 'badDigestTime':
      return ['digest'];
    case 'closedChannel':
      return [];
  }
}

function personWords({ at, slackId, trouble }: PersonFault): string {
  if (trouble === 'unknown') return unknownWords(slackId);
  const code = at === 'keepers' ? 'cannotKeep' : 'cannotView';
  return settingsFaultWords({ code, names: [cleanText(trouble.name)] });
}

function unknownWords(slackId: string): string {
  return `${slackId} is not known yet: start the bot once, so that it learns who is there. If it has been running, mend the id.`;
}

function teamMistake({ index, fault }: Extract<SnapshotFault, { at: 'teams' }>): Mistake {
  const at = (field: string, words: string) => ({ path: ['teams', index, field], words });
  switch (fault.code) {
    case 'nameTaken':
      return at('slug', `team:${fault.slug} is ${cleanText(fault.by)}, and can mean one team only.`);
    case 'nameReserved':
      return at('slug', teamFaultWords(fault));
    case 'noName':
    case 'nameTooLong':
    case 'nameWithoutLetter':
      return at('name', teamFaultWords(fault));
    case 'noRoster':
    case 'twoRosters':
    case 'closedRoster':
      return at('roster', 'must be one of {"group": "S0123ABCD"} and {"channel": "C0123ABCD"}.');
    case 'unknownLead':
      return at('leads', unknownWords(fault.slackId));
    case 'cannotLead':
    case 'tooManyLeads':
      return at('leads', cleanText(teamFaultWords(fault)));
    case 'closedChannel':
      return at('channel', teamFaultWords(fault));
    case 'digestWithoutChannel':
      return at('digest', "needs the team's own channel: name one, or say false.");
    case 'tooManyTeams':
      return { path: ['teams'], words: teamFaultWords(fault) };
  }
}

function valueMistake({ index, fault }: ValueFault): Mistake {
  const at = (field: string, words: string) => ({ path: ['values', index, field], words });
  switch (fault.code) {
    case 'badSlug':
      return at('slug', 'must be what people type after #, such as "own-it".');
    case 'nameTaken':
      return at('slug', takenWords(fault));
    case 'formerSlugTaken':
      return at('formerSlugs', takenWords(fault));
    case 'noName':
    case 'nameTooLong':
    case 'nameWithoutLetter':
      return at('name', faultWords(fault));
    case 'meaningTooLong':
      return at('meaning', faultWords(fault));
    case 'noEmoji':
    case 'emojiTaken':
    case 'emojiIsGeneral':
      return at('emoji', faultWords(fault));
    case 'tooManyValues':
      return { path: ['values'], words: faultWords(fault) };
  }
}

function takenWords({ slug, by }: { slug: string; by: { name: string; slug: string } }): string {
  const since = by.slug === slug ? 'is' : 'still means';
  return `#${slug} ${since} ${cleanText(by.name)}, and can mean one value only. Choose another, or make them one.`;
}

/** One mistake in a line: where, and what to do. `json`: the file, for what its values are called. */
export function mistakeLine({ path, words }: Mistake, json: unknown): string {
  const [list, index] = path;
  const label =
    (list === 'values' || list === 'teams') && typeof index === 'number' ? nameIn(json, list, index) : '';
  const where = path.map(one => (typeof one === 'number' ? `no. ${one + 1}` : one));
  if (label) where[1] = `${where[1]} (${label})`;
  return where.length > 0 ? `${where.join(' > ')}: ${words}` : `The file: ${words}`;
}

/** What the file calls one of its values or teams; empty where that is nothing to show. */
function nameIn(json: unknown, list: string, index: number): string {
  const values: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, list) : null;
  const value: unknown = Array.isArray(values) ? values[index] : null;
  if (typeof value !== 'object' || value === null) return '';
  const name = [Reflect.get(value, 'slug'), Reflect.get(value, 'name')].find(one => typeof one === 'string');
  return cutText(cleanText(name ?? '').replace(/\s+/g, ' '), 40);
}

/** What differs, a line each; empty: nothing does. */
export function changeLines(before: SettingsDocument, after: SettingsDocument): string[] {
  const { keepers, viewers, values, teams, ...plain } = after;
  return [
    ...Object.entries(plain).flatMap(([name, now]) =>
      plainLines([name], before[name as keyof typeof plain], now),
    ),
    ...peopleLines('keepers', before.keepers, keepers),
    ...peopleLines('viewers', before.viewers, viewers),
    ...valueLines(before.values, values),
    ...teamLines(before.teams, teams),
  ];
}

function plainLines(path: string[], before: unknown, after: unknown): string[] {
  if (typeof after === 'object' && after !== null && !Array.isArray(after))
    return Object.entries(after).flatMap(([name, now]) =>
      plainLines([...path, name], Reflect.get(Object(before), name), now),
    );
  const [was, is] = [shown(before), shown(after)];
  return was === is ? [] : [`${path.join(' > ')}: ${is} instead of ${was}`];
}

function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

type Person = SettingsDocument['keepers'][number];

function peopleLines(list: string, before: Person[], after: Person[]): string[] {
  const lacks = (people: Person[], { id }: Person) => !people.some(one => one.id === id);
  const words = ({ id, name }: Person) => `${cleanText(name)} (${id})`;
  return [
    ...after.filter(one => lacks(before, one)).map(one => `${list}: ${words(one)} is new`),
    ...before.filter(one => lacks(after, one)).map(one => `${list}: ${words(one)} no longer`),
  ];
}

type Value = SettingsDocument['values'][number];

function valueLines(before: Value[], after: Value[]): string[] {
  const names = ({ slug, formerSlugs }: Value) => [slug, ...formerSlugs];
  const same = (one: Value, other: Value) =>
    names(one).includes(other.slug) || names(other).includes(one.slug);
  const found = (values: Value[], one: Value) =>
    values.find(other => other.slug === one.slug) ?? values.find(other => same(one, other));
  const lines = after.flatMap(now => {
    const was = found(before, now);
    if (!was) return [`values: ${now.name} (#${now.slug}) is new${now.retired ? ', and retired' : ''}`];
    return plainLines(['values', was.slug], was, now).map(line => line.replaceAll('\n', ' '));
  });
  const gone = before.filter(was => !found(after, was));
  const kept = (values: Value[], among: Value[]) =>
    values.filter(one => found(among, one)).map(one => found(among, one)?.slug);
  const order =
    kept(after, before).join() ===
    before
      .filter(one => found(after, one))
      .map(one => one.slug)
      .join();
  return [
    ...lines,
    ...gone.map(was => `values: ${was.name} (#${was.slug}) is deleted; it was never given`),
    ...(order ? [] : [`values: in this order: ${after.map(one => one.slug).join(', ')}`]),
  ];
}

type Team = SettingsDocument['teams'][number];

function teamLines(before: Team[], after: Team[]): string[] {
  const shownAs = ({ roster, leads, ...team }: Team) => ({
    ...team,
    roster: Object.entries(roster).flat().join(' '),
    leads: leads.map(one => `${cleanText(one.name)} (${one.id})`),
  });
  const found = (teams: Team[], one: Team) =>
    teams.find(other => other.slug === one.slug) ?? teams.find(other => other.name === one.name);
  return [
    ...after.flatMap(now => {
      const was = found(before, now);
      if (!was) return [`teams: ${cleanText(now.name)} (team:${now.slug}) is new`];
      return plainLines(['teams', was.slug], shownAs(was), shownAs(now));
    }),
    ...before
      .filter(was => !found(after, was))
      .map(was => `teams: ${cleanText(was.name)} (team:${was.slug}) is deleted, with who was in it when`),
  ];
}
