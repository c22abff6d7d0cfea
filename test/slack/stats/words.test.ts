// What can be typed after `/recognition stats`, and what is said where it is not understood.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeptValue, Team } from '../../../src/model.js';
import { nearestMeant } from '../../../src/recognition/stats/nearest.js';
import { type PeriodWish, usualPeriod } from '../../../src/recognition/stats/periods.js';
import type { Whom } from '../../../src/recognition/stats/question.js';
import { parseStats, statsTyped } from '../../../src/slack/parse/stats.js';

const value = (name: string, emoji: string, formerSlugs: string[] = []): KeptValue => ({
  id: `v-${name}`,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  formerSlugs,
  name,
  meaning: '',
  emoji,
  retiredAt: null,
  position: 0,
  version: 0,
});

const team = (name: string, roster: Team['roster']): Team => ({
  id: `t-${name}`,
  workspaceId: 'w',
  name,
  slug: name.toLowerCase().replaceAll(' ', '-'),
  roster,
  leads: [],
  channelSlackId: null,
  isDigestOn: false,
  digestSince: null,
  refreshedAt: null,
  version: 0,
});

const craft = value('Craft', 'gem', ['quality']);
const ownIt = value('Own it', 'key');
const kindness = value('Kindness', 'heart');
const podA = team('Pod A', { kind: 'group', slackId: 'S0PODA' });
const payments = team('Payments', { kind: 'channel', slackId: 'C0PAY' });
const craftTeam = team('Craft', { kind: 'channel', slackId: 'C0CRAFTERS' });
const month = team('Month', { kind: 'channel', slackId: 'C0MONTH' });
const everyone = team('Everyone', { kind: 'everyone' });
const vocabulary = {
  values: [craft, ownIt, kindness],
  teams: [craftTeam, month, payments, podA, everyone],
};
const today = '2026-05-13';

const read = (text: string) => parseStats(text, vocabulary);
const ofTeam = (one: Team): Whom => ({ kind: 'team', team: one });

describe('words after stats', () => {
  it.each<[string, Whom]>([
    ['', { kind: 'usual' }],
    ['me', { kind: 'me' }],
    ['Me', { kind: 'me' }],
    ['team', { kind: 'led' }],
    ['my team', { kind: 'led' }],
    ['my', { kind: 'me' }],
    ['myself', { kind: 'me' }],
    ['everyone', { kind: 'everyone' }],
    ['<!everyone>', { kind: 'everyone' }],
    ['<@U0ANA|ana>', { kind: 'member', slackId: 'U0ANA' }],
    ['<@U0ANA>', { kind: 'member', slackId: 'U0ANA' }],
    ['<!subteam^S0PODA|@pod-a>', ofTeam(podA)],
    ['<!subteam^S0PODA>', ofTeam(podA)],
    ['<#C0PAY|pay>', ofTeam(payments)],
    ['Pod A', ofTeam(podA)],
    ['pod-a', ofTeam(podA)],
    ['team:pod-a', ofTeam(podA)],
    ['team:Pod A', ofTeam(podA)],
    ['team: pod a', ofTeam(podA)],
    ['PAYMENTS', ofTeam(payments)],
    ['team:everyone', ofTeam(everyone)],
    ['team:month', ofTeam(month)],
    ['team:craft', ofTeam(craftTeam)],
  ])('%j names whom', (text, whom) => {
    expect(read(text)).toEqual({ question: { whom, value: null, wish: null }, faults: [], ambiguous: null });
  });

  it.each([
    ['#craft', craft],
    ['#Craft', craft],
    ['#quality', craft],
    ['quality', craft],
    [':gem:', craft],
    ['💎', craft],
    ['<#C0X|craft>', craft],
    ['own it', ownIt],
    ['Own it', ownIt],
    ['#own-it', ownIt],
    [':heart:', kindness],
    ['❤️', kindness],
  ])('%j names a value', (text, named) => {
    expect(read(text).question).toEqual({ whom: { kind: 'usual' }, value: named, wish: null });
    expect(read(text).faults).toEqual([]);
  });

  it.each<[string, PeriodWish]>([
    ['week', { kind: 'week' }],
    ['this month', { kind: 'month' }],
    ['ALL', { kind: 'all' }],
    ['last month', { kind: 'last', of: 'month' }],
    ['the last quarter', { kind: 'last', of: 'quarter' }],
    ['2026', { kind: 'yearOf', year: 2026 }],
    ['October', { kind: 'latestMonth', month: 10 }],
    ['in october 2025', { kind: 'monthOf', year: 2025, month: 10 }],
    ['Q3', { kind: 'latestQuarter', quarter: 3 }],
    ['today', { kind: 'today' }],
    ['yesterday', { kind: 'yesterday' }],
    ['2026-03', { kind: 'monthOf', year: 2026, month: 3 }],
    ['2026-q1', { kind: 'quarterOf', year: 2026, quarter: 1 }],
    ['2026-01-01..2026-03-31', { kind: 'days', first: '2026-01-01', last: '2026-03-31' }],
  ])('%j names a period', (text, wish) => {
    expect(read(text).question).toEqual({ whom: { kind: 'usual' }, value: null, wish });
  });

  it('come in any order, with commas and small words between them', () => {
    const asked = { whom: ofTeam(podA), value: ownIt, wish: { kind: 'month' } };
    for (const text of [
      'Pod A own it month',
      'month pod-a #own-it',
      'own it, Pod A, month',
      'for <!subteam^S0PODA|@pod-a> in the month: #own-it'.replace('month:', 'month'),
    ])
      expect(read(text), text).toEqual({ question: asked, faults: [], ambiguous: null });
  });

  it('take a word that is a value and a team for the value, and say so', () => {
    expect(read('craft')).toEqual({
      question: { whom: { kind: 'usual' }, value: craft, wish: null },
      faults: [],
      ambiguous: { value: craft, team: craftTeam },
    });
    expect(read('#craft').ambiguous).toBeNull();
    expect(read('team:craft #craft').question).toEqual({ whom: ofTeam(craftTeam), value: craft, wish: null });
  });

  it('take the name of a month for the team or the value that is called so', () => {
    const may = team('May', { kind: 'channel', slackId: 'C0MAY' });
    const april = value('April', 'tulip');
    const called = { values: [april], teams: [may] };
    expect(parseStats('may', called).question).toEqual({ whom: ofTeam(may), value: null, wish: null });
    expect(parseStats('april', called).question.value).toBe(april);
    const question = { whom: ofTeam(may), value: april, wish: { kind: 'latestMonth' as const, month: 5 } };
    expect(parseStats('month:may team:may april', called)).toEqual({ question, faults: [], ambiguous: null });
    expect(parseStats(statsTyped(question), called).question).toEqual(question);
  });

  it('say twice what was said once is no fault; two of a kind is one', () => {
    expect(read('#craft 💎 quality').faults).toEqual([]);
    expect(read('<@U0ANA|ana> <@U0BEN|ben>').faults).toEqual([
      { kind: 'several', of: 'whom', typed: ['@ana', '@ben'] },
    ]);
    expect(read('month #craft 2026-03 #kindness').faults).toEqual([
      { kind: 'several', of: 'value', typed: ['#craft', '#kindness'] },
      { kind: 'several', of: 'period', typed: ['month', '2026-03'] },
    ]);
  });

  it('name what is not understood, words that stand together as one', () => {
    expect(read('pod b #craft quater').faults).toEqual([
      { kind: 'unknown', typed: 'pod b' },
      { kind: 'unknown', typed: 'quater' },
    ]);
    expect(read('<!subteam^S0NONE|@design>').faults).toEqual([{ kind: 'noTeam', typed: '@design' }]);
    expect(read('<#C0NONE|random>').faults).toEqual([{ kind: 'noTeam', typed: '#random' }]);
    expect(read('@somebody').faults).toEqual([{ kind: 'noPerson', typed: '@somebody' }]);
  });

  it('are kept by a button as they would be typed', () => {
    const wishes: PeriodWish[] = [
      usualPeriod,
      { kind: 'all' },
      { kind: 'today' },
      { kind: 'last', of: 'week' },
      { kind: 'last', of: 'year' },
      { kind: 'yearOf', year: 2025 },
      { kind: 'latestMonth', month: 5 },
      { kind: 'latestQuarter', quarter: 3 },
      { kind: 'monthOf', year: 2026, month: 3 },
      { kind: 'quarterOf', year: 2026, quarter: 1 },
      { kind: 'days', first: '2026-01-01', last: '2026-03-31' },
    ];
    const whoms: Whom[] = [
      { kind: 'usual' },
      { kind: 'me' },
      { kind: 'led' },
      { kind: 'everyone' },
      { kind: 'member', slackId: 'U0ANA' },
      ...vocabulary.teams.map(ofTeam),
    ];
    for (const whom of whoms)
      for (const one of [null, ...vocabulary.values])
        for (const wish of wishes) {
          const question = { whom, value: one, wish };
          expect(read(statsTyped(question))).toEqual({ question, faults: [], ambiguous: null });
        }
  });

  it('never fail, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), text => {
        const { faults, question } = read(text);
        expect(question.whom.kind).toBeDefined();
        for (const fault of faults)
          if (fault.kind === 'unknown') nearestMeant(fault.typed, vocabulary, today);
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe('the nearest that would be understood', () => {
  it.each([
    ['quater', 'quarter'],
    ['everybody', 'everyone'],
    ['teams', 'team'],
    ['crafts', '#craft'],
    ['#kindnes', '#kindness'],
    ['ownit', '#own-it'],
    ['pod b', 'team:pod-a'],
    ['team:paiments', 'team:payments'],
    ['Mar', '2026-03'],
    ['march 2025', '2025-03'],
    ['q1', '2026-Q1'],
    ['Q4', '2025-Q4'],
    ['q2 2025', '2025-Q2'],
    ['2025/03', '2025-03'],
    ['2026-3', '2026-03'],
    ['2025/', '2025'],
    ['last moth', 'last month'],
    ['octobr', 'october'],
    ['2026-03-31..2026-01-01', '2026-01-01..2026-03-31'],
    ['2026-03-03', '2026-03-03..2026-03-03'],
  ])('to %j is %j', (typed, meant) => {
    expect(nearestMeant(typed, vocabulary, today)).toBe(meant);
    expect(read(meant).faults).toEqual([]);
  });

  it.each(['zebra', '2026-13', '#zzz', 'team:zzz', '', 'xyzzy plugh'])('to %j is nothing', typed => {
    expect(nearestMeant(typed, vocabulary, today)).toBeNull();
  });
});
