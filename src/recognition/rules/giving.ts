// The reasons to refuse a shout-out that somebody wants to give.
import type { CompanyValue, Member, Settings, ShoutoutRequest } from '../../model.js';
import { accountOf, isGranted, may, rolesOf } from '../permissions.js';
import type { ReactionRefusal, Refusal } from '../refusal.js';
import { receivingRefusal, recipientRefusals } from './people.js';
import { valueRefusals } from './values.js';
import { messageRefusals } from './words.js';

/** How long the same words by the same giver are suspected to be a second try. */
export const repeatMilliseconds = 2 * 60 * 1000;

/** What the rules look at: the request, and what the workspace knows of those in it. */
export interface Facts {
  request: ShoutoutRequest;
  /** Everyone named whom the workspace knows; may lack some. */
  members: Member[];
  /** The workspace's values that can be given. */
  values: CompanyValue[];
  settings: GivingSettings & Pick<Settings, 'shoutoutChannelId'>;
}

/** What a workspace asks of each shout-out, and who may take part. */
export type GivingSettings = Pick<
  Settings,
  'isValueRequired' | 'isMessageRequired' | 'mayGuestsGive' | 'mayGuestsReceive'
>;

/** Every reason to refuse, in the order a person would mend them: people, values, message. Empty: none. */
export function refusals({ request, members, values, settings }: Facts): Refusal[] {
  const giver = members.find(one => one.slackId === request.giverSlackId);
  const barred = giver && givingRefusal(giver, 'give', settings);
  return [
    ...(barred ? [{ code: barred }] : []),
    ...recipientRefusals(request, members, settings),
    ...valueRefusals(request, values),
    ...requiredRefusals(request, whereThereAreValues(settings, values)),
    ...messageRefusals(request),
    ...channelRefusals(request, settings),
  ];
}

/** Why somebody cannot give at all; null: they can. */
export function givingRefusal(
  giver: Member,
  action: 'give' | 'giveByReaction',
  { mayGuestsGive }: Pick<GivingSettings, 'mayGuestsGive'>,
): 'foreignGiver' | 'guestGiver' | 'closedGiver' | null {
  if (isGranted(may(action, rolesOf(giver)), { guestsGive: mayGuestsGive })) return null;
  const account = accountOf(giver);
  if (account === 'foreign') return 'foreignGiver';
  return account === 'guest' ? 'guestGiver' : 'closedGiver';
}

/** Where a shout-out is to be announced; null: nowhere. */
export function announcementChannel(
  { visibility, announceIn, place }: Pick<ShoutoutRequest, 'visibility' | 'announceIn' | 'place'>,
  { shoutoutChannelId }: Pick<Settings, 'shoutoutChannelId'>,
): string | null {
  if (visibility === 'private') return null;
  return announceIn ?? shoutoutChannelId ?? (place.kind === 'channel' ? place.channelSlackId : null);
}

function channelRefusals(request: ShoutoutRequest, settings: Facts['settings']): Refusal[] {
  if (request.visibility === 'private') return [];
  const channelSlackId = announcementChannel(request, settings);
  if (!channelSlackId) return [{ code: 'noChannel' }];
  const { channelTrouble } = request;
  // The workspace's own channel was somebody's decision; should it be closed to us, its messages wait. Another
  // organisation is to read none of them.
  const isWaiting = channelSlackId === settings.shoutoutChannelId && channelTrouble !== 'shared';
  return !channelTrouble || isWaiting ? [] : [{ code: 'closedChannel', trouble: channelTrouble }];
}

/** Why a reaction gives nothing; null: it does. */
export function reactionRefusal(
  { author, giver, value }: { author: Member | null; giver: Member; value: Pick<CompanyValue, 'id'> | null },
  settings: GivingSettings,
): ReactionRefusal | null {
  const barred = givingRefusal(giver, 'giveByReaction', settings);
  if (barred && barred !== 'guestGiver') return barred;
  if (!author) return 'bot';
  if (author.slackId === giver.slackId) return 'own';
  if (barred) return barred;
  const refused = receivingRefusal(author, settings);
  if (refused) return refused;
  if (settings.isMessageRequired) return 'messageRequired';
  return settings.isValueRequired && !value ? 'valueRequired' : null;
}

/** The same settings; where there is no value to give, none is required. */
export function whereThereAreValues<S extends Pick<GivingSettings, 'isValueRequired'>>(
  settings: S,
  values: CompanyValue[],
): S {
  return { ...settings, isValueRequired: settings.isValueRequired && values.length > 0 };
}

/** What the workspace asks of each shout-out and this one lacks. */
export function requiredRefusals(
  {
    source,
    valueSlugs,
    unknownValues,
    message,
  }: Pick<ShoutoutRequest, 'source' | 'valueSlugs' | 'unknownValues' | 'message'>,
  { isValueRequired, isMessageRequired }: Pick<GivingSettings, 'isValueRequired' | 'isMessageRequired'>,
): Refusal[] {
  // Whoever joins in has the values of what they join.
  const lacksValue = valueSlugs.length + unknownValues.length === 0 && source !== 'meToo';
  return [
    ...(isValueRequired && lacksValue ? [{ code: 'valueRequired' as const }] : []),
    ...(isMessageRequired && message === '' ? [{ code: 'messageRequired' as const }] : []),
  ];
}
