// What is said around the weekly digest: the question to the channel, and ideas for quiet weeks to the keepers.
import { weekMilliseconds } from '../../recognition/digests/around.js';
import { actions } from '../ids.js';
import { plain, richText, section } from '../text.js';
import { weekWords } from './digest.js';
import { button, buttons, type Message, said } from './parts.js';

/** In the digest's channel, in the morning of its day, once. @param at - an instant of that day */
export function invitation(at: Date, timeZone: string): Message {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone }).format(at);
  const text = `It's Shout-out ${day}. Who made your week easier?`;
  return {
    text,
    blocks: [
      richText(section(plain(text))),
      buttons(button('Give a shout-out', actions.giveShoutout, 'invitation', 'primary')),
    ],
  };
}

/** One a week, another one the next. */
const ideas = [
  'thank one person yourself next week, for something small. Others follow when somebody begins.',
  'end a team meeting with one question: who made your week easier? Then give the answers as shout-outs.',
  'ask somebody whose work is seldom seen who helped them, and invite them to say so in a shout-out.',
  'invite me to a channel where people thank each other already: there, a reaction is enough.',
];

/** After so many empty weeks in a row one last word is said of it. */
const lastEmptyWeek = 3;

/** To a keeper: no digest was posted, because nobody was thanked, and one idea; after the third week in a row a last one. */
export function idea({ week, emptyWeeks }: { week: string; emptyWeeks: number }): Message {
  const start = `There were no shout-outs in the week of ${weekWords(week)}, so no digest was posted.`;
  if (emptyWeeks >= lastEmptyWeek) {
    return said(
      `${start} It is the third such week. A suggestion: agree with two colleagues to give one shout-out each this week, where others see it. Or pause the digest until it suits you better. I write about this again when something has changed.`,
    );
  }
  const turn = Math.floor(Date.parse(week) / weekMilliseconds) % ideas.length;
  return said(`${start} One idea: ${ideas[turn] ?? ''}`);
}
