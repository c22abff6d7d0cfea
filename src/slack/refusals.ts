// Reasons to refuse, in words, and the form's field that each belongs to.
import type { Commands } from '../config.js';
import type { Refusal, UndoRefusal } from '../recognition/refusal.js';
import { fields } from './ids.js';
import { joinNames } from './text.js';

/** What a refusal says to the giver: one or two sentences, plain text. */
function refusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'noRecipients':
      return 'Nobody is named. Choose whom to thank.';
    case 'onlyYourself':
      return 'A shout-out goes to somebody else, and you are the only one named.';
    case 'bot':
      return `${refusal.name} is a bot. Bots do their best, but a shout-out is for people.`;
    case 'deactivated':
      return `${refusal.name}'s account is deactivated.`;
    case 'foreign':
      return `${refusal.name} belongs to another organisation, and shout-outs stay in this one.`;
    case 'unknownMember':
      return 'Slack does not know one of the people you named, or does not show them to me.';
    case 'unknownValue':
      return `There is no value #${refusal.typed}.${refusal.nearest ? ` Did you mean #${refusal.nearest}?` : ''}`;
    case 'moreUnknownValues':
      return `And ${thousands(refusal.count)} more that are no values.`;
    case 'messageTooLong':
      return `The message has ${thousands(refusal.length)} characters; up to ${thousands(refusal.limit)} fit.`;
    case 'tooManyRecipients':
      return `You named ${refusal.count} people; one shout-out reaches up to ${refusal.limit}.`;
    case 'groupNeedsPaidPlan':
      return `Slack tells who is in ${refusal.handle} on its paid plans only. Name the people instead.`;
    case 'unknownGroup':
      return `Slack does not know the group ${refusal.handle} any more. Name the people instead.`;
    case 'nobodyInGroup':
      return `There is nobody in ${refusal.handle} whom you could thank.`;
    case 'dailyLimit':
      return `You have given ${refusal.limit} shout-outs today, and that is the limit for a day. Tomorrow there is room again.`;
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

/** The refusals as errors of the form's fields: all of a field's words together. */
export function fieldErrors(reasons: Refusal[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const field of new Set(reasons.map(fieldOf))) {
    errors[field] = allRefusalWords(reasons.filter(reason => fieldOf(reason) === field)).join(' ');
  }
  return errors;
}

function fieldOf(refusal: Refusal): string {
  switch (refusal.code) {
    case 'unknownValue':
    case 'moreUnknownValues':
      return fields.values;
    case 'messageTooLong':
      return fields.message;
    default:
      return fields.recipients;
  }
}

/** Why something cannot be undone. */
export function undoRefusalWords(reason: UndoRefusal, commands: Commands): string {
  switch (reason) {
    case 'notYours':
      return 'Only its giver can undo a shout-out.';
    case 'tooLate':
      return 'A shout-out can be undone for 24 hours, and they have passed. It stays.';
    case 'alreadyUndone':
      return 'It is undone already: it no longer counts.';
    case 'unknownShoutout':
      return `I cannot find that shout-out any more. ${commands.shoutout} last shows your latest one.`;
  }
}

function thousands(count: number): string {
  return count.toLocaleString('en-US');
}
