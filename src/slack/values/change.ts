// Admins change the values: the list's menus and buttons, and the form. Slack is asked each time whether they still may.
import type {
  AllMiddlewareArgs,
  BlockAction,
  BlockButtonAction,
  BlockOverflowAction,
  SlackActionMiddlewareArgs,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { KeptValue, Member } from '../../model.js';
import {
  bringBackValue,
  changeValue,
  createValue,
  moveValue,
  retireValue,
  type ValueOutcome,
} from '../../recognition/change-values.js';
import { adminRefusal } from '../../recognition/rules/changes.js';
import { findValue, findValues, type ValuesOverview } from '../../recognition/values.js';
import { tellInForm } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { emojiName } from '../emoji.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import type { Desk } from '../give/desk.js';
import { refreshHome } from '../home/open.js';
import { answerBeside } from '../in-place.js';
import { lookUpNow } from '../lookup.js';
import { said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import {
  type ListContext,
  parseListContext,
  parsePage,
  parseValueForm,
  parseValueFormContext,
  parseValueMenu,
  type ValueChoice,
} from '../parse/values.js';
import { answerView } from '../views.js';
import { openValues } from './open.js';
import { valueForm, valuesView } from './views.js';
import { faultErrors, onlyAdmins, outcomeWords } from './words.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;
type MenuArgs = SlackActionMiddlewareArgs<BlockOverflowAction> & AllMiddlewareArgs;

/** The list that somebody has open. */
interface OpenList extends Desk {
  memberSlackId: string;
  viewId: string;
  context: ListContext;
}

function openListOf(
  bot: Bot,
  { body, client, context }: { body: BlockAction; client: WebClient; context: MenuArgs['context'] },
): OpenList {
  if (!body.view) throw new Error('A value was changed outside its list.');
  return {
    bot,
    client,
    workspace: workspaceOf(context),
    memberSlackId: body.user.id,
    viewId: body.view.id,
    context: parseListContext(body.view.private_metadata),
  };
}

/** Someone pressed Change under the values, in a message or in their Home. */
export async function onOpenValues(bot: Bot, { ack, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const memberSlackId = body.user.id;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const refused = await openValues(desk, { triggerId: body.trigger_id, memberSlackId });
  if (refused) await answerBeside({ bot, client, body, context }, refused);
}

/** Someone turned the page. */
export async function onValuesPage(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  const list = openListOf(bot, args);
  if (await adminAt(list))
    await showList({ ...list, context: { page: parsePage(args.action.value) } }, () => null);
}

/** Someone pressed Add a value. */
export async function onNewValue(bot: Bot, args: ButtonArgs): Promise<void> {
  await args.ack();
  const list = openListOf(bot, args);
  if (await adminAt(list)) await openForm(list, args.body.trigger_id, null);
}

/** Someone chose something in a value's menu. */
export async function onValueMenu(bot: Bot, args: MenuArgs): Promise<void> {
  await args.ack();
  const list = openListOf(bot, args);
  const choice = parseValueMenu(args.action.selected_option.value);
  const by = await adminAt(list);
  if (!by) return;
  if (choice.kind === 'change') {
    const value = await findValue(bot.db, list.workspace, choice.valueId);
    if (value) await openForm(list, args.body.trigger_id, value);
    else
      await showList(list, overview =>
        outcomeWords({ kind: 'impossible', reason: 'unknownValue' }, 'save', overview),
      );
    return;
  }
  const did = choice.kind === 'up' || choice.kind === 'down' ? 'move' : choice.kind;
  const outcome = await carryOut(list, by, choice);
  await showList(list, overview => outcomeWords(outcome, did, overview));
  void refreshHome(list);
}

function carryOut(
  { bot, workspace }: OpenList,
  by: Member,
  choice: Exclude<ValueChoice, { kind: 'change' }>,
): Promise<ValueOutcome> {
  switch (choice.kind) {
    case 'retire':
      return retireValue(bot.db, workspace, { by, ...choice }, bot.now());
    case 'bringBack':
      return bringBackValue(bot.db, workspace, { by, ...choice, canonical: emojiName });
    default:
      return moveValue(bot.db, workspace, { by, ...choice, direction: choice.kind });
  }
}

async function openForm(list: OpenList, triggerId: string, value: KeptValue | null): Promise<void> {
  const isOpen = await openView(list.client, triggerId, valueForm(value, list.context), { over: true });
  if (!isOpen) await showList(list, () => 'Slack took a little long. Please choose it again.');
}

/** Someone submitted the form of a value. */
export async function onValueForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, view, client, context: bolt } = args;
  const context = parseValueFormContext(view.private_metadata);
  const { contents, typed } = parseValueForm(view.state.values, context);
  const { valueId } = context;
  const desk: Desk = { bot, client, workspace: workspaceOf(bolt) };
  const { workspace } = desk;
  const list = view.previous_view_id && {
    ...desk,
    memberSlackId: body.user.id,
    viewId: view.previous_view_id,
    context: { page: context.page },
  };
  const work = async (): Promise<FormAnswer> => {
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const request = { by, contents, canonical: emojiName };
    const outcome = valueId
      ? await changeValue(bot.db, workspace, { ...request, valueId, seenVersion: context.version })
      : await createValue(bot.db, workspace, { ...request, key: view.id });
    switch (outcome.kind) {
      case 'refused':
        return { errors: faultErrors(outcome.faults, context) };
      case 'changedMeanwhile': {
        const hint = `This value was saved otherwise after you opened the form, so I changed nothing. Below is how it is now. You had written: ${typed.join(' – ')}`;
        return { view: valueForm(outcome.value, context, hint), message: said(hint) };
      }
      case 'impossible':
        if (outcome.reason === 'notAdmin') return { message: said(onlyAdmins) };
        return { message: said('That value is not there any more, so I changed nothing.') };
      case 'changed': {
        const overview = await findValues(bot.db, workspace, bot.now());
        const note = outcomeWords(outcome, 'save', overview);
        return {
          done: said(note ?? 'Saved.'),
          showBelow: async () => {
            if (list) await showList(list, () => note);
          },
        };
      }
    }
  };
  await answerForm(bot, args, work());
}

/** Who has the list open, if Slack says now that they may change it. Otherwise it is taken from them. */
async function adminAt({ bot, client, workspace, memberSlackId, viewId }: OpenList): Promise<Member | null> {
  const by = await lookUpNow({ db: bot.db, client, workspace }, memberSlackId, bot.now());
  if (!adminRefusal(by, 'changeValues')) return by;
  const message = said(onlyAdmins);
  await tellInForm({ bot, client, memberSlackId, viewId }, { view: answerView(message), message });
  return null;
}

/**
 * Shows the list as it is now. Whoever has closed it is told in a direct message, where there is something to tell.
 * @param noteOn - what to say above it; null: nothing
 */
async function showList(list: OpenList, noteOn: (overview: ValuesOverview) => string | null): Promise<void> {
  const { bot, client, workspace, memberSlackId, viewId, context } = list;
  const overview = await findValues(bot.db, workspace, bot.now());
  const note = noteOn(overview);
  const view = valuesView(overview, context, note);
  if (note) await tellInForm({ bot, client, memberSlackId, viewId }, { view, message: said(note) });
  else
    await client.views
      .update({ view_id: viewId, view })
      .catch(error => bot.log.info({ err: error }, 'A list of values was closed meanwhile.'));
}
