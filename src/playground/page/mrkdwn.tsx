// Slack's own markup as people see it: mentions, links, styles, quotes, code and emoji. Nothing else in a text is markup.

import { Fragment, type ReactNode } from 'react';
import { Emoji, isEmoji } from './emoji.js';
import { ChannelMention, GroupMention, Mention } from './people.js';

/** A mrkdwn text. */
export function Mrkdwn({ text }: { text: string }) {
  return <>{blocks(text)}</>;
}

/** A plain text with its emoji. */
export function Plain({ text }: { text: string }) {
  return <>{withEmoji(text)}</>;
}

/** Where a link may lead; anything else is shown as text. */
export function safeHref(url: string): string | undefined {
  return /^(https?:|mailto:|tel:|slack:)/i.test(url) ? url : undefined;
}

/** A link as Slack shows it; an address of a message in this workspace leads to that message. */
export function Link({ url, children }: { url: string; children: ReactNode }) {
  const inside = /^https:\/\/sunflower-works\.slack\.com\/archives\/(\w+)\/p(\d{10})(\d{6})/.exec(url);
  if (inside !== null) return <a href={`#${inside[1]}:${inside[2]}.${inside[3]}`}>{children}</a>;
  const href = safeHref(url);
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function blocks(text: string): ReactNode {
  return text.split(/(```[\s\S]*?```)/).map((part, index) => {
    if (index % 2 === 1) {
      return <pre key={keyOf(index)}>{unescaped(part.slice(3, -3).replace(/^\n/, ''))}</pre>;
    }
    return <Fragment key={keyOf(index)}>{lines(part)}</Fragment>;
  });
}

function lines(text: string): ReactNode {
  const groups: { quoted: boolean; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const quoted = /^(&gt;|>)/.test(line);
    const plain = quoted ? line.replace(/^(&gt;|>) ?/, '') : line;
    const last = groups.at(-1);
    if (last?.quoted === quoted) last.lines.push(plain);
    else groups.push({ quoted, lines: [plain] });
  }
  return groups.map((group, index) => {
    const inside = group.lines.map((line, at) => (
      <Fragment key={keyOf(at)}>
        {at > 0 && <br />}
        {entities(line)}
      </Fragment>
    ));
    return group.quoted ? (
      <blockquote key={keyOf(index)}>{inside}</blockquote>
    ) : (
      <Fragment key={keyOf(index)}>{inside}</Fragment>
    );
  });
}

function entities(text: string): ReactNode {
  return text.split(/(<[^>\n]+>|`[^`\n]+`)/).map((part, index) => {
    if (index % 2 === 0) return <Fragment key={keyOf(index)}>{styled(part)}</Fragment>;
    if (part.startsWith('`')) return <code key={keyOf(index)}>{unescaped(part.slice(1, -1))}</code>;
    return <Fragment key={keyOf(index)}>{entity(part.slice(1, -1))}</Fragment>;
  });
}

function entity(inside: string): ReactNode {
  const [what = '', label] = inside.split('|', 2);
  if (what.startsWith('@')) return <Mention id={what.slice(1)} />;
  if (what.startsWith('#')) return <ChannelMention id={what.slice(1)} />;
  if (what.startsWith('!subteam^')) return <GroupMention id={what.slice(9)} />;
  if (/^!(here|channel|everyone)$/.test(what)) return <span className="mention me">@{what.slice(1)}</span>;
  if (what.startsWith('!')) return unescaped(label ?? what.slice(1));
  return <Link url={unescaped(what)}>{unescaped(label ?? what)}</Link>;
}

const STYLES: readonly [pattern: RegExp, tag: 'strong' | 'em' | 's'][] = [
  [/(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/, 'strong'],
  [/(?<![\w_])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])/, 'em'],
  [/(?<![\w~])~([^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/, 's'],
];

function styled(text: string): ReactNode {
  for (const [pattern, Tag] of STYLES) {
    const found = pattern.exec(text);
    if (found === null) continue;
    return (
      <>
        {styled(text.slice(0, found.index))}
        <Tag>{styled(found[1] ?? '')}</Tag>
        {styled(text.slice(found.index + found[0].length))}
      </>
    );
  }
  return withEmoji(unescaped(text));
}

function withEmoji(text: string): ReactNode {
  return text.split(/(:[a-z0-9_+'-]+(?:::skin-tone-\d)?:)/).map((part, index) => {
    const name = part.slice(1, -1);
    return index % 2 === 1 && isEmoji(name) ? <Emoji key={keyOf(index)} name={name} /> : part;
  });
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Parts of a text never change places. */
function keyOf(index: number): string {
  return `part ${index}`;
}
