// Removing somebody's shout-out, as a workspace admin.
import { removeShoutout } from '../../recognition/shoutouts/withdraw.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { lookUpNow } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { said } from '../messages/parts.js';
import { parseChangeContext } from '../parse/payloads.js';
import { changeRefusalWords } from '../refusals.js';

/** Someone confirmed a removal. Slack is asked anew whether they are an admin. */
export async function onRemoveForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, client, context, view } = args;
  const workspace = workspaceOf(context);
  const { shoutoutId } = parseChangeContext(view.private_metadata);
  const work = async (): Promise<FormAnswer> => {
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const outcome = await removeShoutout(bot.db, workspace, { shoutoutId, by }, bot.now());
    if (outcome.kind === 'impossible')
      return { message: said(changeRefusalWords(outcome.reason, 'remove', bot.commands)) };
    void bot.outbox.send(workspace, shoutoutId);
    const isOwn = outcome.shoutout.giver.id === by.id;
    return { message: answers.withdrawn(outcome.shoutout, { ...outcome, by: isOwn ? 'giver' : 'admin' }) };
  };
  await answerForm(bot, args, work());
}
