// What people choose for themselves, and what is chosen for the workspace, tried through Slack.
import { addTeam } from '../../support/teams.js';
import { all, cast, chen, missing, type Performers, type Stage } from './stage.js';

type Running =
  | 'choose'
  | 'setAway'
  | 'beKeeper'
  | 'beViewer'
  | 'beLead'
  | 'readDigest'
  | 'beBriefed'
  | 'keepDigest'
  | 'settleDigest'
  | 'changeValues'
  | 'changeTeams'
  | 'changeSettings';

const radio = (value: string) => ({
  type: 'radio_buttons',
  action_id: 'preference',
  options: [{ text: { type: 'plain_text', text: '?' }, value }],
});

const memberOf = async ({ bot }: Stage, slackId: string) =>
  (await bot.db.read.member.findFirst({ where: { slackId } })) ?? missing('member');

/** An admin names somebody in the settings. */
const name = async (stage: Stage, field: 'keepers' | 'viewers', slackIds: string[]) => {
  const form = await stage.formOf(stage.pressButton(cast.admin, 'open_settings', 'people'));
  await stage.submit(cast.admin, form, { [field]: { selected_users: slackIds } });
};

/** A form that an admin opens from the list of teams: of a new one, or of one in the list. */
const teamFormOf = async (stage: Stage, teamId: string | null, choice: 'change' | 'delete' = 'change') => {
  const { as, command, takeView } = stage;
  await command(cast.admin, '/recognition', 'teams');
  const view = as(cast.admin).view ?? missing('list');
  if (teamId === null) await as(cast.admin).click({ view }, 'new_team');
  else await as(cast.admin).click({ view }, 'team_menu', { blockId: teamId, value: `${choice}:${teamId}:0` });
  return (await takeView(cast.admin)) ?? missing('form');
};

const restore = ({ bot }: Stage) =>
  bot.choose({ dailyLimit: 1000 }, { keeperSlackIds: [cast.keeper], viewerSlackIds: [cast.viewer] });

export const running: Performers<Running> = {
  choose: async (stage, { person }) => {
    const { bot, press, pressButton } = stage;
    const { id } = await memberOf(stage, person);
    await press(person, radio('notInDigest'), { value: 'notInDigest' });
    const { preference } = await memberOf(stage, person);
    await press(person, { type: 'datepicker', action_id: 'away_until' }, { value: '2026-12-24' });
    const { awayUntil } = await memberOf(stage, person);
    await bot.db.write.member.updateMany({
      where: { id },
      data: { preference: 'onlyPrivately', awayUntil: '2026-12-23' },
    });
    await pressButton(person, 'public_again', 'none');
    await pressButton(person, 'back', 'back');
    await pressButton(person, 'stop_asking', 'none');
    const after = await memberOf(stage, person);
    await bot.db.write.member.updateMany({
      where: { id },
      data: { preference: 'everywhere', awayUntil: null, isAskedWhy: true },
    });
    return all({
      preference: preference === 'notInDigest',
      away: awayUntil === '2026-12-24',
      publicAgain: after.preference === 'everywhere',
      back: after.awayUntil === null,
      stopAsking: !after.isAskedWhy,
    });
  },
  setAway: async (stage, { person }) => {
    const { bot, command } = stage;
    const leads = [cast.leadOfTeam];
    const teamId = await addTeam(bot, { name: 'Resting', slug: 'resting', members: [chen, person], leads });
    const other = await addTeam(bot, {
      name: 'Others',
      slug: 'others',
      members: [],
      leads: [cast.otherLead],
    });
    await command(person, '/recognition', `away <@${chen}|chen> 2026-12-24`);
    const { awayUntil } = await memberOf(stage, chen);
    await bot.db.write.member.updateMany({ where: { slackId: chen }, data: { awayUntil: '2026-12-23' } });
    await command(person, '/recognition', `away back <@${chen}>`);
    const after = await memberOf(stage, chen);
    await bot.db.write.member.updateMany({ where: { slackId: chen }, data: { awayUntil: null } });
    await bot.db.write.team.deleteMany({ where: { id: { in: [teamId, other] } } });
    return all({ away: awayUntil === '2026-12-24', back: after.awayUntil === null });
  },
  beKeeper: async (stage, { person }) => {
    await name(stage, 'keepers', [cast.admin, person]);
    const named = await stage.bot.db.read.keeper.count({ where: { member: { slackId: person } } });
    const isNamed = named > 0 && person !== cast.keeper;
    await restore(stage);
    return isNamed || person === cast.keeper;
  },
  beViewer: async (stage, { person }) => {
    await name(stage, 'viewers', [cast.admin, person]);
    const named = await stage.bot.db.read.viewer.count({ where: { member: { slackId: person } } });
    await restore(stage);
    return named > 0;
  },
  beLead: async (stage, { person }) => {
    const { bot, submit } = stage;
    const teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: [] });
    const form = await teamFormOf(stage, teamId, 'change');
    const leads = { selected_users: [person] };
    await submit(cast.admin, form, {
      leads,
      group: { selected_option: null },
      roster_channel: { selected_conversation: 'C0PODA' },
    });
    const named = await bot.db.read.teamLead.count({ where: { teamId, member: { slackId: person } } });
    await bot.db.write.team.deleteMany({ where: { id: teamId } });
    return named > 0;
  },
  readDigest: async (stage, { person }) => {
    const { bot, pressButton, takeView } = stage;
    const data = { workspaceId: bot.workspace.id, week: '2026-01-05' };
    const where = { workspaceId_teamId_week: { ...data, teamId: '' } };
    const { id } = await bot.db.write.digest.upsert({ where, create: { id: 'digest', ...data }, update: {} });
    await takeView(person);
    return (await pressButton(person, 'show_all', id)) !== null;
  },
  beBriefed: async (stage, { person }) => {
    const { bot, as, pressButton } = stage;
    const leads = [cast.leadOfTeam];
    const teamId = await addTeam(bot, { name: 'Briefed', slug: 'briefed', members: [chen], leads });
    await as(person).openHome();
    await bot.settled();
    const isOffered = JSON.stringify(as(person).home?.blocks).includes('who in your team was thanked');
    await pressButton(person, 'stop_briefs', 'brief');
    const { isBriefed } = await memberOf(stage, person);
    await bot.db.write.member.updateMany({ data: { isBriefed: true } });
    await bot.db.write.team.deleteMany({ where: { id: teamId } });
    return all({ offered: isOffered, stopped: !isBriefed });
  },
  keepDigest: async (stage, { person }) => {
    const { bot, command } = stage;
    const isOn = async () => (await bot.db.read.settings.findFirst())?.isDigestOn !== false;
    await bot.choose({ isDigestOn: true, digestChannelId: 'C0GENERAL' });
    await command(person, '/recognition', 'digest pause');
    const isPaused = !(await isOn());
    await bot.choose({ isDigestOn: false });
    await command(person, '/recognition', 'digest resume');
    const isResumed = await isOn();
    await bot.choose({ isDigestOn: true });
    await command(person, '/recognition', 'digest skip 2027-01-01');
    const skipped = await bot.db.write.digest.deleteMany({ where: { state: 'skipped' } });
    await bot.choose({ digestChannelId: null });
    return all({ pause: isPaused, resume: isResumed, skip: skipped.count > 0 });
  },
  settleDigest: async (stage, { person }) => {
    const { bot, slack, command, pressButton } = stage;
    await bot.choose({ digestChannelId: 'C0GENERAL' });
    await bot.db.write.digest.updateMany({ data: { state: 'open' } });
    await bot.db.write.post.deleteMany({ where: { digestId: { not: null } } });
    await stage.give();
    // Whatever is on its way to somebody is there before the one answer is lost.
    await bot.tick();
    await bot.settled();
    slack.trouble.loseAnswer('chat.postMessage', { times: 1 });
    await command(cast.keeper, '/recognition', 'digest now');
    await bot.settled();
    const post = await bot.db.read.post.findFirst({ where: { kind: 'digest', state: 'uncertain' } });
    const id = post?.id ?? missing('uncertain digest');
    await pressButton(person, 'it_is_there', id);
    const after = await bot.db.read.post.findFirst({ where: { id } });
    await bot.choose({ digestChannelId: null });
    return after?.state === 'posted';
  },
  changeValues: async (stage, { person }) => {
    const { bot, as, command, takeView, pressButton, pressMenu, submit } = stage;
    await command(cast.admin, '/recognition', 'values');
    await as(cast.admin).click({ view: as(cast.admin).view ?? missing('list') }, 'new_value');
    const form = (await takeView(cast.admin)) ?? missing('form');
    const texts = { name: 'Nerve', emoji: ':rocket:', meaning: '' };
    for (const block of Object.values(form.values))
      for (const field of ['name', 'emoji', 'meaning'] as const)
        if (block[field]) block[field] = { ...block[field], value: texts[field] };
    await command(person, '/recognition', 'values');
    const byCommand = await takeView(person);
    const byButton = await pressButton(person, 'open_values', 'values');
    await submit(person, form);
    const kindness = { where: { slug: 'kindness' } };
    const { id, version } = (await bot.db.read.companyValue.findFirst(kindness)) ?? missing('value');
    await pressMenu(person, 'value_menu', `retire:${id}:${version}`);
    const retired = await bot.db.read.companyValue.findFirst(kindness);
    const { count: added } = await bot.db.write.companyValue.deleteMany({ where: { name: 'Nerve' } });
    await bot.db.write.companyValue.updateMany({ ...kindness, data: { retiredAt: null } });
    return all({
      byCommand: byCommand !== null,
      byButton: byButton !== null,
      added: added > 0,
      retired: retired?.retiredAt != null,
    });
  },
  changeTeams: async (stage, { person }) => {
    const { bot, command, takeView, pressButton, submit } = stage;
    const teamId = await addTeam(bot, { name: 'Payments', slug: 'payments', members: [] });
    const [form, question] = [await teamFormOf(stage, null), await teamFormOf(stage, teamId, 'delete')];
    await command(person, '/recognition', 'teams');
    const byCommand = await takeView(person);
    const byButton = await pressButton(person, 'open_teams', 'teams');
    await submit(person, form, {
      name: { value: 'Checkout' },
      roster_channel: { selected_conversation: 'C0PODA' },
    });
    await submit(person, question);
    const isDeleted = (await bot.db.read.team.count({ where: { id: teamId } })) === 0;
    const isAdded = (await bot.db.read.team.count({ where: { slug: 'checkout' } })) > 0;
    await bot.db.write.team.deleteMany({ where: { slug: { in: ['payments', 'checkout'] } } });
    return all({
      byCommand: byCommand !== null,
      byButton: byButton !== null,
      added: isAdded,
      deleted: isDeleted,
    });
  },
  changeSettings: async (stage, { person }) => {
    const { bot, command, takeView, formOf, pressButton, submit } = stage;
    const limit = async () => (await bot.db.read.settings.findFirst())?.dailyLimit;
    const isSetUp = async () => (await bot.db.read.settings.findFirst())?.setUpAt != null;
    const form = await formOf(pressButton(cast.admin, 'open_settings', 'giving'));
    await command(person, '/recognition', 'settings');
    const byCommand = await takeView(person);
    const byButton = await pressButton(person, 'open_settings', 'giving');
    await submit(person, form, { daily_limit: { value: '999' } });
    const saved = (await limit()) === 999;
    await bot.choose({ isSetUp: false });
    const firstSteps = await formOf(pressButton(cast.admin, 'set_up', 'set_up'));
    const setUpByButton = await pressButton(person, 'set_up', 'set_up');
    await command(person, '/recognition', 'setup');
    const setUpByCommand = await takeView(person);
    await submit(person, firstSteps, { keepers: { selected_users: [cast.keeper] } });
    const isDone = await isSetUp();
    await bot.choose({ isSetUp: true });
    await restore(stage);
    return all({
      byCommand: byCommand !== null,
      byButton: byButton !== null,
      saved,
      setUpByButton: setUpByButton !== null,
      setUpByCommand: setUpByCommand !== null,
      setUp: isDone,
    });
  },
};
