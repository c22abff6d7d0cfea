// Reads the words and names of what a digest tells.
import type { CompanyValue } from '../../model.js';
import type { Db } from '../../store/db.js';
import { listWords } from '../../store/digest-facts.js';
import { listNames } from '../../store/digest-people.js';
import { withoutNames } from '../rules/words.js';
import { namedIn } from './choice.js';
import type { DigestEntry, DigestGroup, DigestReactions } from './digest.js';
import { namesByReaction, type Told } from './order.js';
import type { Week } from './week.js';

/** An entry before it is known under which of its values it is told. */
type Entry = Omit<DigestEntry, 'otherValues'>;

/** Entries by the shout-out's id. */
export async function entriesOf(
  db: Db,
  { scope, keepOut }: Week,
  told: Told[],
  mostRecipients: number,
): Promise<Map<string, Entry>> {
  const facts = told.flatMap(one => one.facts);
  const people = facts.flatMap(fact => [fact.giverId, ...fact.recipients.map(one => one.memberId)]);
  const [names, words] = await Promise.all([
    listNames(db, scope.workspaceId, [...new Set(people)]),
    listWords(
      db,
      scope,
      facts.map(fact => fact.id),
    ),
  ]);
  const called = (ids: string[]) => ids.flatMap(id => names.get(id) ?? []);
  return new Map(
    facts.map(fact => {
      const named = namedIn(fact, keepOut);
      const unnamed = fact.recipients.map(one => one.memberId).filter(id => !named.includes(id));
      const isGiverNamed = !keepOut.has(fact.giverId);
      const said = words.get(fact.id);
      const secret = called([...unnamed, ...(isGiverNamed ? [] : [fact.giverId])]);
      return [
        fact.id,
        {
          shoutoutId: fact.id,
          giver: isGiverNamed ? (names.get(fact.giverId) ?? null) : null,
          recipients: called(named.slice(0, mostRecipients)),
          others: Math.max(0, named.length - mostRecipients),
          words: withoutNames(said?.message || said?.impact || '', secret),
          announcement: said?.announcement ?? null,
        },
      ];
    }),
  );
}

/** The groups with their entries, in the order told. */
export function groupsOf(told: Told[], values: CompanyValue[], entries: Map<string, Entry>): DigestGroup[] {
  const byId = new Map(values.map(value => [value.id, value]));
  const known = (id: string) => byId.get(id) ?? [];
  return told.map(({ valueId, facts }) => ({
    value: valueId === null ? null : (byId.get(valueId) ?? null),
    entries: facts.flatMap(fact => {
      const entry = entries.get(fact.id);
      if (!entry) return [];
      return [{ ...entry, otherValues: fact.valueIds.filter(id => id !== valueId).flatMap(known) }];
    }),
  }));
}

/** Who was thanked by reaction, at most `mostNames` names for each value. */
export async function reactionsOf(
  db: Db,
  { scope: { workspaceId }, lookBack, keepOut, values }: Week,
  reactions: Told[],
  mostNames: number,
): Promise<DigestReactions[]> {
  const lists = reactions.map(({ valueId, facts }) => ({
    value: values.find(value => value.id === valueId) ?? null,
    ids: namesByReaction(facts, lookBack.lastThanked, keepOut),
  }));
  const shown = lists.flatMap(({ ids }) => ids.slice(0, mostNames));
  const names = await listNames(db, workspaceId, [...new Set(shown)]);
  return lists.map(({ value, ids }) => ({
    value,
    names: ids.slice(0, mostNames).flatMap(id => names.get(id) ?? []),
    others: Math.max(0, ids.length - mostNames),
  }));
}
