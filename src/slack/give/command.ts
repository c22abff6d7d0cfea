// `/shoutout`: reads the command, and answers in time.
import type { SlashCommand } from '@slack/bolt';
import { listValues } from '../../recognition/values.js';
import { acknowledge, startDeadline, tell } from '../answer.js';
import { type Bot, connectionOf, workspaceOf } from '../bot.js';
import { lastMessage } from '../change/last.js';
import { answerCommand, type CommandArgs } from '../command.js';
import { reportFailure } from '../errors.js';
import * as answers from '../messages/answers.js';
import * as help from '../messages/help.js';
import type { Message } from '../messages/parts.js';
import { forInsiders } from '../outsiders.js';
import { blankRequest, placeOf, requestKey } from '../parse/payloads.js';
import { offerSetUp } from '../settings/open.js';
import { type Desk, finish, formLater } from './desk.js';
import { openForm } from './form.js';
import { giveTyped, type Typed } from './typed.js';

/** Someone's `/shoutout @ana #craft for …`. */
export async function onShoutoutCommand(bot: Bot, args: CommandArgs): Promise<void> {
  const { command, ack, client, context } = args;
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const word = command.text.trim().toLowerCase();
  if (word === 'help')
    return answerCommand(
      bot,
      args,
      forInsiders(desk, command.user_id, () => helpMessage(desk)),
    );
  if (word === 'last' || word === 'undo')
    return answerCommand(
      bot,
      args,
      forInsiders(desk, command.user_id, () => lastMessage(bot, desk.workspace, command.user_id)),
    );

  const asker = { ...desk, memberSlackId: command.user_id, responseUrl: command.response_url };
  const deadline = startDeadline();
  const work = handleCommand(desk, command);
  const first = await deadline.before(work);
  if (first.kind === 'done') {
    const { message, outcome } = first.result;
    const heard = await acknowledge(bot, connectionOf(context), () =>
      ack(message ? { response_type: 'ephemeral', ...message } : undefined),
    );
    await finish(desk, outcome, heard && deadline.isMet());
    if (message) await offerSetUp(asker);
    else
      await openForm(desk, first.result.request, {
        triggerId: command.trigger_id,
        responseUrl: command.response_url,
      });
    return;
  }
  const heard = await acknowledge(bot, connectionOf(context), () =>
    ack({ response_type: 'ephemeral', ...answers.checkingShoutout(bot.commands) }),
  );
  const person = { bot, client, responseUrl: command.response_url, memberSlackId: command.user_id };
  const late = await work
    .then(async handled => ({
      ...handled,
      message: handled.message ?? (await formLater(desk, handled.request)),
    }))
    .catch(error => ({
      message: reportFailure(bot, error, { team: command.team_id, member: command.user_id }),
      outcome: null,
    }));
  await tell(person, late.message);
  await finish(desk, late.outcome, heard && deadline.isMet());
}

async function helpMessage({ bot, workspace }: Desk): Promise<Message> {
  return help.shoutoutHelp(bot.commands, await listValues(bot.db, workspace));
}

function handleCommand(desk: Desk, command: SlashCommand): Promise<Typed> {
  const blank = blankRequest({
    requestKey: requestKey.command(command.trigger_id),
    teamSlackId: command.team_id,
    giverSlackId: command.user_id,
    place: placeOf({ id: command.channel_id, name: command.channel_name }),
    source: 'command',
  });
  return giveTyped(desk, blank, command.text);
}
