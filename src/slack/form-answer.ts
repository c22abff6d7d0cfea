// Answers a submitted form: its faults, what became of it, or another form.
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

export type FormAnswer =
  /** By field. */
  | { errors: Record<string, string> }
  /** Words take the form's place. */
  | { message: Message }
  /** Another form does. `message` says the same in words. */
  | { view: ModalView; message: Message }
  /** It is done and the form closes; `showBelow` then shows it in what lies below. */
  | { done: Message; showBelow: () => Promise<void> };

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
    await acknowledge(bot, connectionOf(context), () => {
      if ('errors' in result) return ack({ response_action: 'errors', errors: result.errors });
      if ('done' in result) return ack();
      return ack({ response_action: 'update', view: viewOf(result) });
    });
    if ('done' in result) await result.showBelow();
    void refreshHome(visitor);
    return;
  }
  await acknowledge(bot, connectionOf(context), () =>
    ack({ response_action: 'update', view: answerView(answers.checking()) }),
  );
  const memberSlackId = body.user.id;
  const late = await work.then(lateAnswer, error => ({
    message: reportFailure(bot, error, { member: memberSlackId }),
  }));
  const shown = { view: viewOf(late), message: late.message };
  await tellInForm({ bot, client, memberSlackId, viewId: view.id }, shown);
  if ('showBelow' in late) await late.showBelow();
  void refreshHome(visitor);
}

type Shown = { message: Message; view?: ModalView };

function viewOf({ view, message }: Shown): ModalView {
  return view ?? answerView(message);
}

function lateAnswer(result: FormAnswer): Shown & { showBelow?: () => Promise<void> } {
  // A view that is shown late cannot mark its fields.
  if ('errors' in result) return { message: said(`Not done: ${Object.values(result.errors).join(' ')}`) };
  return 'done' in result ? { message: result.done, showBelow: result.showBelow } : result;
}
