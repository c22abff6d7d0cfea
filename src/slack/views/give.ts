// The form that gives a shout-out.
import type { InputBlock, ModalView } from '@slack/types';
import type { CompanyValue, Team, Visibility } from '../../model.js';
import { callbacks, fields } from '../ids.js';
import type { FormContext } from '../parse/payloads.js';
import {
  type EditContents,
  form,
  hintBlocks,
  type Needs,
  recipientsField,
  valuesField,
  wordsFields,
} from '../views.js';
import { channelField, groupedSomeField } from './inputs.js';

export interface FormContents extends EditContents {
  /** The ids of teams that are thanked besides. */
  teamIds: string[];
  visibility: Visibility;
  /** Where it is to be announced; null: not chosen. */
  channelSlackId: string | null;
  /** Left empty, that may turn out to be a team's own channel. */
  isTeamPossible: boolean;
}

/** What the form offers to choose from. @see listOfferedTeams for the teams */
export interface Offered {
  values: CompanyValue[];
  teams: Pick<Team, 'id' | 'name'>[];
}

const emptyChannelWords =
  "Left empty: your team's own channel when all of you are in one team, else where shout-outs usually appear.";

/** The form that gives a shout-out, filled in with what was already typed. `hint` says what could not be filled in. */
export function giveForm(
  contents: FormContents,
  { values, teams }: Offered,
  context: FormContext,
  needs: Needs,
  hint: string | null = null,
): ModalView {
  return form({ callbackId: callbacks.give, title: 'Give a shout-out', submit: 'Give it', context }, [
    ...hintBlocks(hint),
    // A team alone will do.
    { ...recipientsField(contents.recipientSlackIds), ...(teams.length > 0 ? { optional: true } : {}) },
    ...teamsField(contents.teamIds, teams),
    ...valuesField(contents.valueSlugs, values, needs),
    ...wordsFields(contents, needs),
    visibilityField(contents.visibility),
    channelField(
      {
        id: fields.channel,
        label: 'In which channel?',
        ...(contents.isTeamPossible ? { hint: emptyChannelWords } : {}),
      },
      contents.channelSlackId,
      'Choose a channel',
    ),
  ]);
}

function teamsField(chosen: string[], teams: Offered['teams']): InputBlock[] {
  if (teams.length === 0) return [];
  return [
    groupedSomeField(
      { id: fields.teams, label: 'A team', hint: 'Everybody who is in it is thanked, besides those above.' },
      teams.map(({ id, name }) => ({ text: name, value: id })),
      chosen,
      'None, or one or more',
    ),
  ];
}

const visibilityWords: Record<Visibility, { text: string; description: string }> = {
  public: { text: 'Everyone in a channel', description: 'and the people you thank, by direct message' },
  private: {
    text: 'Only the people you thank',
    description: 'by direct message and nowhere else; it counts in totals',
  },
};

function visibilityField(chosen: Visibility): InputBlock {
  const option = (visibility: Visibility) => ({
    text: { type: 'plain_text' as const, text: visibilityWords[visibility].text },
    description: { type: 'plain_text' as const, text: visibilityWords[visibility].description },
    value: visibility,
  });
  return {
    type: 'input',
    block_id: fields.visibility,
    label: { type: 'plain_text', text: 'Who may see it?' },
    element: {
      type: 'radio_buttons',
      action_id: fields.visibility,
      options: [option('public'), option('private')],
      initial_option: option(chosen),
    },
  };
}
