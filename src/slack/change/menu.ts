// The menu of an announcement: everyone sees it; who may do what is decided here, and again when it is done.
import type { AllMiddlewareArgs, BlockOverflowAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Shoutout } from '../../model.js';
import type { ChangeRefusal } from '../../recognition/refusal.js';
import { changeRefusal, removalRefusal, reportRefusal } from '../../recognition/rules/changes.js';
import { findShoutout } from '../../recognition/shoutouts/find.js';
import { hasKeepers } from '../../recognition/shoutouts/report.js';
import { tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { callbacks, type MenuChoice } from '../ids.js';
import { lookUpMembers, lookUpNow } from '../lookup.js';
import { said, undoQuestion, whatGoes } from '../messages/parts.js';
import { openView } from '../open-view.js';
import { parseMenu, placeOf } from '../parse/payloads.js';
import { changeRefusalWords } from '../refusals.js';
import { joinNames } from '../text.js';
import { confirmForm, reportForm } from '../views.js';
import { openEditForm } from './edit.js';

type MenuArgs = SlackActionMiddlewareArgs<BlockOverflowAction> & AllMiddlewareArgs;

/** Someone chose something in the menu of an announcement. */
export async function onMenu(bot: Bot, args: MenuArgs): Promise<void> {
  const { ack, action, body, client, context } = args;
  await ack();
  const workspace = workspaceOf(context);
  const { choice, shoutoutId } = parseMenu(action.selected_option.value);
  if (choice === 'edit') {
    await openEditForm({ bot, client, body, context }, shoutoutId);
    return;
  }
  const person = { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id };
  const shoutout = await findShoutout(bot.db, workspace, shoutoutId);
  const reason = shoutout ? await refusalOf(bot, args, choice, shoutout) : 'unknownShoutout';
  if (!shoutout || reason) {
    await tell(person, said(changeRefusalWords(reason ?? 'unknownShoutout', choice, bot.commands)));
    return;
  }
  const place = body.channel && placeOf(body.channel);
  const isPlacePrivate = place?.kind !== 'channel' || place.isPrivate;
  const isOwn = shoutout.giver.slackId === body.user.id;
  const view = formFor(choice, shoutout, { isPlacePrivate, isOwn });
  const opened = await openView(client, body.trigger_id, view);
  if (!opened) await tell(person, said('Slack took a little long. Please choose it again.'));
}

type FormChoice = Exclude<MenuChoice, 'edit'>;

async function refusalOf(
  bot: Bot,
  { body, client, context }: MenuArgs,
  choice: FormChoice,
  shoutout: Shoutout,
): Promise<ChangeRefusal | null> {
  const workspace = workspaceOf(context);
  const platform = { db: bot.db, client, workspace };
  switch (choice) {
    case 'undo':
      return changeRefusal(shoutout, body.user.id, 'undo', bot.now());
    case 'remove':
      return removalRefusal(shoutout, await lookUpNow(platform, body.user.id, bot.now()));
    case 'report': {
      const [by] = await lookUpMembers(platform, [body.user.id], bot.now());
      const refused = by ? reportRefusal(shoutout, by) : 'outsider';
      return refused ?? ((await hasKeepers(bot.db, workspace)) ? null : 'noKeepers');
    }
  }
}

function formFor(
  choice: FormChoice,
  shoutout: Shoutout,
  { isPlacePrivate, isOwn }: { isPlacePrivate: boolean; isOwn: boolean },
): ModalView {
  const context = { shoutoutId: shoutout.id, isPlacePrivate };
  const names = joinNames(shoutout.recipients.filter(one => !one.isHidden).map(one => one.name));
  switch (choice) {
    case 'undo':
      return confirmForm(callbacks.undo, context, {
        title: 'Undo a shout-out',
        submit: 'Undo it',
        text: undoQuestion(names),
      });
    case 'remove':
      return confirmForm(callbacks.remove, context, {
        title: 'Remove a shout-out',
        submit: 'Remove it',
        text: `Remove ${shoutout.giver.name}'s shout-out to ${names}? ${whatGoes}${isOwn ? '' : ` ${shoutout.giver.name} is told that a workspace admin removed it.`} This cannot be undone.`,
      });
    case 'report':
      return reportForm(context);
  }
}
