// Reasons to refuse, in words, and the form's field that each belongs to.
import type { Commands } from '../config.js';
import type { ChannelTrouble } from '../model.js';
import type { ChangeRefusal, ReactionRefusal, Refusal } from '../recognition/refusal.js';
import { fields } from './ids.js';
import { joinNames } from './text.js';

/** To somebody who does not belong to the workspace. */
export const outsiderWords = 'Shout-outs stay among the people of this workspace.';
/** To a guest where guests do not give. */
export const guestGiverWords = 'Guests do not give shout-outs here. A workspace admin decides that.';

/** What a refusal says to the giver: one or two sentences, plain text. */
function refusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'noRecipients':
      return 'Nobody is named. Choose whom to thank.';
    case 'onlyYourself':
      return 'A shout-out goes to somebody else, and you are the only one named.';
    case 'foreignGiver':
      return 'You belong to another organisation, and shout-outs stay in this one.';
    case 'closedGiver':
      return outsiderWords;
    case 'guestGiver':
      return guestGiverWords;
    case 'guest':
      return `${refusal.name} is a guest, and guests do not receive shout-outs here.`;
    case 'leaveMeOut':
      return `${refusal.name} does not receive shout-outs, by their own choice. A word to them in person is still welcome.`;
    case 'valueRequired':
      return 'Here every shout-out names a value. Choose at least one.';
    case 'messageRequired':
      return 'Here every shout-out says what for. Write a sentence: what did they do?';
    case 'bot':
      return `${refusal.name} is a bot, and a shout-out is for people. Name a person.`;
    case 'deactivated':
      return `${refusal.name}'s account is deactivated.`;
    case 'foreign':
      return `${refusal.name} belongs to another organisation, and shout-outs stay in this one.`;
    case 'unknownMember':
      return 'Slack does not know one of the people you named, or does not show them to me.';
    case 'unknownValue':
      return `There is no value #${refusal.typed}.${refusal.nearest ? ` Did you mean #${refusal.nearest}?` : ''}`;
    case 'retiredValue':
      return `${refusal.name} is retired as a value and can no longer be given.`;
    case 'moreUnknownValues':
      return `And ${thousands(refusal.count)} more that are no values.`;
    case 'messageTooLong':
      return `The message has ${thousands(refusal.length)} characters; up to ${thousands(refusal.limit)} fit.`;
    case 'impactTooLong':
      return `"What changed because of it?" has ${thousands(refusal.length)} characters; up to ${thousands(refusal.limit)} fit.`;
    case 'noReason':
      return 'Write a sentence: what did they do?';
    case 'noChannel':
      return 'Choose where it appears, or that only the people you thank see it.';
    case 'closedChannel':
      return closedWords(refusal.trouble);
    case 'recipientsMissing':
      return `People can be added, not taken away: ${joinNames(refusal.names)} must stay. Undo takes the whole shout-out back.`;
    case 'tooManyRecipients':
      return `You named ${refusal.count} people; one shout-out reaches up to ${refusal.limit}.`;
    case 'groupNeedsPaidPlan':
      return `Slack tells who is in ${refusal.handle} on its paid plans only. Name the people instead.`;
    case 'unknownGroup':
      return `Slack does not know the group ${refusal.handle} any more. Name the people instead.`;
    case 'nobodyInGroup':
      return `There is nobody in ${refusal.handle} whom you could thank.`;
    case 'nobodyInTeam':
      return `There is nobody in ${refusal.handle} whom you could thank.`;
    case 'teamTooLarge':
      return `More than ${refusal.limit} people are in ${refusal.handle}, and one shout-out reaches up to ${refusal.limit}. Name those you want to thank.`;
    case 'unknownTeam':
      return unknownTeamWords(refusal);
    case 'dailyLimit':
      return `You have given ${refusal.limit} shout-outs today, and that is the limit for a day. Tomorrow there is room again.`;
  }
}

/** So many teams are named where one was not found. */
const mostTeamsNamed = 10;

function unknownTeamWords({ typed, nearest, slugs }: Extract<Refusal, { code: 'unknownTeam' }>): string {
  const meant = nearest ? ` Did you mean team:${nearest}?` : '';
  if (slugs === null) return `There is no team ${typed}.${meant}`;
  if (slugs.length === 0)
    return `There is no team ${typed}: none has been set up here. Name the people instead.`;
  const more = slugs.length - mostTeamsNamed;
  const named = slugs.slice(0, mostTeamsNamed).map(slug => `team:${slug}`);
  return `There is no team ${typed}.${meant} There ${named.length === 1 ? 'is' : 'are'} ${joinNames(more > 0 ? [...named, `${more} more`] : named)}.`;
}

/** Why a channel cannot be chosen in a form to post in. */
export function closedChoiceWords(trouble: ChannelTrouble): string {
  return trouble === 'notMember'
    ? 'I am not in that private channel. Invite me there and try again, or choose another.'
    : closedWords(trouble);
}

/** Why a channel is no place for an announcement. */
export function closedWords(trouble: ChannelTrouble): string {
  switch (trouble) {
    case 'notMember':
      return 'I cannot post in that channel because I am not in it. Choose another channel, or only the people you thank; or invite me there and try again.';
    case 'shared':
      return 'That channel is shared with another organisation. Choose one of your own.';
    case 'archived':
      return 'That channel is archived. Choose another.';
  }
}

/** The refusals in words, each once. */
export function allRefusalWords(reasons: Refusal[]): string[] {
  return [...new Set(reasons.map(refusalWords))];
}

/** Who is left out because they cannot receive. */
export function leftOutWords(names: string[]): string {
  return `${joinNames(names)} cannot receive shout-outs and ${names.length === 1 ? 'is' : 'are'} left out.`;
}

/**
 * The refusals as errors of the form's fields: all of a field's words together.
 * @param form - `hasTeams`: teams can be chosen in it; `isTeamChosen`: one is
 */
export function fieldErrors(
  reasons: Refusal[],
  form: { hasTeams: boolean; isTeamChosen: boolean } = { hasTeams: false, isTeamChosen: false },
): Record<string, string> {
  const fieldHere = (reason: Refusal) => {
    const isTooMany = reason.code === 'tooManyRecipients' && form.isTeamChosen;
    const field = isTooMany ? fields.teams : fieldOf(reason);
    return field === fields.teams && !form.hasTeams ? fields.recipients : field;
  };
  return errorsByField(reasons, fieldHere, refusalWords);
}

/** Faults as errors of a form's fields: all of a field's words together, each once. */
export function errorsByField<Fault>(
  faults: Fault[],
  fieldOf: (fault: Fault) => string,
  wordsOf: (fault: Fault) => string,
): Record<string, string> {
  const byField = new Map<string, Set<string>>();
  for (const fault of faults) {
    const field = fieldOf(fault);
    byField.set(field, (byField.get(field) ?? new Set()).add(wordsOf(fault)));
  }
  return Object.fromEntries([...byField].map(([field, words]) => [field, [...words].join(' ')]));
}

function fieldOf(refusal: Refusal): string {
  switch (refusal.code) {
    case 'unknownTeam':
    case 'teamTooLarge':
    case 'nobodyInTeam':
      return fields.teams;
    case 'unknownValue':
    case 'retiredValue':
    case 'moreUnknownValues':
    case 'valueRequired':
      return fields.values;
    case 'messageTooLong':
    case 'messageRequired':
    case 'noReason':
      return fields.message;
    case 'impactTooLong':
      return fields.impact;
    case 'noChannel':
    case 'closedChannel':
      return fields.channel;
    default:
      return fields.recipients;
  }
}

/** Why a reaction gave nothing. */
export function reactionRefusalWords(reason: ReactionRefusal, emoji: string): string {
  const nothing = `Your :${emoji}: is only a reaction here:`;
  switch (reason) {
    case 'foreignGiver':
    case 'closedGiver':
      return outsiderWords;
    case 'bot':
      return `${nothing} the message is from an app, and a shout-out is for people.`;
    case 'own':
      return `${nothing} the message is your own, and a shout-out goes to somebody else.`;
    case 'foreign':
      return `${nothing} its author belongs to another organisation, and shout-outs stay in this one.`;
    case 'deactivated':
      return `${nothing} its author's account is deactivated.`;
    case 'guest':
      return `${nothing} its author is a guest, and guests do not receive shout-outs here.`;
    case 'leaveMeOut':
      return `${nothing} its author does not receive shout-outs, by their own choice.`;
    case 'guestGiver':
      return `${nothing} guests do not give shout-outs here.`;
    case 'valueRequired':
      return `${nothing} here every shout-out names a value. Use a value's own emoji.`;
    case 'messageRequired':
      return `${nothing} here every shout-out says what for.`;
    case 'dailyLimit':
      return `${nothing} you have given as many shout-outs today as a day allows. Tomorrow there is room again.`;
  }
}

/** What somebody wanted to do with a shout-out. */
export type Change = 'edit' | 'undo' | 'remove' | 'report' | 'keepPrivate' | 'meToo';

/** Why that cannot be done, and what can. */
export function changeRefusalWords(reason: ChangeRefusal, change: Change, commands: Commands): string {
  switch (reason) {
    case 'notYours':
      return change === 'edit'
        ? 'Only its giver can edit a shout-out.'
        : 'Only its giver can undo a shout-out. A workspace admin can remove it, and you can report it.';
    case 'tooLate':
      return change === 'edit'
        ? 'A shout-out can be changed for 24 hours, and they have passed. It stays as it is.'
        : 'A shout-out can be undone for 24 hours, and they have passed. It stays.';
    case 'alreadyUndone':
      return 'It is undone already: it no longer counts.';
    case 'alreadyRemoved':
      return 'A workspace admin has removed it already: it no longer counts.';
    case 'changedMeanwhile':
      return 'It was changed after you opened this form, so I changed nothing. Press Edit again to see it as it is now.';
    case 'unknownShoutout':
      return `I cannot find that shout-out any more. ${commands.shoutout} last shows your latest one.`;
    case 'notAdmin':
      return 'Only a workspace admin can remove a shout-out. You can report it instead.';
    case 'notRecipient':
      return 'Only those who were thanked can keep it private.';
    case 'outsider':
      return outsiderWords;
    case 'guestGiver':
      return guestGiverWords;
    case 'partOfIt':
      return 'It is yours already: "Me too" is for those who did not give it and were not thanked.';
    case 'nobodyLeft':
      return 'Nobody whom it thanks can receive shout-outs any more.';
    case 'noKeepers':
      return 'Nobody looks after me here yet, so there is nobody to tell. A workspace admin can remove it: ask one.';
    case 'alreadyReported':
      return 'You have reported it already. Those who look after me have your report.';
  }
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
