// Taking a shout-out back: the Undo button, and the form that asks before it is done from a menu.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { undoShoutout } from '../../recognition/shoutouts/withdraw.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerForm, type FormArgs } from '../form-answer.js';
import { answerBeside, answerInPlace } from '../in-place.js';
import * as answers from '../messages/answers.js';
import { said } from '../messages/parts.js';
import { parseChangeContext } from '../parse/payloads.js';
import { changeRefusalWords } from '../refusals.js';

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Someone pressed Undo. Whether it is theirs to undo is decided here, whoever the button was shown to. */
export async function onUndo(bot: Bot, { ack, action, body, client, context }: ButtonArgs): Promise<void> {
  await ack();
  const workspace = workspaceOf(context);
  const memberSlackId = body.user.id;
  const press = { bot, client, body, context };
  const request = { shoutoutId: action.value ?? '', memberSlackId };
  const outcome = await undoShoutout(bot.db, workspace, request, bot.now());
  if (outcome.kind === 'withdrawn') {
    void bot.outbox.send(workspace, outcome.shoutout.id);
    await answerInPlace(press, answers.withdrawn(outcome.shoutout, { ...outcome, by: 'giver' }));
    return;
  }
  const words = said(changeRefusalWords(outcome.reason, 'undo', bot.commands));
  const isOver = outcome.reason === 'alreadyUndone' || outcome.reason === 'alreadyRemoved';
  if (isOver) await answerInPlace(press, words);
  else await answerBeside(press, words);
}

/** Someone confirmed it in the form that a menu opened. */
export async function onUndoForm(bot: Bot, args: FormArgs): Promise<void> {
  const workspace = workspaceOf(args.context);
  const { shoutoutId } = parseChangeContext(args.view.private_metadata);
  const work = undoShoutout(bot.db, workspace, { shoutoutId, memberSlackId: args.body.user.id }, bot.now());
  await answerForm(
    bot,
    args,
    work.then(outcome => {
      if (outcome.kind === 'impossible')
        return { message: said(changeRefusalWords(outcome.reason, 'undo', bot.commands)) };
      void bot.outbox.send(workspace, shoutoutId);
      return { message: answers.withdrawn(outcome.shoutout, { ...outcome, by: 'giver' }) };
    }),
  );
}
