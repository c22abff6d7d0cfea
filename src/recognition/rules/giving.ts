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
  /** @see announcementChannel */
  ownChannelSlackId: string | null;
}

/** What a workspace asks of each shout-out, and who may take part. */
export type GivingSettings = Pick<
  Settings,
  'isValueRequired' | 'isMessageRequired' | 'mayGuestsGive' | 'mayGuestsReceive'
>;

/** Every reason to refuse, in the order a person would mend them: people, values, message. Empty: none. */
export function refusals(facts: Facts): Refusal[] {
  const { request, members, values, settings } = facts;
  const giver = members.find(one => one.slackId === request.giverSlackId);
  const barred = giver && givingRefusal(giver, 'give', settings);
  return [
    ...(barred ? [{ code: barred }] : []),
    ...recipientRefusals(request, members, settings),
    ...valueRefusals(request, values),
    ...requiredRefusals(request, whereThereAreValues(settings, values)),
    ...messageRefusals(request),
    ...channelRefusals(facts),
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

/** A request as far as it says where it is to be announced. */
type Directed = Pick<ShoutoutRequest, 'visibility' | 'announceIn' | 'place'>;

/** Whether a shout-out is announced where such ones usually are, rather than nowhere, where its giver chose or where it is given. */
export function hasUsualChannel(
  { visibility, announceIn, place }: Directed,
  { shoutoutChannelId }: Pick<Settings, 'shoutoutChannelId'>,
): boolean {
  const isHere = shoutoutChannelId === null && place.kind === 'channel';
  return visibility === 'public' && announceIn === null && !isHere;
}

/**
 * Where a shout-out is to be announced; null: nowhere.
 * @param ownChannelSlackId - of the team that it stays in; null: it stays in none with a channel of its own
 */
export function announcementChannel(
  request: Directed,
  { shoutoutChannelId }: Pick<Settings, 'shoutoutChannelId'>,
  ownChannelSlackId: string | null,
): string | null {
  const { visibility, announceIn, place } = request;
  if (visibility === 'private') return null;
  if (hasUsualChannel(request, { shoutoutChannelId })) return ownChannelSlackId ?? shoutoutChannelId;
  return announceIn ?? (place.kind === 'channel' ? place.channelSlackId : null);
}

function channelRefusals({ request, settings, ownChannelSlackId }: Facts): Refusal[] {
  if (request.visibility === 'private') return [];
  const channelSlackId = announcementChannel(request, settings, ownChannelSlackId);
  if (!channelSlackId) return [{ code: 'noChannel' }];
  const { channelTrouble } = request;
  // The workspace's channel, or a team's, was somebody's decision; should it be closed to us, its messages wait. Another
  // organisation is to read none of them.
  const isUsual = channelSlackId === settings.shoutoutChannelId || channelSlackId === ownChannelSlackId;
  const isWaiting = isUsual && channelTrouble !== 'shared';
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
