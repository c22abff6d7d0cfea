// Admins change the teams: the list's menus and buttons, and the forms.
import type { ViewSubmitAction } from '@slack/bolt';
import type { Member } from '../../model.js';
import { mostLeads, type TeamContents } from '../../recognition/rules/teams.js';
import { deleteTeam, saveTeam, type TeamOutcome, type TeamRequest } from '../../recognition/teams/change.js';
import { findTeam, findTeams, type TeamsOverview } from '../../recognition/teams/overview.js';
import { tell } from '../answer.js';
import { type Bot, workspaceOf } from '../bot.js';
import { answerForm, type FormAnswer, type FormArgs } from '../form-answer.js';
import type { Desk } from '../give/desk.js';
import { answerBeside } from '../in-place.js';
import { lookUpMembers, lookUpNow, lookUpTroubles } from '../lookup.js';
import { said } from '../messages/parts.js';
import {
  type List,
  type ListButtonArgs,
  type ListMenuArgs,
  openOver,
  pressedIn,
  showList,
  turnPage,
} from '../open-list.js';
import { parseTeamForm, parseTeamFormContext, parseTeamMenu, type TeamFormContext } from '../parse/teams.js';
import { openTeams } from './open.js';
import { deleteForm, teamForm, teamsView } from './views.js';
import { faultErrors, namedLead, onlyAdmins, outcomeWords } from './words.js';

/** The list of teams, as admins change it. */
const teamsList: List<TeamsOverview> = {
  action: 'changeTeams',
  onlyAdmins,
  find: ({ bot, workspace }) => findTeams(bot.db, workspace),
  view: teamsView,
};

/** Someone pressed the button that opens the teams, in a message or in their Home. */
export async function onOpenTeams(bot: Bot, { ack, body, client, context }: ListButtonArgs): Promise<void> {
  await ack();
  const desk: Desk = { bot, client, workspace: workspaceOf(context) };
  const refused = await openTeams(desk, {
    triggerId: body.trigger_id,
    memberSlackId: body.user.id,
    over: body.view?.type === 'modal',
  });
  if (refused) await answerBeside({ bot, client, body, context }, refused);
}

/** Someone turned the page. */
export async function onTeamsPage(bot: Bot, args: ListButtonArgs): Promise<void> {
  await turnPage(teamsList, bot, args);
}

/** Someone pressed New team. */
export async function onNewTeam(bot: Bot, args: ListButtonArgs): Promise<void> {
  const open = await pressedIn(teamsList, bot, args);
  if (!open) return;
  const { groups } = await findTeams(bot.db, open.workspace);
  await openOver(open, args.body.trigger_id, teamForm(null, groups, { page: open.context.page, round: 0 }));
}

/** Someone chose something in a team's menu. */
export async function onTeamMenu(bot: Bot, args: ListMenuArgs): Promise<void> {
  const open = await pressedIn(teamsList, bot, args);
  if (!open) return;
  const { kind, teamId, seenVersion } = parseTeamMenu(args.action.selected_option.value);
  const [team, { groups }] = await Promise.all([
    findTeam(bot.db, open.workspace, teamId),
    findTeams(bot.db, open.workspace),
  ]);
  const { page } = open.context;
  if (!team) await showList(open, () => outcomeWords({ kind: 'impossible', reason: 'unknownTeam' }));
  else if (kind === 'change')
    await openOver(open, args.body.trigger_id, teamForm(team, groups, { page, round: 0 }));
  else if (team.version !== seenVersion)
    await showList(open, () => outcomeWords({ kind: 'changedMeanwhile', team }));
  else await openOver(open, args.body.trigger_id, deleteForm(team, page));
}

/** Someone submitted the form of a team. */
export async function onTeamForm(bot: Bot, args: FormArgs): Promise<void> {
  const { view, client, body, context: bolt } = args;
  const context = parseTeamFormContext(view.private_metadata);
  const contents = parseTeamForm(view.state.values, context);
  const desk: Desk = { bot, client, workspace: workspaceOf(bolt) };
  const { workspace } = desk;
  const { teamId, version } = context;
  const work = async (): Promise<FormAnswer> => {
    const [by, channelTroubles] = await Promise.all([
      lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now()),
      troublesOf(desk, contents),
      lookUpMembers({ db: bot.db, client, workspace }, contents.leadSlackIds.slice(0, mostLeads), bot.now()),
    ]);
    const which = teamId === null ? { key: view.id } : { teamId, seenVersion: version };
    const outcome = await saveTeam(bot.db, workspace, { by, contents, channelTroubles, which }, bot.now());
    tellLeads(desk, by, outcome);
    if (outcome.kind === 'refused') return { errors: faultErrors(outcome.faults, context) };
    if (outcome.kind === 'changedMeanwhile') {
      const hint = `Somebody saved this team after you opened the form, so I changed nothing. Below is how it is now: change again what you still want. You had called it: ${contents.name}`;
      const { groups } = await findTeams(bot.db, workspace);
      const anew = { page: context.page, round: context.round + 1 };
      return { view: teamForm(outcome.team, groups, anew, hint), message: said(hint) };
    }
    return doneWith(args, desk, context, outcome);
  };
  await answerForm(bot, args, work());
}

/** Someone confirmed that a team is to be deleted. */
export async function onDeleteTeamForm(bot: Bot, args: FormArgs): Promise<void> {
  const { view, client, body, context: bolt } = args;
  const context = parseTeamFormContext(view.private_metadata);
  const desk: Desk = { bot, client, workspace: workspaceOf(bolt) };
  const { workspace } = desk;
  const work = async (): Promise<FormAnswer> => {
    const by = await lookUpNow({ db: bot.db, client, workspace }, body.user.id, bot.now());
    const request = { by, teamId: context.teamId ?? '', seenVersion: context.version };
    return doneWith(args, desk, context, await deleteTeam(bot.db, workspace, request, bot.now()));
  };
  await answerForm(bot, args, work());
}

/** The form closes, and the list below it shows what became of it. */
function doneWith(
  { view, body }: { view: FormArgs['view']; body: ViewSubmitAction },
  desk: Desk,
  { page }: TeamFormContext,
  outcome: TeamOutcome,
): FormAnswer {
  const note = outcomeWords(outcome);
  if (outcome.kind === 'impossible') return { message: said(note) };
  const viewId = view.previous_view_id;
  return {
    done: said(note),
    showBelow: async () => {
      const open = { ...desk, list: teamsList, memberSlackId: body.user.id, context: { page } };
      if (viewId) await showList({ ...open, viewId }, () => note);
    },
  };
}

/** Why the members of a channel that is chosen cannot be seen, or nothing can be posted in it. */
function troublesOf(
  { bot, client, workspace }: Desk,
  { rosters, channelSlackId }: TeamContents,
): Promise<TeamRequest['channelTroubles']> {
  const channels = rosters.filter(one => one.kind === 'channel');
  const chosen = [
    ...channels.map(({ slackId }) => ({ choice: 'roster' as const, slackId })),
    { choice: 'channel' as const, slackId: channelSlackId },
  ];
  return lookUpTroubles(client, workspace, chosen, bot.now());
}

/** Those who lead a team from now on are told, once, if Slack takes it. Who named them when is logged. */
function tellLeads({ bot, client, workspace }: Desk, by: Member, outcome: TeamOutcome): void {
  if (outcome.kind !== 'changed' || outcome.newLeads.length === 0) return;
  const added = outcome.newLeads.map(one => one.id);
  bot.log.info(
    { workspace: workspace.slackId, by: by.slackId, team: outcome.slug, added },
    'Leads were named.',
  );
  for (const { id, slackId } of outcome.newLeads)
    if (id !== by.id)
      void tell(
        { bot, client, responseUrl: null, memberSlackId: slackId },
        namedLead(by.name, outcome.name, bot.commands),
      );
}
