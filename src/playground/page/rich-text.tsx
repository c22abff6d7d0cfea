// Rich text blocks: sections, lists, quotes and preformatted text, with their inline elements.

import { Fragment, type ReactNode } from 'react';
import { isObject, objectOf, objectsOf, textOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { Emoji } from './emoji.js';
import { Link } from './mrkdwn.js';
import { ChannelMention, GroupMention, Mention } from './people.js';
import { dateOf } from './time.js';

/** A `rich_text` block. */
export function RichText({ block }: { block: JsonObject }) {
  return (
    <div className="rich-text">
      {objectsOf(block.elements).map((part, index) => (
        <Part key={`part ${String(index)}`} part={part} />
      ))}
    </div>
  );
}

const ORDERED = ['1', 'a', 'i'] as const;

function Part({ part }: { part: JsonObject }) {
  if (part.type === 'rich_text_list') {
    const indent = Number(part.indent ?? 0);
    const items = objectsOf(part.elements).map((item, index) => (
      <li key={`item ${String(index)}`}>
        <Inlines elements={item.elements} />
      </li>
    ));
    if (part.style !== 'ordered')
      return (
        <ul className={`level-${indent % 3}`} style={{ marginLeft: indent * 28 }}>
          {items}
        </ul>
      );
    return (
      <ol
        type={ORDERED[indent % 3] ?? '1'}
        start={Number(part.offset ?? 0) + 1}
        style={{ marginLeft: indent * 28 }}
      >
        {items}
      </ol>
    );
  }
  const inlines = <Inlines elements={part.elements} />;
  if (part.type === 'rich_text_quote') return <blockquote>{inlines}</blockquote>;
  if (part.type === 'rich_text_preformatted') return <pre>{inlines}</pre>;
  return <div className="rich-section">{inlines}</div>;
}

function Inlines({ elements }: { elements: unknown }) {
  return objectsOf(elements).map((element, index) => (
    <Fragment key={`inline ${String(index)}`}>{inline(element)}</Fragment>
  ));
}

function inline(element: JsonObject): ReactNode {
  const text = textOf(element.text);
  switch (element.type) {
    case 'user':
      return <Mention id={String(element.user_id)} />;
    case 'channel':
      return <ChannelMention id={String(element.channel_id)} />;
    case 'usergroup':
      return <GroupMention id={String(element.usergroup_id)} />;
    case 'broadcast':
      return <span className="mention me">@{String(element.range)}</span>;
    case 'emoji':
      return <Emoji name={String(element.name)} />;
    case 'link': {
      const url = String(element.url);
      return <Link url={url}>{dressed(text ?? url, element.style)}</Link>;
    }
    case 'date':
      return textOf(element.fallback) ?? dateOf(String(element.timestamp)).toLocaleString('en-US');
    default:
      return dressed(text ?? '', element.style);
  }
}

/** A text in its style; its line breaks stay. */
function dressed(text: string, style: unknown): ReactNode {
  let shown: ReactNode = text;
  const { bold, italic, strike, code } = isObject(style) ? style : objectOf(undefined);
  if (code === true) shown = <code>{shown}</code>;
  if (strike === true) shown = <s>{shown}</s>;
  if (italic === true) shown = <em>{shown}</em>;
  if (bold === true) shown = <strong>{shown}</strong>;
  return shown;
}
