// What is said about shout-outs by reaction.
import type { CompanyValue, Shoutout } from '../../model.js';
import { actions } from '../ids.js';
import { bold, emoji, escapeText, joinNames, link, plain, richText, section } from '../text.js';
import { valueButton } from './given.js';
import { button, buttons, forRichValues, forValues, type Message, said } from './parts.js';

/** Values offered as buttons; a row of buttons holds 25. */
const mostValueButtons = 10;

/** To the giver: it is recorded, and a reason would let it be announced. */
export function askWhy(shoutout: Shoutout, values: CompanyValue[]): Message {
  const names = joinNames(shoutout.recipients.map(one => one.name));
  const start = `You gave ${names} a shout-out`;
  const offered = shoutout.values.length === 0 ? values.slice(0, mostValueButtons) : [];
  const question = offered.length > 0 ? '. Which value does it show, and why?' : '. Add why?';
  return {
    text: escapeText(`${start}${forValues(shoutout.values)}${question}`),
    blocks: [
      richText(section(plain(start), ...forRichValues(shoutout.values), plain(question))),
      ...(offered.length > 0 ? [buttons(...offered.map(value => valueButton(shoutout, value)))] : []),
      buttons(
        button('Add why', actions.addWhy, shoutout.id, 'primary'),
        button("Don't ask again", actions.stopAsking, shoutout.id),
      ),
    ],
  };
}

/** To the giver, who took the reaction back after they had said why. */
export function keepOrUndo(shoutout: Shoutout): Message {
  const names = joinNames(shoutout.recipients.map(one => one.name));
  const text = `You took your reaction back. Your shout-out to ${names} has your reason with it, so it stays until you say otherwise.`;
  return {
    text: escapeText(text),
    blocks: [
      richText(section(plain(text))),
      buttons(
        button('Keep it', actions.keepShoutout, shoutout.id, 'primary'),
        button('Undo it', actions.undo, shoutout.id),
      ),
    ],
  };
}

/** To a recipient: several at once. */
export function gathered(shoutouts: Shoutout[], urlOf: (shoutout: Shoutout) => string | null): Message {
  const start =
    shoutouts.length === 1
      ? 'A colleague gave you a shout-out by reaction:'
      : `Colleagues gave you ${shoutouts.length} shout-outs by reaction:`;
  const shown = shoutouts.slice(0, mostShown);
  const more = shoutouts.length - shown.length;
  const lines = shown.map(shoutout => `${shoutout.giver.name}${forValues(shoutout.values)}`);
  return {
    text: escapeText(
      `${start}${lines.map(line => `\n• ${line}`).join('')}${more > 0 ? `\nAnd ${more} more.` : ''}`,
    ),
    blocks: [
      richText(
        section(plain(start)),
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: shown.map(shoutout => {
            const url = urlOf(shoutout);
            return section(
              bold(shoutout.giver.name),
              ...forRichValues(shoutout.values),
              ...(url ? [plain(': '), link(url, 'for this message')] : []),
            );
          }),
        },
        ...(more > 0 ? [section(plain(`And ${more} more.`))] : []),
      ),
    ],
  };
}

/** A list longer than this is nobody's pleasure. */
const mostShown = 30;

/** In a channel that the bot has just joined. @param counting - the emoji that give a shout-out there, the general one last */
export function greeting(counting: string[]): Message {
  if (counting.length === 0)
    return said("I'm here now. Reactions give no shout-outs here. I don't read messages.");
  const end = " to a colleague's message gives them a shout-out. I don't read messages.";
  const names = [...counting.slice(0, -1).slice(0, mostValueButtons), ...counting.slice(-1)];
  return {
    text: escapeText(`I'm here now. Reacting with ${names.map(name => `:${name}:`).join(' ')}${end}`),
    blocks: [
      richText(
        section(
          plain("I'm here now. Reacting with "),
          ...names.flatMap(name => [emoji(name), plain(' ')]),
          plain(end.trimStart()),
        ),
      ),
    ],
  };
}

/** After "Don't ask again". */
export function notAskedAgain(): Message {
  return said('I do not ask again. Your reactions count as before.');
}

/** After a reason was added: only now it is announced. */
export function reasonAdded({ recipients }: Shoutout): Message {
  const names = joinNames(recipients.map(one => one.name));
  const isAnnounced = recipients.some(one => !one.isHidden);
  return said(
    isAnnounced
      ? `Thank you. Your shout-out to ${names} is announced now, with your words.`
      : `Thank you. ${names} gets your words by direct message.`,
  );
}

/** After "Keep it". */
export function kept(): Message {
  return said('It stays.');
}
