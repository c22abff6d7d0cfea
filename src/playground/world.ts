// The default world: one small company, with every kind of person and channel that a bot can meet.

import type { Channel, Person, World } from './things.js';

/** The one Slack team, and the app installed in it. */
export const TEAM = {
  id: 'T0SHOUTOUT',
  domain: 'sunflower-works',
  name: 'Sunflower Works',
  url: 'https://sunflower-works.slack.com/',
} as const;

/** The bot's identity in that team. */
export const BOT = { userId: 'U0SHOUTBOT', botId: 'B0SHOUT', appId: 'A0SHOUT', handle: 'shoutout' } as const;

/** A person with everything that is not said filled in: an active member of the team, in Zurich. */
export function person(given: Partial<Person> & { id: string; name: string }): Person {
  return {
    realName: given.name,
    tz: 'Europe/Zurich',
    teamId: TEAM.id,
    isAdmin: false,
    isRestricted: false,
    isBot: false,
    deactivated: false,
    ...given,
  };
}

/** A channel with everything that is not said filled in: public, nobody in it. */
export function channel(given: Partial<Channel> & { id: string; name: string }): Channel {
  return { kind: 'public', members: [], archived: false, shared: false, ...given };
}

/** A fresh copy of the default world. */
export function defaultWorld(): World {
  const team = ['U0MARTA', 'U0ANA', 'U0BEN', 'U0CHEN', 'U0DIEGO'];
  return {
    people: [
      person({ id: 'U0MARTA', name: 'marta', realName: 'Marta Keller', isAdmin: true }),
      person({ id: 'U0ANA', name: 'ana', realName: 'Ana Souza', tz: 'America/Sao_Paulo' }),
      person({ id: 'U0BEN', name: 'ben', realName: 'Ben Okafor', tz: 'Europe/London' }),
      person({ id: 'U0CHEN', name: 'chen', realName: 'Chen Wei', tz: 'Asia/Kathmandu' }),
      person({ id: 'U0DIEGO', name: 'diego', realName: 'Diego Ruiz', tz: 'Europe/Madrid' }),
      person({ id: 'U0GUEST', name: 'gwen', realName: 'Gwen Guest', isRestricted: true }),
      person({ id: 'U0SAM', name: 'sam', realName: 'Sam Silva', deactivated: true }),
      person({
        id: 'U0FINN',
        name: 'finn',
        realName: 'Finn Foreign',
        teamId: 'T0PARTNER',
        tz: 'Europe/Oslo',
      }),
      person({ id: 'U0BUILD', name: 'buildbot', realName: 'Build bot', isBot: true, botId: 'B0BUILD' }),
      person({ id: 'USLACKBOT', name: 'slackbot', realName: 'Slackbot' }),
      person({ id: BOT.userId, name: BOT.handle, realName: 'Shoutout', isBot: true, botId: BOT.botId }),
    ],
    channels: [
      channel({ id: 'C0GENERAL', name: 'general', members: [...team, 'U0GUEST', 'U0BUILD'] }),
      channel({ id: 'C0SHOUT', name: 'shoutouts', members: team }),
      channel({ id: 'C0PODA', name: 'pod-a', members: ['U0ANA', 'U0BEN', 'U0CHEN'] }),
      channel({ id: 'C0CRAFT', name: 'craft', members: ['U0MARTA', 'U0ANA', 'U0BEN'] }),
      channel({ id: 'C0SECRET', name: 'secret-plans', kind: 'private', members: ['U0MARTA', 'U0ANA'] }),
      channel({
        id: 'C0SHARED',
        name: 'with-partner',
        shared: true,
        members: ['U0MARTA', 'U0ANA', 'U0FINN'],
      }),
      channel({ id: 'D0ANABEN', name: 'U0BEN', kind: 'im', members: ['U0ANA', 'U0BEN'] }),
    ],
    groups: [{ id: 'S0PODA', handle: 'pod-a', name: 'Pod A', members: ['U0ANA', 'U0BEN', 'U0CHEN'] }],
    emoji: {
      sunflower_works: 'https://emoji.slack-edge.com/T0SHOUTOUT/sunflower_works/1.png',
      sunflowers: 'alias:sunflower_works',
    },
  };
}
