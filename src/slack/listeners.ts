// The contents page: every command, shortcut, form, button and event that the bot answers.
import type {
  App,
  BlockButtonAction,
  BlockDatepickerAction,
  BlockOverflowAction,
  BlockRadioButtonsAction,
  BlockStaticSelectAction,
  GlobalShortcut,
  MessageShortcut,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Bot } from './bot.js';
import { onChangeBriefs } from './brief/choice.js';
import { onAddValue, onEdit, onEditForm } from './change/edit.js';
import { onMenu } from './change/menu.js';
import { onDirectMenu, onKeepPrivate, onPublicAgain } from './change/privacy.js';
import { onRemoveForm } from './change/remove.js';
import { onReportForm } from './change/report.js';
import { onUndo, onUndoForm } from './change/undo.js';
import { onShowAll, onShowPage } from './digest/show-all.js';
import { onDropDraft, onRecordAgain } from './give/again.js';
import { onShoutoutCommand } from './give/command.js';
import { onOpenForm } from './give/form.js';
import { onMention } from './give/mention.js';
import { onGiveButton, onGiveTo, onGlobalShortcut, onMessageShortcut } from './give/shortcuts.js';
import { onGiveForm } from './give/submit.js';
import { onAwayUntil, onBack, onPreference } from './home/choices.js';
import { onHomeOpened } from './home/open.js';
import { actions, callbacks, shortcuts } from './ids.js';
import { onMemberJoinedChannel } from './post/joined.js';
import { onUncertainAnswer } from './post/settling.js';
import { onReaction } from './react/events.js';
import { onMeToo, onMeTooForm } from './react/me-too.js';
import { onAddWhy, onKeepShoutout, onStopAsking, onWhyForm } from './react/why.js';
import { onRecognitionCommand } from './recognition.js';
import { onOpenSettings, onSetUp } from './settings/open.js';
import { onSettingsForm, onSetUpForm } from './settings/save.js';
import { onAskStats } from './stats/ask.js';
import { onLooksPage } from './stats/privacy.js';
import { onShowThanks, onThanksPage } from './stats/show-all.js';
import { onSpread } from './stats/spread.js';
import { onTeamPage } from './stats/team.js';
import { onUnthanked, onUnthankedPage, onUnthankedWeeks } from './stats/unthanked.js';
import { onGroupsChanged, onMemberChanged, onMemberLeftChannel } from './sync/events.js';
import {
  onDeleteTeamForm,
  onNewTeam,
  onOpenTeams,
  onTeamForm,
  onTeamMenu,
  onTeamsPage,
} from './teams/change.js';
import { onNewValue, onOpenValues, onValueForm, onValueMenu, onValuesPage } from './values/change.js';

export function registerListeners(app: App, bot: Bot): void {
  app.command(bot.commands.shoutout, args => onShoutoutCommand(bot, args));
  app.command(bot.commands.recognition, args => onRecognitionCommand(bot, args));

  app.shortcut<MessageShortcut>(shortcuts.message, args => onMessageShortcut(bot, args));
  app.shortcut<GlobalShortcut>(shortcuts.global, args => onGlobalShortcut(bot, args));

  app.view<ViewSubmitAction>(callbacks.give, args => onGiveForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.edit, args => onEditForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.undo, args => onUndoForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.remove, args => onRemoveForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.report, args => onReportForm(bot, args));

  app.view<ViewSubmitAction>(callbacks.meToo, args => onMeTooForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.why, args => onWhyForm(bot, args));

  app.view<ViewSubmitAction>(callbacks.value, args => onValueForm(bot, args));

  app.action<BlockButtonAction>(actions.openForm, args => onOpenForm(bot, args));
  app.action<BlockButtonAction>(actions.recordAgain, args => onRecordAgain(bot, args));
  app.action<BlockButtonAction>(actions.dropDraft, args => onDropDraft(bot, args));
  app.action<BlockButtonAction>(actions.edit, args => onEdit(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.addValue}`), args => onAddValue(bot, args));
  app.action<BlockButtonAction>(actions.undo, args => onUndo(bot, args));
  app.action<BlockOverflowAction>(actions.menu, args => onMenu(bot, args));
  app.action<BlockButtonAction>(actions.keepPrivate, args => onKeepPrivate(bot, { always: false }, args));
  app.action<BlockButtonAction>(actions.keepAllPrivate, args => onKeepPrivate(bot, { always: true }, args));
  app.action<BlockOverflowAction>(actions.directMenu, args => onDirectMenu(bot, args));
  app.action<BlockButtonAction>(actions.publicAgain, args => onPublicAgain(bot, args));
  app.action<BlockButtonAction>(actions.postAgain, args => onUncertainAnswer(bot, 'postAgain', args));
  app.action<BlockButtonAction>(actions.itIsThere, args => onUncertainAnswer(bot, 'itIsThere', args));

  app.action<BlockButtonAction>(actions.meToo, args => onMeToo(bot, args));
  app.action<BlockButtonAction>(actions.addWhy, args => onAddWhy(bot, args));
  app.action<BlockButtonAction>(actions.stopAsking, args => onStopAsking(bot, args));
  app.action<BlockButtonAction>(actions.keepShoutout, args => onKeepShoutout(bot, args));

  app.view<ViewSubmitAction>(callbacks.settings, args => onSettingsForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.setUp, args => onSetUpForm(bot, args));
  app.action<BlockButtonAction>(actions.openSettings, args => onOpenSettings(bot, args));
  app.action<BlockButtonAction>(actions.setUp, args => onSetUp(bot, args));

  app.action<BlockButtonAction>(actions.giveFromHome, args => onGiveButton(bot, args));
  app.action<BlockRadioButtonsAction>(actions.preference, args => onPreference(bot, args));
  app.action<BlockDatepickerAction>(actions.awayUntil, args => onAwayUntil(bot, args));
  app.action<BlockButtonAction>(actions.back, args => onBack(bot, args));

  app.event('app_home_opened', args => onHomeOpened(bot, args));
  app.action<BlockButtonAction>(actions.openValues, args => onOpenValues(bot, args));
  app.action<BlockOverflowAction>(actions.valueMenu, args => onValueMenu(bot, args));
  app.action<BlockButtonAction>(actions.newValue, args => onNewValue(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.valuesPage}`), args => onValuesPage(bot, args));

  app.view<ViewSubmitAction>(callbacks.team, args => onTeamForm(bot, args));
  app.view<ViewSubmitAction>(callbacks.deleteTeam, args => onDeleteTeamForm(bot, args));
  app.action<BlockButtonAction>(actions.openTeams, args => onOpenTeams(bot, args));
  app.action<BlockOverflowAction>(actions.teamMenu, args => onTeamMenu(bot, args));
  app.action<BlockButtonAction>(actions.newTeam, args => onNewTeam(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.teamsPage}`), args => onTeamsPage(bot, args));

  app.action<BlockButtonAction>(actions.giveShoutout, args => onGiveButton(bot, args));
  app.action<BlockButtonAction>(actions.stopBriefs, args => onChangeBriefs(bot, { isOn: false }, args));
  app.action<BlockButtonAction>(actions.startBriefs, args => onChangeBriefs(bot, { isOn: true }, args));
  app.action<BlockButtonAction>(actions.showAll, args => onShowAll(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.showPage}`), args => onShowPage(bot, args));

  app.action<BlockButtonAction>(new RegExp(`^${actions.askStats}`), args => onAskStats(bot, args));
  app.action<BlockButtonAction>(actions.showThanks, args => onShowThanks(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.thanksPage}`), args => onThanksPage(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.looksPage}`), args => onLooksPage(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.teamPage}`), args => onTeamPage(bot, args));
  app.action<BlockButtonAction>(actions.spread, args => onSpread(bot, args));
  app.action<BlockButtonAction>(actions.unthanked, args => onUnthanked(bot, args));
  app.action<BlockStaticSelectAction>(actions.unthankedWeeks, args => onUnthankedWeeks(bot, args));
  app.action<BlockButtonAction>(new RegExp(`^${actions.unthankedPage}`), args => onUnthankedPage(bot, args));
  app.action<BlockButtonAction>(actions.giveTo, args => onGiveTo(bot, args));

  app.event('app_mention', args => onMention(bot, args));
  app.event('member_joined_channel', args => onMemberJoinedChannel(bot, args));
  app.event('member_left_channel', args => onMemberLeftChannel(bot, args));
  app.event('reaction_added', args => onReaction(bot, { isOn: true }, args));
  app.event('reaction_removed', args => onReaction(bot, { isOn: false }, args));

  app.event('team_join', args => onMemberChanged(bot, args));
  app.event('user_profile_changed', args => onMemberChanged(bot, args));
  app.event('subteam_created', args => onGroupsChanged(bot, args));
  app.event('subteam_updated', args => onGroupsChanged(bot, args));
  app.event('subteam_members_changed', args => onGroupsChanged(bot, args));
}
