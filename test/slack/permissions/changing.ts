// What becomes of a shout-out that exists, tried through Slack.
import { givenByReaction, reacts } from './giving.js';
import { all, cast, chen, missing, type Performers, type Stage } from './stage.js';

type Changing =
  | 'addReason'
  | 'addValue'
  | 'edit'
  | 'undo'
  | 'takeBackReaction'
  | 'remove'
  | 'keepPrivate'
  | 'report'
  | 'hearReports'
  | 'settleCopy';

const find = async ({ bot }: Stage, id: string) =>
  (await bot.db.read.shoutout.findFirst({ where: { id }, include: { values: true, recipients: true } })) ??
  missing('shout-out');

const isWithdrawn = async (stage: Stage, id: string) => (await find(stage, id)).withdrawnAt !== null;

export const changing: Performers<Changing> = {
  addReason: async (stage, { person }) => {
    const { id } = await givenByReaction(stage);
    const form = await stage.formOf(stage.pressButton(cast.giver, 'add_why', id));
    const opened = await stage.pressButton(person, 'add_why', id);
    const reason = stage.thing();
    await stage.submit(person, form, { message: { value: reason } });
    return all({ opened: opened !== null, said: (await find(stage, id)).message === reason });
  },
  addValue: async (stage, { person, arrange }) => {
    const { id } = await stage.give();
    await arrange();
    await stage.pressButton(person, 'add_value:teamwork', `${id}:teamwork`);
    return (await find(stage, id)).values.length > 1;
  },
  edit: async (stage, { person, arrange }) => {
    const { id } = await stage.give();
    const form = await stage.formOf(stage.pressButton(cast.giver, 'edit_shoutout', id));
    await arrange();
    const opened = await stage.pressButton(person, 'edit_shoutout', id);
    const byMenu = await stage.pressMenu(person, 'announcement_menu', `edit:${id}`);
    const edited = stage.thing();
    await stage.submit(person, form, { message: { value: edited } });
    return all({
      opened: opened !== null,
      byMenu: byMenu !== null,
      edited: (await find(stage, id)).message === edited,
    });
  },
  undo: async (stage, { person, arrange }) => {
    const [first, second] = [await stage.give(), await stage.give()];
    const form = await stage.formOf(stage.pressMenu(cast.giver, 'announcement_menu', `undo:${second.id}`));
    await arrange();
    await stage.pressButton(person, 'undo_shoutout', first.id);
    const opened = await stage.pressMenu(person, 'announcement_menu', `undo:${second.id}`);
    await stage.submit(person, form);
    return all({
      opened: opened !== null,
      byButton: await isWithdrawn(stage, first.id),
      byForm: await isWithdrawn(stage, second.id),
    });
  },
  takeBackReaction: async (stage, { person }) => {
    const { id, about } = await givenByReaction(stage);
    await reacts(stage, 'reaction_removed', { user: person, ...about });
    return isWithdrawn(stage, id);
  },
  remove: async (stage, { person }) => {
    const { id } = await stage.give();
    const form = await stage.formOf(stage.pressMenu(cast.admin, 'announcement_menu', `remove:${id}`));
    const opened = await stage.pressMenu(person, 'announcement_menu', `remove:${id}`);
    await stage.submit(person, form);
    return all({ opened: opened !== null, removed: await isWithdrawn(stage, id) });
  },
  keepPrivate: async (stage, { person }) => {
    const [first, second] = [await stage.give(), await stage.give()];
    await stage.pressButton(person, 'keep_private', first.id);
    await stage.pressMenu(person, 'direct_menu', `keep_private:${second.id}`);
    const isHidden = async (id: string) => (await find(stage, id)).recipients.some(one => one.isHidden);
    return all({ byButton: await isHidden(first.id), byMenu: await isHidden(second.id) });
  },
  report: async (stage, { person }) => {
    const { id } = await stage.give();
    const form = await stage.formOf(stage.pressMenu(chen, 'announcement_menu', `report:${id}`));
    const opened = await stage.pressMenu(person, 'announcement_menu', `report:${id}`);
    await stage.submit(person, form, { reason: { value: 'It is unkind.' } });
    const reports = await stage.bot.db.read.report.count({ where: { shoutoutId: id } });
    return all({ opened: opened !== null, reported: reports > 0 });
  },
  hearReports: async (stage, { person }) => {
    const { id } = await stage.give();
    const form = await stage.formOf(stage.pressMenu(chen, 'announcement_menu', `report:${id}`));
    const reason = `It is unkind, ${stage.thing()}`;
    await stage.submit(chen, form, { reason: { value: reason } });
    return stage.readBy(person).includes(reason);
  },
  settleCopy: async (stage, { person }) => {
    const { bot, slack, command, thing, as, pressButton } = stage;
    const words = thing();
    slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await command(cast.giver, '/shoutout', `<@${cast.recipient}> #craft ${words}`);
    await as(cast.giver).waitForDirectMessage(words);
    const post = await bot.db.read.post.findFirst({
      where: { kind: 'announcement', state: 'uncertain', shoutout: { message: words } },
    });
    const id = post?.id ?? missing('uncertain announcement');
    await pressButton(person, 'it_is_there', id);
    const after = await bot.db.read.post.findFirst({ where: { id } });
    return after?.state === 'posted';
  },
};
