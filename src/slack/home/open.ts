// Opens a person's Home, and keeps it true while they look at it.
import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../../model.js';
import { findHome } from '../../recognition/home.js';
import { type Bot, workspaceOf } from '../bot.js';
import { lookUpMembers } from '../lookup.js';
import type { Message } from '../messages/parts.js';
import { homeView } from '../views/home.js';

type OpenedArgs = SlackEventMiddlewareArgs<'app_home_opened'> & AllMiddlewareArgs;

/** Whose Home it is. */
export interface Visitor {
  bot: Bot;
  client: WebClient;
  workspace: Workspace;
  memberSlackId: string;
}

/** Somebody opened the app: their Home is drawn as things are now. */
export async function onHomeOpened(bot: Bot, { event, client, context }: OpenedArgs): Promise<void> {
  if (event.tab !== 'home') return;
  const visitor = { bot, client, workspace: workspaceOf(context), memberSlackId: event.user };
  // For their name, zone and rights; Home does not wait for Slack's answer.
  await lookUpMembers({ db: bot.db, ...visitor }, [event.user], bot.now()).catch(error =>
    bot.log.info({ err: error }, 'A person could not be looked up for their Home.'),
  );
  await publishHome(visitor, null);
  rememberVisit(visitor);
}

/** The last drawing of each Home that is under way. */
const drawings = new WeakMap<Workspace, Map<string, Promise<void>>>();

/**
 * Draws somebody's Home, one drawing after the other: Slack may take the earlier of two later, and would then show what
 * holds no more. Each reads what holds when its turn comes.
 * @param notice - what something they did there came to; null: nothing
 */
export async function publishHome(visitor: Visitor, notice: Message | null): Promise<void> {
  const { workspace, memberSlackId } = visitor;
  const known = drawings.get(workspace) ?? new Map<string, Promise<void>>();
  drawings.set(workspace, known);
  const draw = () => drawHome(visitor, notice);
  // What became of the drawing before is told to whoever asked for it.
  const drawing = known.get(memberSlackId)?.then(draw, draw) ?? draw();
  known.set(memberSlackId, drawing);
  try {
    await drawing;
  } finally {
    if (known.get(memberSlackId) === drawing) known.delete(memberSlackId);
  }
}

async function drawHome(
  { bot, client, workspace, memberSlackId }: Visitor,
  notice: Message | null,
): Promise<void> {
  const now = bot.now();
  const home = await findHome(bot.db, workspace, memberSlackId, now);
  const view = homeView(home, { commands: bot.commands, notice, now });
  await client.views.publish({ user_id: memberSlackId, view });
}

/** Slack does not say when somebody leaves their Home. */
const visitMilliseconds = 60 * 60 * 1000;

const visits = new WeakMap<Workspace, Map<string, number>>();

function rememberVisit({ bot, workspace, memberSlackId }: Visitor): void {
  const known = visits.get(workspace) ?? new Map<string, number>();
  visits.set(workspace, known);
  const now = bot.now().getTime();
  for (const [slackId, at] of known) if (now - at > visitMilliseconds) known.delete(slackId);
  known.set(memberSlackId, now);
}

/** Draws the Home of somebody who may be looking at it, after something in it changed. Never throws. */
export async function refreshHome(visitor: Visitor): Promise<void> {
  const { bot, workspace, memberSlackId } = visitor;
  if (!visits.get(workspace)?.has(memberSlackId)) return;
  try {
    await publishHome(visitor, null);
  } catch (error) {
    bot.log.info({ err: error }, "Somebody's Home could not be drawn again.");
  }
}
