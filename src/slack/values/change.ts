// Admins change the values: the list's menus and buttons, and the form.
import type { Member } from '../../model.js';
import {
  bringBackValue,
  changeValue,
  createValue,
  moveValue,
  retireValue,
  type ValueOutcome,
} from '../../recognition/change-values.js';
import { findValue, findValues, type ValuesOverview } from '../../recognition/values.js';
import { type Bot, workspaceOf } from '../bot.js';
import { emojiName } from '../emoji.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import type { Desk } from '../give/desk.js';
import { refreshHome } from '../home/open.js';
import { answerBeside } from '../in-place.js';
import { lookUpNow } from '../lookup.js';
import { said } from '../messages/parts.js';
import {
  type List,
  type ListButtonArgs,
  type ListMenuArgs,
  openOver,
  pressedIn,
  showList,
  turnPage,
} from '../open-list.js';
import { parseValueForm, parseValueFormContext, parseValueMenu, type ValueChoice } from '../parse/values.js';
import { openValues } from './open.js';
import { valueForm, valuesView } from './views.js';
import { faultErrors, onlyAdmins, outcomeWords } from './words.js';

/** The list of values, as admins change it. */
const valuesList: List<ValuesOverview> = {
  action: 'changeValues',
  onlyAdmins,
  find: ({ bot, workspace }) => findValues(bot.db, workspace, bot.now()),
  view: valuesView,
};

/** Someone pressed Change under the values, in a message or in their Home. */
export async function onOpenValues(bot: Bot, { ack, body, client, context }: ListButtonArgs): Promise<void> {
  await ack();
  const memberSlackId = body.user.id;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const refused = await openValues(desk, { triggerId: body.trigger_id, memberSlackId });
  if (refused) await answerBeside({ bot, client, body, context }, refused);
}

/** Someone turned the page. */
export async function onValuesPage(bot: Bot, args: ListButtonArgs): Promise<void> {
  await turnPage(valuesList, bot, args);
}

/** Someone pressed Add a value. */
export async function onNewValue(bot: Bot, args: ListButtonArgs): Promise<void> {
  const open = await pressedIn(valuesList, bot, args);
  if (open) await openOver(open, args.body.trigger_id, valueForm(null, open.context));
}

/** Someone chose something in a value's menu. */
export async function onValueMenu(bot: Bot, args: ListMenuArgs): Promise<void> {
  const open = await pressedIn(valuesList, bot, args);
  if (!open) return;
  const choice = parseValueMenu(args.action.selected_option.value);
  if (choice.kind === 'change') {
    const value = await findValue(bot.db, open.workspace, choice.valueId);
    if (value) await openOver(open, args.body.trigger_id, valueForm(value, open.context));
    else
      await showList(open, overview =>
        outcomeWords({ kind: 'impossible', reason: 'unknownValue' }, 'save', overview),
      );
    return;
  }
  const did = choice.kind === 'up' || choice.kind === 'down' ? 'move' : choice.kind;
  const outcome = await carryOut(open, open.by, choice);
  await showList(open, overview => outcomeWords(outcome, did, overview));
  void refreshHome(open);
}

function carryOut(
  { bot, workspace }: Desk,
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

/** Someone submitted the form of a value. */
export async function onValueForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, view, client, context: bolt } = args;
  const context = parseValueFormContext(view.private_metadata);
  const { contents, typed } = parseValueForm(view.state.values, context);
  const { valueId } = context;
  const desk: Desk = { bot, client, workspace: workspaceOf(bolt) };
  const { workspace } = desk;
  const open = view.previous_view_id && {
    ...desk,
    list: valuesList,
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
            if (open) await showList(open, () => note);
          },
        };
      }
    }
  };
  await answerForm(bot, args, work());
}
