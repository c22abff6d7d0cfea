// Reporting a shout-out to those who look after the bot.
import { reportShoutout } from '../../recognition/shoutouts/report.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import { fields } from '../ids.js';
import { lookUpNow } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { said } from '../messages/parts.js';
import { parseChangeContext, parseOnlyText } from '../parse/payloads.js';
import { changeRefusalWords } from '../refusals.js';

/** Someone submitted a report. */
export async function onReportForm(bot: Bot, args: FormArgs): Promise<void> {
  const { body, client, context, view } = args;
  const workspace = workspaceOf(context);
  const { shoutoutId, isPlacePrivate } = parseChangeContext(view.private_metadata);
  const reason = parseOnlyText(view.state.values, fields.reason);
  const work = async (): Promise<FormAnswer> => {
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const request = { shoutoutId, by, reason, isPlacePrivate };
    const refused = await reportShoutout(bot.db, workspace, request, bot.now());
    if (refused) return { message: said(changeRefusalWords(refused, 'report', bot.commands)) };
    void bot.outbox.send(workspace, shoutoutId);
    return { message: answers.reported() };
  };
  await answerForm(bot, args, work());
}
