// What may stand in the file: each field's name and what it takes.
import { z } from 'zod';
import { isSlug } from '../recognition/rules/value-list.js';
import { emojiTyped } from '../slack/emoji.js';
import { cleanText } from '../slack/text.js';
import { formatNumber, weekdays } from './write.js';

const must = (words: string) => ({ error: `must be ${words}.` });

const yesNo = z.boolean(must('true or false'));

const channelWords = must(
  "a channel's id such as C0123ABCD. In Slack it stands at the very bottom of the channel's details",
);
const channelId = z.string(channelWords).regex(/^[CG][A-Z0-9]{2,30}$/, channelWords);

const personWords = must("a person's id such as U0123ABCD. In Slack: their profile > ⋮ > Copy member ID");
const personId = z.string(personWords).regex(/^[UW][A-Z0-9]{2,30}$/, personWords);

const emojiWords = must('one emoji, such as "gem" or "💎"');
const emoji = z.string(emojiWords).transform((typed, context) => {
  const name = emojiTyped(cleanText(typed));
  if (name !== null) return name;
  context.addIssue({ code: 'custom', message: emojiWords.error });
  return z.NEVER;
});

const line = z.string(must('text')).transform(text => cleanText(text).replace(/\s+/g, ' ').normalize('NFC'));

const slugWords = must('what people type after #, such as "own-it": small letters, digits, - and _');
const slug = z.string(slugWords).refine(isSlug, slugWords);

const wholeNumber = must('a whole number');
const hour = must('a full hour from 0 to 23');

/** Parts that hold fields, lists, and plain fields; the order is the file's. */
export const fields = {
  format: z.literal(formatNumber, must(`${formatNumber}: this version of Shoutout reads no other`)),
  setUp: yesNo,
  channel: channelId.nullable(),
  zone: z.string(must('a time zone such as "Europe/Vienna", or null')).max(100).nullable(),
};

export const digestFields = {
  on: yesNo,
  weekday: z.enum(weekdays, must(`one of ${weekdays.join(', ')}`)),
  hour: z.int(hour).min(0, hour).max(23, hour),
  channel: channelId.nullable(),
  /** The question in the morning of that day. */
  invitation: yesNo,
};

export const limitFields = { perDay: z.number(wholeNumber) };
export const needFields = { value: yesNo, message: yesNo };
export const guestFields = { give: yesNo, receive: yesNo };

export const personFields = {
  id: personId,
  /** For those who look at the file. */
  name: z.unknown(),
};

export const valueFields = {
  slug,
  name: line,
  meaning: line,
  emoji,
  retired: yesNo,
};

const teamSlugWords = must(
  'what people type after team:, such as "payments": small letters, digits, - and _',
);

export const teamFields = {
  slug: z.string(teamSlugWords).refine(isSlug, teamSlugWords),
  name: line,
  /** Its own. */
  channel: channelId.nullable(),
  digest: yesNo,
};

const groupWords = must("a user group's id such as S0123ABCD");
export const rosterFields = {
  group: z.string(groupWords).regex(/^S[A-Z0-9]{2,30}$/, groupWords),
  channel: channelId,
};

export const entries = { uncountedEmoji: emoji, uncountedChannels: channelId, formerSlugs: slug };
