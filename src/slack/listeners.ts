// The contents page: every command, form, button and event that the bot answers.
import type { App, BlockButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Bot } from './bot.js';
import { onDropDraft, onRecordAgain } from './give/again.js';
import { onShoutoutCommand } from './give/command.js';
import { onGiveForm, onOpenForm } from './give/form.js';
import { actions, callbacks } from './ids.js';
import { onMemberJoinedChannel, onUncertainAnswer } from './post/settling.js';
import { onRecognitionCommand } from './stats.js';
import { onUndo } from './undo.js';

export function registerListeners(app: App, bot: Bot): void {
  app.command(bot.commands.shoutout, args => onShoutoutCommand(bot, args));
  app.command(bot.commands.recognition, args => onRecognitionCommand(bot, args));

  app.view<ViewSubmitAction>(callbacks.give, args => onGiveForm(bot, args));

  app.action<BlockButtonAction>(actions.openForm, args => onOpenForm(bot, args));
  app.action<BlockButtonAction>(actions.undo, args => onUndo(bot, args));
  app.action<BlockButtonAction>(actions.recordAgain, args => onRecordAgain(bot, args));
  app.action<BlockButtonAction>(actions.dropDraft, args => onDropDraft(bot, args));
  app.action<BlockButtonAction>(actions.postAgain, args => onUncertainAnswer(bot, 'postAgain', args));
  app.action<BlockButtonAction>(actions.itIsThere, args => onUncertainAnswer(bot, 'itIsThere', args));

  app.event('member_joined_channel', args => onMemberJoinedChannel(bot, args));
}
