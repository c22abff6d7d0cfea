// The permission table, cell by cell, through Slack: somebody of each role tries each action, also with buttons and forms
// that were shown to somebody else.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Action,
  actionName,
  actions,
  type Condition,
  conditions,
  isGranted,
  may,
  type Part,
  parts,
  type Role,
  roles,
} from '../../src/recognition/permissions.js';
import { type DatabaseKind, databases } from '../support/databases.js';
import { changing } from './permissions/changing.js';
import { giving } from './permissions/giving.js';
import { running } from './permissions/running.js';
import { seeing } from './permissions/seeing.js';
import {
  announced,
  cast,
  day,
  missing,
  openStage,
  type Performers,
  type Stage,
} from './permissions/stage.js';

/** An action without a performer does not compile. */
const performers: Performers<Action> = { ...seeing, ...giving, ...changing, ...running };

/** Lets a condition hold, or not, and puts it back. */
const arrangements: Record<Condition, (stage: Stage, isMet: boolean) => Promise<void>> = {
  firstDay: async ({ bot }, isMet) => bot.clock.advance(isMet ? day - 1000 : day),
  guestsGive: ({ bot }, isMet) => bot.choose({ mayGuestsGive: isMet }),
  guestsReceive: ({ bot }, isMet) => bot.choose({ mayGuestsReceive: isMet }),
};

interface Cell {
  action: Action;
  role: Role;
  /** Null: nothing decides but the role. */
  condition: Condition | null;
  isMet: boolean;
}

const isPart = (role: Role): role is Part => parts.some(part => part === role);

const verdictOf = ({ action, role }: Pick<Cell, 'action' | 'role'>) =>
  may(action, isPart(role) ? ['member', role] : [role]);

const cellsOf = (action: Action, role: Role): Cell[] => {
  const verdict = verdictOf({ action, role });
  if (verdict === 'yes' || verdict === 'no') return [{ action, role, condition: null, isMet: false }];
  return [true, false].map(isMet => ({ action, role, condition: verdict, isMet }));
};

const isExpected = (cell: Cell) =>
  isGranted(verdictOf(cell), cell.condition ? { [cell.condition]: cell.isMet } : {});

const titleOf = (cell: Cell) => {
  const when = cell.condition ? ` (${conditions[cell.condition]}: ${cell.isMet ? 'so' : 'not so'})` : '';
  return `${cell.role} ${isExpected(cell) ? 'may' : 'may not'} ${actionName(cell.action)}${when}`;
};

const [sqlite, postgresql] = databases;
const some: Action[] = ['report', 'boost', 'choose'];
const runs: { database: DatabaseKind; tried: Action[] }[] = [
  { database: sqlite ?? missing('database'), tried: actions },
  { database: postgresql ?? missing('database'), tried: some },
];

describe.each(runs)('who may do what, on $database.name', ({ database, tried }) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(database);
  });
  afterAll(async () => {
    // Nobody waits for what Slack tells of people whose account is changed.
    await stage.slack.settled();
    await stage.bot.settled();
    await stage.bot.stop();
  });

  describe.each(tried)('%s', action => {
    it.each(roles.flatMap(role => cellsOf(action, role)).map(cell => [titleOf(cell), cell] as const))(
      '%s',
      async (_, cell) => {
        const { condition, isMet, role } = cell;
        const arrange = async () => {
          if (condition) await arrangements[condition](stage, isMet);
        };
        const done = await performers[action](stage, { person: cast[role], arrange });
        if (condition && condition !== 'firstDay') await arrangements[condition](stage, true);
        expect(done).toBe(isExpected(cell));
      },
    );
  });
});

describe('somebody of another organisation', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(sqlite ?? missing('database'));
  });
  afterAll(async () => {
    // Nobody waits for what Slack tells of people whose account is changed.
    await stage.slack.settled();
    await stage.bot.settled();
    await stage.bot.stop();
  });

  it('reads kindly that it is not for them, and nothing else', async () => {
    const { as, command } = stage;
    const words = 'Welcome. Shout-outs stay among the people of this workspace.';
    expect(as(cast.foreign).home?.blocks).toEqual([
      expect.objectContaining({
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: words }] }],
      }),
    ]);
    for (const [name, text] of [
      ['/shoutout', 'help'],
      ['/shoutout', 'last'],
      ['/recognition', ''],
      ['/recognition', 'stats'],
    ] as const)
      expect(await command(cast.foreign, name, text, 'with-partner')).toBe(words);
    expect(await command(cast.foreign, '/recognition', 'settings', 'with-partner')).toBe('');
    expect(as(cast.foreign).ephemerals().at(-1)?.text).toContain('Only workspace admins');
  });

  it('is told why a button does nothing, and nothing about a reaction', async () => {
    const { as, bot, give, slack } = stage;
    const { announcement } = await give();
    const message = announced({ announcement });
    const told = () => [...as(cast.foreign).ephemerals(), ...slack.directMessages(cast.foreign)];
    const before = told().length;
    await as(cast.foreign).react('general', message.ts, 'gem');
    await as(cast.foreign).react('general', as(cast.member).say('general', 'It works.').ts, 'gem');
    await bot.settled();
    expect(told()).toHaveLength(before);
    await as(cast.foreign).click({ message }, 'me_too');
    await bot.settled();
    expect(told().map(one => one.text)).toContain('Shout-outs stay among the people of this workspace.');
  });
});
