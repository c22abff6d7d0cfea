// How Slack escapes what a person types: mentions, channels, groups, addresses, and the three reserved characters.

import type { Workspace } from './workspace.js';

/**
 * The text as it reaches an app with `should_escape: true` (and as messages are kept).
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands#creating_commands
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeTyped(text: string, workspace: Workspace): string {
  // An address is one piece, so that nothing inside it is taken for a mention.
  return text
    .split(/(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)])/)
    .map((piece, index) => (index % 2 === 1 ? `<${escapeReserved(piece)}>` : escapePiece(piece, workspace)))
    .join('');
}

/** `&`, `<` and `>` as entities. */
export function escapeReserved(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function escapePiece(piece: string, workspace: Workspace): string {
  return escapeReserved(piece)
    .replace(/[\w.+-]+@[\w-]+\.[\w.-]*\w/g, mail => `<mailto:${mail}|${mail}>`)
    .replace(/(^|[\s(])@([a-z0-9._-]*[a-z0-9])/g, (whole, before: string, handle: string) => {
      if (['channel', 'here', 'everyone'].includes(handle)) return `${before}<!${handle}>`;
      const person = workspace.personByHandle(handle);
      if (person !== undefined) return `${before}<@${person.id}|${person.name}>`;
      const group = workspace.world.groups.find(each => each.handle === handle);
      return group === undefined ? whole : `${before}<!subteam^${group.id}|@${group.handle}>`;
    })
    .replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const channel = workspace.world.channels.find(each => each.kind !== 'im' && each.name === name);
      if (channel === undefined) return whole;
      // A private channel's name is not told to apps.
      return `${before}<#${channel.id}|${channel.kind === 'private' ? '' : channel.name}>`;
    });
}
