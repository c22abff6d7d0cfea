// What people see, tried through Slack.
import { all, cast, chen, type Performers } from './stage.js';

type Seeing =
  | 'seeOwn'
  | 'seePrivate'
  | 'seeOthersStats'
  | 'seeTeam'
  | 'seeLooks'
  | 'seeViewers'
  | 'seeValues'
  | 'seeValuesOfTeams'
  | 'seeSettings';

export const seeing: Performers<Seeing> = {
  seeOwn: async ({ bot, as, command, shownAfter }, { person }) => {
    await as(person).openHome();
    await bot.settled();
    return all({
      home: JSON.stringify(as(person).home).includes('This quarter'),
      stats: /\d received, \d+ given/.test(await shownAfter(person, 'stats me')),
      last: /There is none|Your last shout-out/.test(await command(person, '/shoutout', 'last')),
      help: (await command(person, '/shoutout', 'help')).includes('#craft'),
      otherHelp: (await command(person, '/recognition')).includes('stats'),
    });
  },
  seePrivate: async ({ bot, as, give, pressButton, pressMenu, readBy }, { person }) => {
    const { id, words } = await give({ isPrivate: true });
    const forms = [
      await pressButton(person, 'me_too', id),
      await pressButton(person, 'edit_shoutout', id),
      await pressButton(person, 'add_why', id),
      await pressButton(person, 'keep_private', id),
      await pressMenu(person, 'direct_menu', `keep_private:${id}`),
      await pressMenu(person, 'announcement_menu', `remove:${id}`),
      await pressMenu(person, 'announcement_menu', `report:${id}`),
    ];
    await as(person).openHome();
    await bot.settled();
    return readBy(person).includes(words) || forms.some(form => form !== null);
  },
  seeOthersStats: async ({ shownAfter, pressButton, takeView }, { person }) => {
    const other = person === cast.recipient ? cast.giver : cast.recipient;
    const page = /\d received/.test(await shownAfter(person, `stats <@${other}>`));
    await pressButton(person, 'ask_stats:0', `<@${other}> quarter`);
    const sentences = await pressButton(person, 'show_thanks', `<@${other}> all`);
    await takeView(person);
    return all({ page, sentences: JSON.stringify(sentences?.view ?? '').includes('Thanks to') });
  },
  seeTeam: async ({ bot, as, command, pressButton, teamId }, { person }) => {
    const before = await bot.db.read.look.count();
    const told = as(person).ephemerals().length;
    await command(person, '/recognition', 'stats team:pod-a');
    const answer = as(person).ephemerals().slice(told);
    const names = await pressButton(person, 'unthanked', JSON.stringify({ teamId }));
    const looks = (await bot.db.read.look.count()) - before;
    await pressButton(person, 'spread', JSON.stringify({ teamId }));
    return all({
      spread: JSON.stringify(as(person).home).includes('How thanks are spread'),
      table: JSON.stringify(answer).includes('"table"'),
      names: names?.view.title?.text === 'Not thanked lately',
      isRecorded: looks === 2,
    });
  },
  seeLooks: async ({ command }, { person }) =>
    (await command(person, '/recognition', 'privacy')).includes('Who looked at your numbers'),
  seeViewers: async ({ bot, as }, { person }) => {
    await as(person).openHome();
    await bot.settled();
    return JSON.stringify(as(person).home).includes("vera may see everyone's statistics");
  },
  seeValues: async ({ command, takeView }, { person }) => {
    const answer = await command(person, '/recognition', 'values');
    return JSON.stringify([answer, await takeView(person)]).includes('Craft');
  },
  seeValuesOfTeams: async ({ give, shownAfter }, { person }) => {
    await give();
    return (await shownAfter(person, 'stats everyone')).includes('Pod A: Craft');
  },
  seeSettings: async ({ bot, as }, { person }) => {
    await as(person).openHome();
    await bot.settled();
    return JSON.stringify(as(person).home).includes('"Settings"');
  },
};

/** Somebody who never has a part in what is tried. */
export const bystander = chen;
