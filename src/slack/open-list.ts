// A list that an admin has open and changes. Slack is asked each time whether they still may.
import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  BlockOverflowAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Member } from '../model.js';
import { type AdminAction, adminRefusal } from '../recognition/rules/changes.js';
import { tellInForm } from './answer.js';
import { type Bot, workspaceOf } from './bot.js';
import type { Desk } from './give/desk.js';
import { lookUpNow } from './lookup.js';
import { said } from './messages/parts.js';
import { openView } from './open-view.js';
import { type ListContext, parseListContext, parsePage } from './parse/values.js';
import { answerView } from './views.js';

export type ListButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
export type ListMenuArgs = SlackActionMiddlewareArgs<BlockOverflowAction> & AllMiddlewareArgs;

/** A list that admins change, drawn from its overview. */
export interface List<Overview> {
  /** What whoever changes it may do. */
  action: AdminAction;
  /** To anybody else. */
  onlyAdmins: string;
  find(desk: Desk): Promise<Overview>;
  /** @param note - what has just been done, above it; null: nothing */
  view(overview: Overview, context: ListContext, note: string | null): ModalView;
}

/** A list that somebody has open. */
export interface OpenList<Overview> extends Desk {
  list: List<Overview>;
  memberSlackId: string;
  viewId: string;
  context: ListContext;
}

/**
 * The list in which somebody pressed something, if Slack says now that they may change it; acknowledges. Null: they may
 * not, and it is taken from them.
 * @throws when it was pressed elsewhere, or Slack does not say
 */
export async function pressedIn<Overview>(
  list: List<Overview>,
  bot: Bot,
  { ack, body, client, context }: ListButtonArgs | ListMenuArgs,
): Promise<(OpenList<Overview> & { by: Member }) | null> {
  await ack();
  if (!body.view) throw new Error('Something was changed outside its list.');
  const open = {
    list,
    bot,
    client,
    workspace: workspaceOf(context),
    memberSlackId: body.user.id,
    viewId: body.view.id,
    context: parseListContext(body.view.private_metadata),
  };
  const by = await lookUpNow({ db: bot.db, client, workspace: open.workspace }, body.user.id, bot.now());
  if (!adminRefusal(by, list.action)) return { ...open, by };
  const message = said(list.onlyAdmins);
  await tellInForm(open, { view: answerView(message), message });
  return null;
}

/**
 * Shows the list as it is now. Whoever has closed it is told in a direct message, where there is something to tell.
 * @param noteOn - what to say above it; null: nothing
 */
export async function showList<Overview>(
  open: OpenList<Overview>,
  noteOn: (overview: Overview) => string | null = () => null,
): Promise<void> {
  const { bot, client, viewId, context, list } = open;
  const overview = await list.find(open);
  const note = noteOn(overview);
  const view = list.view(overview, context, note);
  if (note) await tellInForm(open, { view, message: said(note) });
  else
    await client.views
      .update({ view_id: viewId, view })
      .catch(error => bot.log.info({ err: error, list: view.callback_id }, 'A list was closed meanwhile.'));
}

/** Shows the page that somebody turned to. */
export async function turnPage<Overview>(
  list: List<Overview>,
  bot: Bot,
  args: ListButtonArgs,
): Promise<void> {
  const open = await pressedIn(list, bot, args);
  if (open) await showList({ ...open, context: { page: parsePage(args.action.value) } });
}

/** Opens a form over the list, or says in the list that it is too late for that. */
export async function openOver<Overview>(
  open: OpenList<Overview>,
  triggerId: string,
  view: ModalView,
): Promise<void> {
  if (!(await openView(open.client, triggerId, view, { over: true })))
    await showList(open, () => 'Slack took a little long. Please choose it again.');
}
