// Giving and being thanked, tried through Slack.
import { all, announced, cast, chen, missing, type Performers, type Stage } from './stage.js';

type Giving = 'give' | 'giveByReaction' | 'joinIn' | 'boost' | 'receive' | 'takeUpDraft';

const isRecorded = async ({ bot }: Stage, message: string) =>
  (await bot.db.read.shoutout.count({ where: { message, withdrawnAt: null } })) > 0;

/** A reaction as Slack tells of it, whoever could see the message. */
const reacts = async (
  { bot, slack }: Stage,
  type: 'reaction_added' | 'reaction_removed',
  about: { user: string; author: string; channel: string; ts: string },
) => {
  await slack.emitEvent({
    type,
    user: about.user,
    reaction: 'gem',
    item_user: about.author,
    item: { type: 'message', channel: about.channel, ts: about.ts },
  });
  await bot.settled();
};

/** A message in #general that somebody else is said to have written. */
const messageBy = ({ as }: Stage) => as(chen).say('general', 'It works again.').ts;

/** A shout-out by the giver's reaction on a message of the recipient. */
export const givenByReaction = async (stage: Stage) => {
  const ts = messageBy(stage);
  const about = { author: cast.recipient, channel: 'C0GENERAL', ts };
  await reacts(stage, 'reaction_added', { user: cast.giver, ...about });
  const found = await stage.bot.db.read.shoutout.findFirst({ where: { aboutTs: ts } });
  return { id: found?.id ?? missing('shout-out by reaction'), about };
};

export { reacts };

export const giving: Performers<Giving> = {
  give: async (stage, { person, arrange }) => {
    const { bot, as, slack, command, submit, takeView, formOf, pressButton, thing } = stage;
    const to = person === cast.recipient ? chen : cast.recipient;
    const form = await formOf(pressButton(chen, 'give_from_home', 'give'));
    await arrange();
    const [typed, filledIn, mentioned] = [thing(), thing(), thing()];
    await command(person, '/shoutout', `<@${to}> #craft ${typed}`);
    await command(person, '/shoutout', '');
    const opened = await takeView(person);
    await as(person).globalShortcut('shoutout_anywhere');
    const fromAnywhere = await takeView(person);
    const fromHome = await pressButton(person, 'give_from_home', 'give');
    await submit(person, form, {
      recipients: { selected_users: [to] },
      message: { value: filledIn },
      channel: { selected_conversation: 'C0GENERAL' },
    });
    const ts = messageBy(stage);
    await slack.emitEvent({
      type: 'app_mention',
      user: person,
      channel: 'C0GENERAL',
      ts,
      text: `<@${slack.botUserId}> <@${to}> #craft ${mentioned}`,
    });
    await bot.settled();
    return all({
      typed: await isRecorded(stage, typed),
      form: opened !== null,
      fromAnywhere: fromAnywhere !== null,
      fromHome: fromHome !== null,
      filledIn: await isRecorded(stage, filledIn),
      mentioned: await isRecorded(stage, mentioned),
    });
  },
  giveByReaction: async (stage, { person, arrange }) => {
    await arrange();
    const ts = messageBy(stage);
    await reacts(stage, 'reaction_added', { user: person, author: chen, channel: 'C0GENERAL', ts });
    return (await stage.bot.db.read.shoutout.count({ where: { aboutTs: ts } })) > 0;
  },
  joinIn: async (stage, { person, arrange }) => {
    const { id, announcement } = await stage.give();
    const form = await stage.formOf(stage.pressButton(chen, 'me_too', id));
    await arrange();
    await stage.as(person).click({ message: announced({ announcement }) }, 'me_too');
    const opened = await stage.takeView(person);
    const joined = stage.thing();
    await stage.submit(person, form, { message: { value: joined } });
    return all({ opened: opened !== null, joined: await isRecorded(stage, joined) });
  },
  boost: async (stage, { person }) => {
    const { id, announcement } = await stage.give();
    await stage.as(person).react('general', announced({ announcement }).ts, 'gem');
    await stage.bot.settled();
    return (await stage.bot.db.read.reaction.count({ where: { effect: `boost:${id}`, isOn: true } })) > 0;
  },
  receive: async (stage, { person, arrange }) => {
    await arrange();
    const giver = person === cast.giver ? chen : cast.giver;
    const words = stage.thing();
    await stage.command(giver, '/shoutout', `<@${person}> #craft ${words}`);
    const ts = messageBy(stage);
    await reacts(stage, 'reaction_added', { user: giver, author: person, channel: 'C0GENERAL', ts });
    return all({
      typed: await isRecorded(stage, words),
      byReaction: (await stage.bot.db.read.shoutout.count({ where: { aboutTs: ts } })) > 0,
    });
  },
  takeUpDraft: async ({ bot, command, thing, pressButton }, { person }) => {
    const words = thing();
    await command(cast.giver, '/shoutout', `<@${cast.deactivated}> #craft ${words}`);
    const draft = await bot.db.read.draft.findFirst({ where: { request: { contains: words } } });
    const id = draft?.id ?? missing('draft');
    const opened = await pressButton(person, 'open_form', id);
    await pressButton(person, 'record_again', id);
    await pressButton(person, 'drop_draft', id);
    return all({
      opened: opened !== null && JSON.stringify(opened).includes(words),
      dropped: (await bot.db.read.draft.count({ where: { id } })) === 0,
    });
  },
};
