// The form: opened, filled in with what was typed, submitted.
import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Member, ShoutoutRequest } from '../../model.js';
import { givingRefusal } from '../../recognition/rules/giving.js';
import { recipientLimit } from '../../recognition/rules/people.js';
import { findSettings } from '../../recognition/settings.js';
import { isSlackUrl, tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { lookUpMembers } from '../lookup.js';
import * as answers from '../messages/answers.js';
import { said } from '../messages/parts.js';
import { openView } from '../open-view.js';
import type { FormContext } from '../parse/payloads.js';
import { allRefusalWords } from '../refusals.js';
import { giveForm } from '../views/give.js';
import { type Desk, draftOf, formLater } from './desk.js';
import { channelOf, joined, offeredIn, prefillOf } from './prefill.js';

/** Characters that a form remembers. @see https://docs.slack.dev/reference/views */
const longestMemory = 3000;

type ButtonArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/**
 * Opens the form, filled in with what is known, or answers with a button that does when Slack's trigger is over.
 * @param how - `hints`: what the person should know besides; `over`: over another form that they have open
 */
export async function openForm(
  desk: Desk,
  request: ShoutoutRequest,
  how: { triggerId: string; responseUrl: string | undefined; hints?: string[]; over?: boolean },
): Promise<void> {
  const { bot, client, workspace } = desk;
  const { responseUrl } = how;
  const [offered, settings, prefill, channel, barred] = await Promise.all([
    offeredIn(desk),
    findSettings(bot.db, workspace),
    prefillOf(desk, request),
    channelOf(desk, request),
    barredWords(desk, request.giverSlackId),
  ]);
  const person = { bot, client, responseUrl, memberSlackId: request.giverSlackId };
  if (barred) {
    await tell(person, said(barred));
    return;
  }
  const context: FormContext = {
    place: request.place,
    about: request.about,
    teamSlackId: request.teamSlackId,
    responseUrl: responseUrl && isSlackUrl(responseUrl, bot.responseHosts) ? responseUrl : null,
    groups: [],
  };
  const groups = request.groups
    .filter(({ trouble, memberSlackIds }) => !trouble && memberSlackIds.length <= recipientLimit)
    .map(({ slackId, handle, memberSlackIds }) => ({
      slackId,
      handle,
      memberSlackIds: memberSlackIds.filter(one => prefill.slackIds.includes(one)),
    }));
  for (const group of groups) {
    const withGroup = { ...context, groups: [...context.groups, group] };
    if (JSON.stringify(withGroup).length <= longestMemory) context.groups = withGroup.groups;
  }
  const uncredited = groups.length - context.groups.length;
  const contents = {
    ...request,
    recipientSlackIds: prefill.slackIds,
    teamIds: [],
    channelSlackId: channel.slackId,
    isTeamPossible: channel.isTeamPossible,
  };
  const hints = [...(how.hints ?? []), ...channel.hints, ...prefill.hints, ...uncreditedHints(uncredited)];
  const opened = await openView(
    client,
    how.triggerId,
    giveForm(contents, offered, context, settings, joined(hints)),
    { over: how.over === true },
  );
  if (opened) return;
  await tell(person, await formLater(desk, request));
}

function uncreditedHints(count: number): string[] {
  if (count === 0) return [];
  return [`I cannot keep so many groups: ${count} of them will not be named. Their people are filled in.`];
}

/** Why somebody cannot give at all; null: they can, or Slack does not say who they are. It is looked at again when they do. */
async function barredWords({ bot, client, workspace }: Desk, giverSlackId: string): Promise<string | null> {
  const [settings, [giver]] = await Promise.all([
    findSettings(bot.db, workspace),
    lookUpMembers({ db: bot.db, client, workspace }, [giverSlackId], bot.now()).catch((): Member[] => []),
  ]);
  const code = giver && givingRefusal(giver, 'give', settings);
  return code ? allRefusalWords([{ code }]).join(' ') : null;
}

/** Someone's "Fix it" or "Open the form": the form again, with their words. */
export async function onOpenForm(
  bot: Bot,
  { ack, action, body, client, context }: ButtonArgs,
): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const draftId = action.value ?? '';
  const request = await draftOf(desk, draftId, body.user.id);
  if (!request) {
    await tell(
      { bot, client, responseUrl: body.response_url, memberSlackId: body.user.id },
      answers.draftGone(bot.commands),
    );
    return;
  }
  await openForm(desk, request, { triggerId: body.trigger_id, responseUrl: body.response_url });
}
