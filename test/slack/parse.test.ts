// What a person types becomes a request, and never anything else.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyValue, Recipient, Shoutout } from '../../src/model.js';
import { announcement } from '../../src/slack/messages/announcement.js';
import * as answers from '../../src/slack/messages/answers.js';
import { direct } from '../../src/slack/messages/direct.js';
import { edited, given } from '../../src/slack/messages/given.js';
import { notUnderstood } from '../../src/slack/messages/help.js';
import { report } from '../../src/slack/messages/notices.js';
import { said as plainly } from '../../src/slack/messages/parts.js';
import { placeOf } from '../../src/slack/parse/payloads.js';
import { mentionedMembers, parseText } from '../../src/slack/parse/text.js';

const values: CompanyValue[] = [
  {
    id: '1',
    slug: 'teamwork',
    formerSlugs: [],
    retiredAt: null,
    meaning: '',
    name: 'Teamwork',
    emoji: 'bee',
  },
  { id: '2', slug: 'craft', formerSlugs: [], retiredAt: null, meaning: '', name: 'Craft', emoji: 'gem' },
  { id: '3', slug: 'kindness', formerSlugs: [], retiredAt: null, meaning: '', name: 'Kindness', emoji: '+1' },
];
const parse = (text: string) => parseText(text, { values });

describe("a command's text", () => {
  it.each([
    ['<@U1|ana> #craft for it', ['U1'], ['craft'], 'for it'],
    ['<@U1> <@W2|ben> #craft #teamwork for it', ['U1', 'W2'], ['craft', 'teamwork'], 'for it'],
    ['#craft <@U1|ana> for it', ['U1'], ['craft'], 'for it'],
    ['<@U1|ana>, <@U2|ben> and <@U3|chen> for it', ['U1', 'U2', 'U3'], [], 'for it'],
    ['<@U1|ana> #craft and #teamwork for it', ['U1'], ['craft', 'teamwork'], 'for it'],
    ['<@U1|ana> and her team for it', ['U1'], [], 'and her team for it'],
    ['<@U1|ana> :gem: for it', ['U1'], ['craft'], 'for it'],
    ['<@U1|ana> 💎 for it', ['U1'], ['craft'], 'for it'],
    ['<@U1|ana> :thumbsup::skin-tone-3: for it', ['U1'], ['kindness'], 'for it'],
    ['<@U1|ana> 👍🏽 for it', ['U1'], ['kindness'], 'for it'],
    ['<@U1|ana> <#C1|craft> for it', ['U1'], ['craft'], 'for it'],
    ['<@U1|ana> #Craft for it', ['U1'], ['craft'], 'for it'],
    ['<@U1|ana> for fixing #4521', ['U1'], [], 'for fixing #4521'],
    ['<@U1|ana> #4521 is fixed', ['U1'], [], '#4521 is fixed'],
    ['<@U1|ana> for great #craft today', ['U1'], ['craft'], 'for great #craft today'],
    ['<@U1|ana> for it, in <#C1|craft>', ['U1'], ['craft'], 'for it, in #craft'],
    ['<@U1|ana> for helping <@U2|ben>', ['U1'], [], 'for helping @ben'],
    ['thanks <@U1|ana> and <@U2|ben>', ['U1', 'U2'], [], 'thanks @ana and @ben'],
    ['<@U1|ana> see <https://example.com/a?b=1&amp;c=2>', ['U1'], [], 'see https://example.com/a?b=1&c=2'],
    [
      '<@U1|ana> see <https://evil.example|example.com>',
      ['U1'],
      [],
      'see example.com (https://evil.example)',
    ],
    ['<@U1|ana> 1 &lt; 2 &amp;&amp; 3 &gt; 2', ['U1'], [], '1 < 2 && 3 > 2'],
    ['<@U1|ana> one\ntwo', ['U1'], [], 'one\ntwo'],
    ['<@U1|ana>', ['U1'], [], ''],
    ['', [], [], ''],
  ])('%s', (text, recipientSlackIds, valueSlugs, message) => {
    expect(parse(text)).toEqual({
      recipientSlackIds,
      valueSlugs,
      message,
      groups: [],
      teams: [],
      unknownValues: [],
    });
  });

  it('takes what stands like a value in front for an unknown value', () => {
    expect(parse('<@U1|ana> #crft for it')).toMatchObject({ unknownValues: ['crft'], message: 'for it' });
  });

  it('takes an emoji or a channel in front that is no value for the beginning of the sentence', () => {
    expect(parse('<@U1|ana> :tada: well done')).toMatchObject({
      unknownValues: [],
      message: ':tada: well done',
    });
    expect(parse('<@U1|ana> <#C9|general> is tidy')).toMatchObject({ message: '#general is tidy' });
  });

  it('keeps the names of groups in front', () => {
    expect(parse('<!subteam^S1|@pod-a> for it')).toMatchObject({
      groups: [{ slackId: 'S1', handle: '@pod-a' }],
      recipientSlackIds: [],
    });
    expect(parse('<!subteam^S1> <!subteam^S1> for it').groups).toEqual([{ slackId: 'S1', handle: '@group' }]);
  });

  it('names a channel that came without its name', () => {
    const channelNames = new Map([['C1', 'craft']]);
    expect(parseText('<@U1> <#C1> for it', { values, channelNames }).valueSlugs).toEqual(['craft']);
    expect(parseText('<@U1> <#C1|> for it', { values, channelNames }).valueSlugs).toEqual(['craft']);
  });

  it('turns a channel ping into plain words', () => {
    expect(parse('<@U1|ana> hello <!channel> and <!here|@here>').message).toBe('hello @channel and @here');
  });

  it('drops what could hide or reorder words', () => {
    expect(parse('<@U1|ana> a\u202Eb\u0000c\uD800d\u200Fe').message).toBe('abc\uFFFDde');
  });

  it('finds everyone mentioned, once', () => {
    expect(mentionedMembers('<@U1|ana> and <@U2> and <@U1>')).toEqual(['U1', 'U2']);
  });
});

describe('where a command was typed', () => {
  it("is nobody else's business in a direct message", () => {
    expect(placeOf({ id: 'D1', name: 'directmessage' })).toEqual({ kind: 'direct' });
    expect(placeOf({ id: 'C1', name: 'mpdm-ana--ben-1' })).toEqual({ kind: 'direct' });
    expect(placeOf({ id: 'C1', name: 'privategroup' })).toEqual({
      kind: 'channel',
      channelSlackId: 'C1',
      isPrivate: true,
    });
  });
});

describe('10,000 random inputs', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '<@U1|ana>',
      '<@U1>',
      '<@',
      '<!channel>',
      '<!here|here>',
      '<!subteam^S1|@pod>',
      '<!subteam^S1',
      '<#C1|craft>',
      '<#C1>',
      '<https://evil.example|https://bank.example>',
      '<http://x|<@U2>>',
      '&lt;!channel&gt;',
      '&lt;@U1&gt;',
      '&amp;lt;!here&amp;gt;',
      '@channel',
      '@here',
      '@everyone',
      '#craft',
      '#nope',
      ':gem:',
      ':x::skin-tone-9:',
      '💎',
      '\u202E',
      '\u0000',
      '\uD800',
      '\n',
      '|',
      '>',
      '<',
      '&',
      '`',
      '*',
      '_',
      '~',
      '[a](https://evil.example)',
      'https://slack.com@evil.example/',
      'javascript:alert(1)',
      'and',
      ',',
    ),
  );
  const input = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(' ').slice(0, 8000));
  const member = (name: string): Recipient => ({
    id: name,
    slackId: 'U1',
    name,
    timeZone: null,
    isBot: false,
    isDeactivated: false,
    isGuest: false,
    isForeign: false,
    isAdmin: false,
    isHidden: false,
    preference: 'everywhere',
    awayUntil: null,
    fetchedAt: new Date(0),
  });

  it('never throw, and nothing typed comes out as a mention, a disguised link or a channel ping', () => {
    fc.assert(
      fc.property(input, fc.string({ unit: 'grapheme', minLength: 1 }), (typed, name) => {
        const { message, unknownValues, groups } = parse(typed);
        const shoutout: Shoutout = {
          id: 's',
          workspaceId: 'w',
          giver: member(name),
          recipients: [member('Ana')],
          values,
          groups,
          message,
          impact: message,
          visibility: 'public',
          isPlacePrivate: false,
          about: null,
          channelSlackId: null,
          source: 'command',
          givenAt: new Date(0),
          answeredAt: null,
          editedAt: null,
          edits: 0,
          withdrawnAt: null,
          withdrawnHow: null,
        };
        for (const said of [
          announcement(shoutout, null),
          direct(shoutout, member('Ana'), {
            announcedAt: null,
            isAnnounced: true,
            aboutUrl: null,
            introduces: true,
          }),
          given({
            shoutout,
            announcedIn: null,
            isTeamChannel: false,
            place: { kind: 'direct' },
            isChannelChosen: false,
            values,
            giverLeftOut: false,
            left: 9,
            leftOut: [],
            hidden: [],
          }),
          edited(shoutout, { values, unreachable: true }),
          report({ by: member(name), reason: message, isPlacePrivate: false }, null),
          answers.refused({ reasons: unknownValues, message, draftId: 'd' }),
          answers.sameAgain({ earlier: shoutout, draftId: 'd' }),
          answers.last(shoutout, { changeable: true, ago: 'now' }),
          notUnderstood(typed, plainly('help')),
        ]) {
          const harms = [...harmsInText(said.text), ...harmsIn(said.blocks)];
          if (harms.length > 0) throw new Error(harms.join('; '));
        }
      }),
      { numRuns: 10_000 },
    );
  });

  function harmsInText(text: string): string[] {
    return [
      ...(/[<>]/.test(text) ? ['markup'] : []),
      ...(text.isWellFormed() ? [] : ['a lone surrogate']),
      ...(text.length > 4000 ? ['too long'] : []),
    ];
  }

  const harmless = new Set(
    'rich_text rich_text_section rich_text_quote rich_text_list text emoji link actions button overflow plain_text'.split(
      ' ',
    ),
  );

  /** Whatever is not an element that cannot ping, or is a link that shows anything but its own address. */
  function harmsIn(part: unknown): string[] {
    if (Array.isArray(part)) return part.flatMap(harmsIn);
    if (typeof part !== 'object' || part === null) return [];
    const { type, url, text } = { type: undefined, url: undefined, text: undefined, ...part };
    const harms: string[] = [];
    if (type !== undefined && !harmless.has(type)) harms.push(`an element of type ${type}`);
    if (type === 'link' && (text !== undefined || !/^https?:\/\//i.test(String(url))))
      harms.push(`a link to ${url}`);
    if (type === 'text' && text === '') harms.push('an empty text');
    return [...harms, ...Object.values(part).flatMap(harmsIn)];
  }
}, 60_000);
