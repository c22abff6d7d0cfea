// All that a digest tells, for one person, page by page.
import type { KnownBlock, ModalView } from '@slack/types';
import type { DigestPage } from '../../recognition/digests/digest.js';
import { actions } from '../ids.js';
import { plain, richText, section } from '../text.js';
import { weekWords } from './digest.js';
import { groupBlock, reactionsBlock, type Site } from './digest-entries.js';
import { type Message, said, turnButtons } from './parts.js';

/** A page of a digest, with buttons to the pages beside it. @param context - what the view has to remember */
export function digestPageView(contents: DigestPage, site: Site, context: string): ModalView {
  const { page, pages, groups, reactions } = contents;
  const blocks: KnownBlock[] = [
    ...groups.map(group => groupBlock(group, site, { isAlone: false, figure: null })),
    ...(reactions.length > 0 ? [reactionsBlock(reactions, 0)] : []),
  ];
  return {
    ...frame(`Week of ${weekWords(contents.week)}`, context),
    blocks: [
      ...(blocks.length > 0 ? blocks : [sentence('There is nothing here any more: it was taken back.')]),
      ...(pages > 1 ? [sentence(`Page ${page + 1} of ${pages}. Only you see this.`)] : []),
      ...turnButtons(actions.showPage, contents, to => `${contents.digestId}:${to}`),
    ],
  };
}

/** When there is nothing to page through. */
export function digestGone(): Message {
  return said('This digest is not there any more.');
}

/** To somebody of another organisation. */
export function digestNotForYou(): Message {
  return said('The whole list is for members of this workspace.');
}

function frame(title: string, context: string) {
  return {
    type: 'modal' as const,
    title: { type: 'plain_text' as const, text: title },
    close: { type: 'plain_text' as const, text: 'Close' },
    private_metadata: context,
  };
}

function sentence(words: string): KnownBlock {
  return richText(section(plain(words)));
}
