// What keepers are asked and told about the copies of a digest.
import type { Post, Workspace } from '../../model.js';
import { actions } from '../ids.js';
import { channel, escapeText, plain, richText, section } from '../text.js';
import { isShown, questionSettled, unpostedNotice } from './notices.js';
import { button, buttons, type Message } from './parts.js';

/** To a keeper, when nobody knows whether a copy of the digest reached Slack. */
export function question(about: Post): Message {
  if (about.state !== 'uncertain') return questionSettled();
  const what = about.kind === 'digest' ? "the week's digest" : "a part of the digest's thread";
  const start = `Slack did not say whether ${what} appeared in`;
  const next = 'Is it there? If not, I post it again.';
  return {
    text: `${start} the channel. ${next}`,
    blocks: [
      richText(section(plain(`${start} `), channel(about.target), plain(`. ${next}`))),
      buttons(
        button('Post it again', actions.postAgain, about.id, 'primary'),
        button('It is there', actions.itIsThere, about.id),
      ),
    ],
  };
}

/** To a keeper, when the digest cannot be posted or changed; and when it was after all. */
export function notice(about: Post, { botName }: Pick<Workspace, 'botName'>): Message {
  const invite = `Type /invite @${botName} there, and I`;
  const isBehind = about.postedTs !== null && about.shownRevision > 0 && !isShown(about);
  const [before, after] = isBehind
    ? ['Something in the digest changed, and I cannot change its message in', `${invite} try again at once.`]
    : unpostedNotice("The week's digest is ready", about, invite);
  return {
    text: escapeText(`${before} the channel. ${after}`.trimEnd()),
    blocks: [
      richText(section(plain(`${before} `), channel(about.target), plain(`.${after ? ` ${after}` : ''}`))),
    ],
  };
}
