// The statistics counted by hand, from the records alone and one by one: what the product's own queries are compared with.
import type { Span } from '../../src/model.js';
import type { Db } from '../../src/store/db.js';
import type { MemberCounts } from '../../src/store/stats/person.js';
import type { Spread } from '../../src/store/stats/spread.js';
import type { TeamCounts } from '../../src/store/stats/team.js';

export interface Records {
  /** Those that were not withdrawn. */
  shoutouts: {
    id: string;
    giverId: string;
    recipientIds: string[];
    valueIds: string[];
    givenAt: Date;
    source: string;
  }[];
  stays: { teamId: string; memberId: string; joinedAt: Date; leftAt: Date | null }[];
  everyoneId: string;
}

/** Everything that statistics are made of, as the database has it. */
export async function readRecords(db: Db, workspaceId: string): Promise<Records> {
  const [shoutouts, stays, everyone] = await Promise.all([
    db.read.shoutout.findMany({
      where: { workspaceId, withdrawnAt: null },
      include: { recipients: true, values: true },
    }),
    db.read.teamMember.findMany({ where: { workspaceId } }),
    db.read.team.findFirst({ where: { workspaceId, slug: 'everyone' } }),
  ]);
  return {
    shoutouts: shoutouts.map(one => ({
      ...one,
      recipientIds: one.recipients.map(recipient => recipient.memberId),
      valueIds: one.values.map(value => value.valueId),
    })),
    stays,
    everyoneId: everyone?.id ?? '',
  };
}

/** Somebody was thanked once. */
interface Thanks {
  giverId: string;
  recipientId: string;
  valueIds: string[];
  givenAt: Date;
  source: string;
}

/** The statistics of one span. */
export class ByHand {
  readonly #shoutouts: Records['shoutouts'];
  readonly #thanks: Thanks[];

  constructor(
    private readonly records: Records,
    private readonly span: Span,
  ) {
    this.#shoutouts = records.shoutouts.filter(one => one.givenAt >= span.from && one.givenAt < span.to);
    this.#thanks = this.#shoutouts.flatMap(one =>
      one.recipientIds.map(recipientId => ({ ...one, recipientId })),
    );
  }

  #isIn(memberId: string, teamId: string, at: Date): boolean {
    return this.records.stays.some(
      stay =>
        stay.memberId === memberId &&
        stay.teamId === teamId &&
        stay.joinedAt <= at &&
        (stay.leftAt === null || stay.leftAt > at),
    );
  }

  #teamsOf(memberId: string, at: Date): string[] {
    const ids = new Set(this.records.stays.map(stay => stay.teamId));
    return [...ids].filter(id => id !== this.records.everyoneId && this.#isIn(memberId, id, at));
  }

  #roster(teamId: string): Set<string> {
    const { from, to } = this.span;
    return new Set(
      this.records.stays
        .filter(
          stay =>
            stay.teamId === teamId && stay.joinedAt < to && (stay.leftAt === null || stay.leftAt > from),
        )
        .map(stay => stay.memberId),
    );
  }

  member(memberId: string): MemberCounts {
    const received = this.#thanks.filter(one => one.recipientId === memberId);
    const given = this.#shoutouts.filter(one => one.giverId === memberId);
    const ids = new Set([...received, ...given].flatMap(one => keysOf(one.valueIds)));
    return {
      received: received.length,
      given: given.length,
      receivedByReaction: received.filter(one => one.source === 'reaction').length,
      givenByReaction: given.filter(one => one.source === 'reaction').length,
      perValue: sorted(
        [...ids].map(valueId => ({
          valueId,
          received: received.filter(one => keysOf(one.valueIds).includes(valueId)).length,
          given: given.filter(one => keysOf(one.valueIds).includes(valueId)).length,
        })),
      ),
      givers: new Set(received.map(one => one.giverId)).size,
      giverTeams: new Set(received.flatMap(one => this.#teamsOf(one.giverId, one.givenAt))).size,
    };
  }

  #receivedIn(teamId: string): Thanks[] {
    return this.#thanks.filter(one => this.#isIn(one.recipientId, teamId, one.givenAt));
  }

  team(teamId: string): TeamCounts {
    const received = this.#receivedIn(teamId);
    const given = this.#thanks.filter(one => this.#isIn(one.giverId, teamId, one.givenAt));
    const within = received.filter(one => this.#isIn(one.giverId, teamId, one.givenAt)).length;
    return {
      roster: this.#roster(teamId).size,
      thanked: new Set(received.map(one => one.recipientId)).size,
      received: received.length,
      across: { within, fromOutside: received.length - within, toOutside: given.length - within },
      perValue: perValue(received).map(({ recipients: _one, ...row }) => row),
    };
  }

  /** How many different people of a team were thanked for each value. */
  valuesOfTeam(teamId: string) {
    return perValue(this.#receivedIn(teamId));
  }

  #isPresent(teamId: string, memberId: string): boolean {
    return this.records.stays.some(
      stay => stay.memberId === memberId && stay.teamId === teamId && stay.leftAt === null,
    );
  }

  /** A row for each who is in the team now, and what the others received together. */
  teamRows(teamId: string) {
    const received = this.#receivedIn(teamId);
    const sums = (own: Thanks[]) => ({
      received: own.length,
      perValue: perValue(own).map(({ recipients: _one, ...row }) => row),
    });
    const ids = [...this.#roster(teamId)].sort();
    const present = ids.filter(id => this.#isPresent(teamId, id));
    return {
      rows: present.map(id => ({ id, ...sums(received.filter(one => one.recipientId === id)) })),
      left: {
        people: ids.length - present.length,
        ...sums(received.filter(one => !present.includes(one.recipientId))),
      },
    };
  }

  workspace() {
    return {
      shoutouts: this.#shoutouts.length,
      received: this.#thanks.length,
      // Different people are counted up to ten.
      perValue: perValue(this.#thanks).map(row => ({ ...row, recipients: Math.min(row.recipients, 10) })),
    };
  }

  /** Null: of the whole workspace. */
  spread(teamId: string | null): Spread {
    const roster = this.#roster(teamId ?? this.records.everyoneId);
    const received = teamId === null ? this.#thanks : this.#receivedIn(teamId);
    const each = new Map<string, number>();
    for (const one of this.#receivedIn(teamId ?? this.records.everyoneId))
      each.set(one.recipientId, (each.get(one.recipientId) ?? 0) + 1);
    const tenth = Math.ceil(roster.size / 10);
    const most = [...each.values()].sort((one, other) => other - one).slice(0, tenth);
    const all = new Set(this.#thanks.map(one => `${one.giverId} ${one.recipientId}`));
    const pairs = [...new Set(received.map(one => `${one.giverId} ${one.recipientId}`))];
    return {
      roster: roster.size,
      thanked: each.size,
      received: received.length,
      mostThanked: { people: tenth, received: most.reduce((sum, one) => sum + one, 0) },
      pairs: pairs.length,
      returned: pairs.filter(pair => all.has(pair.split(' ').reverse().join(' '))).length,
      across: received.filter(one => {
        const teams = this.#teamsOf(one.recipientId, one.givenAt);
        return !this.#teamsOf(one.giverId, one.givenAt).some(id => teams.includes(id));
      }).length,
    };
  }
}

/** Null: without a value. */
function keysOf(valueIds: string[]): (string | null)[] {
  return valueIds.length === 0 ? [null] : valueIds;
}

function perValue(thanks: Thanks[]) {
  const ids = new Set(thanks.flatMap(one => keysOf(one.valueIds)));
  return sorted(
    [...ids].map(valueId => {
      const tagged = thanks.filter(one => keysOf(one.valueIds).includes(valueId));
      return {
        valueId,
        received: tagged.length,
        recipients: new Set(tagged.map(one => one.recipientId)).size,
      };
    }),
  );
}

/** In one order, so that two lists can be compared. */
export function sorted<Row extends { valueId: string | null }>(rows: Row[]): Row[] {
  return [...rows].sort((one, other) => ((one.valueId ?? '') < (other.valueId ?? '') ? -1 : 1));
}
