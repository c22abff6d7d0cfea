// The names of those in a team who were not thanked lately, as a form to look at.
import type { ActionsBlock, Button, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Member, Team } from '../../model.js';
import {
  mostPeopleByName,
  type Unthanked,
  type UnthankedWeeks,
  unthankedWeeks,
  usualUnthankedWeeks,
} from '../../recognition/stats/unthanked.js';
import { actions } from '../ids.js';
import type { UnthankedChoice } from '../parse/stats-buttons.js';
import { bold, joinNames, plain, richText, section } from '../text.js';
import { dayWords } from '../time.js';
import { button, type Message, said, turnButtons } from './parts.js';

type Names = Extract<Unthanked, { kind: 'names' }>;

const namesOnPage = 40;

/** Opens the names; for a team's table and for a lead's brief. */
export function unthankedButton(teamId: string, weeks: UnthankedWeeks = usualUnthankedWeeks): Button {
  return button('Names not thanked', actions.unthanked, carried({ teamId, weeks, page: 0 }));
}

function carried(choice: UnthankedChoice): string {
  return JSON.stringify(choice);
}

/** When there is no list. */
export function noNames(found: Exclude<Unthanked, Names>, { name }: Pick<Team, 'name'>): Message {
  if (found.kind === 'tooLarge')
    return said(
      `${name} has ${found.people} people. The names are listed for teams of up to ${mostPeopleByName}: ask for a smaller one.`,
    );
  return said(
    found.startsAt
      ? `This list starts on ${dayWords(found.startsAt, found.timeZone)}, after four weeks.`
      : 'This list starts four weeks after the first shout-out here.',
  );
}

/** A page of the names. */
export function unthankedView(
  found: Names,
  { team, weeks, page }: { team: Team; weeks: UnthankedWeeks; page: number },
): ModalView {
  const names = [
    ...found.byNobody.map(member => ({ member, title: 'Thanked by nobody' })),
    ...found.notByLead.map(member => ({
      member,
      title: found.isLead ? 'Thanked by others, not by you' : 'Thanked by others, by none of the leads',
    })),
  ];
  const pages = Math.max(Math.ceil(names.length / namesOnPage), 1);
  const shown = Math.min(page, pages - 1);
  const onPage = names.slice(shown * namesOnPage, (shown + 1) * namesOnPage);
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Not thanked lately' },
    close: { type: 'plain_text', text: 'Close' },
    blocks: [
      sentence(introWords(found, { team, weeks })),
      weeksMenu(team.id, weeks),
      ...(found.byNobody.length === 0 && names.length > 0
        ? [sentence(`${everybodyBut(found)} was thanked by somebody.`)]
        : []),
      ...onPage.flatMap(({ member, title }, index) => [
        ...(title === onPage[index - 1]?.title ? [] : [heading(title)]),
        person(member),
      ]),
      ...(names.length === 0 ? [sentence(noneWords(found))] : []),
      ...leftOutBlocks(found),
      ...(pages > 1 ? [sentence(`Page ${shown + 1} of ${pages}.`)] : []),
      ...turnButtons(actions.unthankedPage, { page: shown, pages }, to =>
        carried({ teamId: team.id, weeks, page: to }),
      ),
    ],
  };
}

function introWords({ since, timeZone }: Names, { team, weeks }: { team: Team; weeks: number }): string {
  const young = since ? ` The first shout-out here was on ${dayWords(since, timeZone)}.` : '';
  return `Who in ${team.name} was not thanked in the last ${weeks} weeks, by name.${young} Only you see the names; the team can see that you looked.`;
}

function noneWords(found: Names): string {
  const { isLead } = found;
  return `${everybodyBut(found)} was thanked${isLead ? ', also by you' : ''}.`;
}

function everybodyBut({ leftOut }: Names): string {
  return Object.values(leftOut).some(count => count > 0) ? 'Everybody else' : 'Everybody';
}

/** How many are left out, and why; not who: a name would put them on the list after all. */
function leftOutBlocks({ leftOut }: Names): KnownBlock[] {
  const { newcomers, away, cannotBeThanked } = leftOut;
  const reasons = [
    ...(newcomers > 0 ? [`${newcomers} in the team for less than four weeks`] : []),
    ...(away > 0 ? [`${away} away`] : []),
    ...(cannotBeThanked > 0 ? [`${cannotBeThanked} who cannot be thanked`] : []),
  ];
  return reasons.length > 0 ? [sentence(`Left out: ${joinNames(reasons)}.`)] : [];
}

function weeksMenu(teamId: string, chosen: UnthankedWeeks): ActionsBlock {
  const option = (weeks: UnthankedWeeks): PlainTextOption => ({
    text: { type: 'plain_text', text: `In the last ${weeks} weeks` },
    value: carried({ teamId, weeks, page: 0 }),
  });
  return {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: actions.unthankedWeeks,
        options: unthankedWeeks.map(option),
        initial_option: option(chosen),
      },
    ],
  };
}

function person({ name, slackId }: Member): KnownBlock {
  return {
    type: 'section',
    text: { type: 'plain_text', text: name },
    accessory: button('Give a shout-out', actions.giveTo, slackId),
  };
}

function heading(words: string): KnownBlock {
  return richText(section(bold(words)));
}

function sentence(words: string): KnownBlock {
  return richText(section(plain(words)));
}
