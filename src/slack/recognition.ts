// `/recognition`: numbers, values, settings, and what else there is.
import type { SlashCommand } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Workspace } from '../model.js';
import { nearestSlug } from '../recognition/rules/values.js';
import { ledBy } from '../recognition/stats/rights.js';
import { awayMessage } from './away.js';
import { type Bot, workspaceOf } from './bot.js';
import { answerCommand, type CommandArgs } from './command.js';
import { digestMessage } from './digest/command.js';
import { settingsSections } from './ids.js';
import * as help from './messages/help.js';
import type { Message } from './messages/parts.js';
import { forInsiders } from './outsiders.js';
import { type Asker, offerSetUp, openSettings, openSetUp } from './settings/open.js';
import { statsMessage } from './stats/answer.js';
import { privacyMessage } from './stats/privacy.js';
import { readerOf } from './stats/reader.js';
import { onTeamsCommand } from './teams/open.js';
import { onValuesCommand } from './values/open.js';

/** Someone's `/recognition …`. */
export async function onRecognitionCommand(bot: Bot, args: CommandArgs): Promise<void> {
  const { ack, client, command, context } = args;
  const workspace = workspaceOf(context);
  const asker: Asker = {
    bot,
    client,
    workspace,
    memberSlackId: command.user_id,
    triggerId: command.trigger_id,
    responseUrl: command.response_url,
  };
  const word = command.text.trim().toLowerCase();
  if (word === 'settings') {
    await ack();
    return openSettings(asker, [...settingsSections]);
  }
  if (word === 'setup' || word === 'set up') {
    await ack();
    return openSetUp(asker, command.channel_id);
  }
  if (word === 'values') {
    await onValuesCommand(bot, args);
    return offerSetUp(asker);
  }
  if (word === 'teams' || word === 'team') {
    await onTeamsCommand(bot, args);
    return offerSetUp(asker);
  }
  if (word === 'privacy') {
    const desk = { bot, client, workspace };
    await answerCommand(bot, args, privacyMessage(desk, command.user_id, { page: 0 }));
    return offerSetUp(asker);
  }
  await answerCommand(
    bot,
    args,
    forInsiders({ bot, client, workspace }, command.user_id, () =>
      recognitionMessage({ bot, client, workspace }, command),
    ),
  );
  await offerSetUp(asker);
}

async function recognitionMessage(
  { bot, client, workspace }: { bot: Bot; client: WebClient; workspace: Workspace },
  command: SlashCommand,
): Promise<Message> {
  const word = command.text.trim().toLowerCase();
  if (
    /^(?:stats\s+)?(?:top|leaderboard|ranking)(?:\s+(?:\d+|me|team|everyone|week|month|quarter|year|all))*$/.test(
      word,
    )
  ) {
    const by = await readerOf({ bot, client, workspace }, command.user_id);
    const isLead = by !== null && (await ledBy(bot.db, workspace, by)).length > 0;
    return help.noRanking(bot.commands, { isLead });
  }
  const asked = /^stats(?:\s+(.*))?$/is.exec(command.text.trim());
  if (asked) return statsMessage({ bot, client, workspace, memberSlackId: command.user_id }, asked[1] ?? '');
  const digest = /^digest(?:\s+(.*))?$/s.exec(word);
  if (digest)
    return digestMessage(bot, { client, workspace, memberSlackId: command.user_id }, digest[1] ?? '');
  const away = /^away(?:\s+(.*))?$/is.exec(command.text.trim());
  if (away) return awayMessage({ bot, client, workspace, memberSlackId: command.user_id }, away[1] ?? '');
  const list = help.recognitionHelp(bot.commands);
  if (word === '' || word === 'help') return list;
  const nearest = nearestSlug(word.split(/\s/)[0] ?? '', topWords);
  const meant = nearest && `${bot.commands.recognition} ${nearest}`;
  return help.notUnderstood(command.text.trim(), list, meant);
}

/** What can follow the command. */
const topWords = 'stats values teams privacy away settings setup digest help'
  .split(' ')
  .map(slug => ({ slug }));
