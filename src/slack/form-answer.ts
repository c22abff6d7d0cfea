// Answers a submitted form that is about something recorded before: its faults, or what became of it.
import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { acknowledge, startDeadline, tellInForm } from './answer.js';
import { type Bot, connectionOf, workspaceOf } from './bot.js';
import { reportFailure } from './errors.js';
import { refreshHome } from './home/open.js';
import * as answers from './messages/answers.js';
import { type Message, said } from './messages/parts.js';
import { answerView } from './views.js';

export type FormArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Faults by field; or words that take the form's place, in a view of their own where there is one. */
export type FormAnswer = { errors: Record<string, string> } | { message: Message; view?: ModalView };

/** Shows in the form what `work` comes to: at once, or after "checking…" when it takes longer than Slack waits. */
export async function answerForm(
  bot: Bot,
  { ack, body, view, client, context }: FormArgs,
  work: Promise<FormAnswer>,
): Promise<void> {
  const visitor = { bot, client, workspace: workspaceOf(context), memberSlackId: body.user.id };
  const first = await startDeadline().before(work);
  if (first.kind === 'done') {
    const { result } = first;
    await acknowledge(bot, connectionOf(context), () =>
      'errors' in result
        ? ack({ response_action: 'errors', errors: result.errors })
        : ack({ response_action: 'update', view: viewOf(result) }),
    );
    void refreshHome(visitor);
    return;
  }
  await acknowledge(bot, connectionOf(context), () =>
    ack({ response_action: 'update', view: answerView(answers.checking()) }),
  );
  const memberSlackId = body.user.id;
  const late = await work.then(
    // A view that is shown late cannot mark its fields.
    result =>
      'errors' in result ? { message: said(`Not done: ${Object.values(result.errors).join(' ')}`) } : result,
    error => ({ message: reportFailure(bot, error, { member: memberSlackId }) }),
  );
  await tellInForm(
    { bot, client, memberSlackId, viewId: view.id },
    { view: viewOf(late), message: late.message },
  );
  void refreshHome(visitor);
}

function viewOf({ message, view }: { message: Message; view?: ModalView }): ModalView {
  return view ?? answerView(message);
}
