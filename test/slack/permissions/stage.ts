// Where the cells of the permission table are tried: a bot, somebody for each role, and ways to send what they could not press.
import type {
  Actor,
  Choice,
  CommandResult,
  JsonObject,
  Message,
  OpenView,
} from '../../../src/playground/local-slack.js';
import type { Action, Role } from '../../../src/recognition/permissions.js';
import type { DatabaseKind } from '../../support/databases.js';
import { blankHome } from '../../support/forged.js';
import { startBot, type TestBot } from '../../support/start-bot.js';
import { addTeam } from '../../support/teams.js';

/** Who tries it for each role. */
export const cast: Record<Role, string> = {
  member: 'U0DIEGO',
  guest: 'U0GUEST',
  giver: 'U0BEN',
  recipient: 'U0ANA',
  leadOfTeam: 'U0LEAD',
  otherLead: 'U0OTHER',
  viewer: 'U0VERA',
  keeper: 'U0KIM',
  admin: 'U0MARTA',
  foreign: 'U0FINN',
  deactivated: 'U0SAM',
  bot: 'U0BUILD',
};

/** Somebody who is none of them, and whom the table lets do what the story needs. */
export const chen = 'U0CHEN';

/** One cell of the table, tried. */
export interface Attempt {
  person: string;
  /** Lets the setting or the time be as the cell has it. Called when all is there that has to be there before. */
  arrange: () => Promise<void>;
}

/** Tries an action as a person. Resolves to whether it was done, or seen; throws where its ways in do not agree. */
export type Performer = (stage: Stage, attempt: Attempt) => Promise<boolean>;

/** Every action has one, so that none is left out. */
export type Performers<Some extends Action> = Record<Some, Performer>;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Starts a bot with everybody in the cast. */
export async function openStage(database: DatabaseKind) {
  const bot = await startBot({ database });
  const { slack } = bot;
  for (const [id, name] of [
    [cast.leadOfTeam, 'lea'],
    [cast.otherLead, 'otto'],
    [cast.viewer, 'vera'],
    [cast.keeper, 'kim'],
  ] as const) {
    slack.addPerson({ id, name });
    slack.invite('general', id);
  }
  slack.invite('general', slack.botUserId);
  for (const person of [...Object.values(cast), chen]) await slack.as(person).openHome();
  await slack.settled();
  await bot.settled();
  const people = { keeperSlackIds: [cast.keeper], viewerSlackIds: [cast.viewer] };
  await bot.choose({ dailyLimit: 1000 }, people);
  const { giver, recipient, member, admin } = cast;
  const teams = [
    {
      name: 'Pod A',
      slug: 'pod-a',
      members: [giver, recipient, member, admin, chen],
      leads: [cast.leadOfTeam],
    },
    { name: 'Pod B', slug: 'pod-b', members: [cast.keeper], leads: [cast.otherLead] },
  ];
  const [teamId = missing('team')] = await Promise.all(teams.map(team => addTeam(bot, team)));
  await recordPast(bot);
  let things = 0;
  let forms = 0;

  /** Something that nobody was thanked for yet. */
  const thing = () => {
    things += 1;
    return `for thing number ${things}.`;
  };

  const as = (person: string): Actor => slack.as(person);

  /** A command, also from somebody whose account Slack would not let type it. */
  const command = async (person: string, name: string, text = '', channel = 'general') => {
    const { deactivated } = slack.world.people.find(one => one.id === person) ?? missing('person');
    slack.changePerson(person, { deactivated: false });
    const sent: Promise<CommandResult> = as(person).command(name, text, { channel, raw: true });
    slack.changePerson(person, { deactivated });
    const { response } = await sent;
    await bot.settled();
    return response?.text ?? '';
  };

  /** The last that only they see, or get by direct message, after `/recognition …`: what Slack may refuse to draw is no part of the command's answer. */
  const shownAfter = async (person: string, text: string) => {
    const shown = () => slack.as(person).ephemerals();
    const before = shown().length;
    const answer = await command(person, '/recognition', text);
    return shown().slice(before).at(-1)?.text ?? answer;
  };

  const shoutoutOf = async (message: string) =>
    bot.db.read.shoutout.findFirst({ where: { message }, include: { values: true, recipients: true } });

  /** A shout-out by the giver to the recipient: its id, its words, and its announcement unless it is private. */
  const give = async ({ giver = cast.giver, recipient = cast.recipient, isPrivate = false } = {}) => {
    const words = thing();
    const where = isPrivate ? '@shoutout' : 'general';
    const answer = await command(giver, '/shoutout', `<@${recipient}> #craft ${words}`, where);
    const shoutout = (await shoutoutOf(words)) ?? missing(`shout-out (${answer})`);
    const announcement = slack.channel('general').messages.find(one => one.text.includes(words));
    return { id: shoutout.id, words, announcement };
  };

  const closeViews = async (person: string) => {
    while (as(person).view) await as(person).close({ all: true });
  };

  /** The form that somebody has open now, taken from them. */
  const takeView = async (person: string): Promise<OpenView | null> => {
    await bot.settled();
    const open = as(person).view;
    const taken = open ? { ...open, values: structuredClone(open.values) } : null;
    await closeViews(person);
    return taken;
  };

  /** What somebody sends who presses a thing that was shown to somebody else, or to nobody. The form that it opened. */
  const press = async (
    person: string,
    element: JsonObject,
    choice: Choice = {},
  ): Promise<OpenView | null> => {
    await closeViews(person);
    const home = { ...blankHome, blocks: [{ type: 'actions', block_id: 'forged', elements: [element] }] };
    await as(person).click({ home }, String(element.action_id), choice);
    return takeView(person);
  };

  const pressButton = (person: string, actionId: string, value: string) =>
    press(person, { type: 'button', action_id: actionId, text: { type: 'plain_text', text: '?' }, value });

  const pressMenu = (person: string, actionId: string, value: string) =>
    press(
      person,
      {
        type: 'overflow',
        action_id: actionId,
        options: [{ text: { type: 'plain_text', text: '?' }, value }],
      },
      { value },
    );

  /** What somebody sends who submits a form that somebody else had open. */
  const submit = async (person: string, form: OpenView | null, texts: Record<string, JsonObject> = {}) => {
    if (!form) return missing('form');
    const values = { ...form.values };
    for (const [field, value] of Object.entries(texts))
      values[field] = { [field]: { ...values[field]?.[field], ...value } };
    forms += 1;
    const payload = {
      type: 'view_submission',
      team: { id: slack.teamId, domain: 'sunflower-works' },
      user: { id: person, team_id: slack.teamId },
      api_app_id: slack.appId,
      trigger_id: `forged-${forms}`,
      view: { ...form.view, id: `V0FORGED${forms}`, state: { values } },
      response_urls: [],
    };
    await as(person).redeliver({ kind: 'interactive', payload, attempts: [] });
    await bot.settled();
  };

  /** Opens what `opening` opens, as somebody who may. */
  const formOf = async (opening: Promise<OpenView | null>) => (await opening) ?? missing('form');

  /** All that somebody can read: messages to them and in their channels, their Home. */
  const readBy = (person: string) => {
    const channels = slack.world.channels
      .filter(one => one.members.includes(person) && one.kind !== 'im')
      .flatMap(one => slack.channel(one.id).messages);
    return JSON.stringify([
      channels,
      slack.directMessages(person),
      as(person).ephemerals(),
      as(person).home?.blocks,
    ]);
  };

  return {
    bot,
    slack,
    teamId,
    as,
    thing,
    command,
    shownAfter,
    give,
    press,
    pressButton,
    pressMenu,
    submit,
    takeView,
    formOf,
    readBy,
    shoutoutOf,
  };
}

/** A shout-out so long ago that lists of names have begun; it was taken back. */
async function recordPast({ db, workspace, clock }: TestBot): Promise<void> {
  const giver = await db.read.member.findFirst({ where: { slackId: chen } });
  const givenAt = new Date(clock.now().getTime() - 100 * day);
  await db.write.shoutout.create({
    data: {
      id: 'past',
      workspaceId: workspace.id,
      teamSlackId: workspace.slackId,
      requestKey: 'past',
      giverId: giver?.id ?? missing('giver'),
      message: '',
      visibility: 'public',
      source: 'command',
      givenAt,
      withdrawnAt: givenAt,
      withdrawnHow: 'undone',
    },
  });
}

export const day = 24 * 60 * 60 * 1000;

export function missing(what: string): never {
  throw new Error(`There is no ${what}.`);
}

/** Whether it was done, where all the ways to do it must agree. */
export function all(ways: Record<string, boolean>): boolean {
  const answers = Object.values(ways);
  if (new Set(answers).size > 1) throw new Error(`The ways in do not agree: ${JSON.stringify(ways)}`);
  return answers[0] ?? missing('way');
}

export function announced({ announcement }: { announcement: Message | undefined }): Message {
  return announcement ?? missing('announcement');
}
