// What everyone in the channel sees.
import type { Shoutout } from '../../model.js';
import { withoutNames } from '../../recognition/rules/words.js';
import { actions, type MenuChoice, menuChoices } from '../ids.js';
import { bold, boldNames, escapeText, joinNames, link, plain, richText, section } from '../text.js';
import {
  asGroups,
  button,
  forRichValues,
  forValues,
  type Message,
  overflow,
  quotedWords,
  sayingWords,
} from './parts.js';

const choiceWords: Record<MenuChoice, string> = {
  edit: 'Edit',
  undo: 'Undo',
  remove: 'Remove (workspace admins)',
  report: 'Report to those who keep Shoutout',
};

/**
 * Names those who do not keep it private. Everyone sees its menu; who may do what is decided when it is used.
 * @param aboutUrl - of the message it is about, where everyone who reads this may know of it
 */
export function announcement(shoutout: Shoutout, aboutUrl: string | null): Message {
  const { id, giver, values } = shoutout;
  const names = shoutout.recipients.filter(one => !one.isHidden).map(one => one.name);
  const words = masked(shoutout);
  // A group's name would tell of a member who keeps it private.
  const groups = names.length === shoutout.recipients.length ? asGroups(shoutout.groups) : '';
  return {
    text: `${escapeText(`${giver.name} gave ${joinNames(names)}${groups} a shout-out${forValues(values)}`)}${sayingWords(words)}`,
    blocks: [
      richText(
        section(
          bold(giver.name),
          plain(' gave '),
          ...boldNames(names),
          plain(`${groups} a shout-out`),
          ...forRichValues(values),
        ),
        ...quotedWords(words),
        ...(aboutUrl ? [section(link(aboutUrl, 'See what it is about'))] : []),
      ),
      overflow(
        actions.menu,
        menuChoices.map(choice => ({ text: choiceWords[choice], value: `${choice}:${id}` })),
        button('Me too', actions.meToo, id),
      ),
    ],
  };
}

/** The giver's words without the names of those who keep it private. */
function masked({ message, impact, recipients }: Shoutout): { message: string; impact: string } {
  const secret = recipients.filter(one => one.isHidden).map(one => one.name);
  return { message: withoutNames(message, secret), impact: withoutNames(impact, secret) };
}
