// The blocks of Block Kit. Those with charts and the like are drawn by a library made for it.

import { type ReactNode, useId } from 'react';
import { type Block as LibraryBlock, Message as LibraryMessage } from 'slack-blocks-to-jsx';
import { objectOf, objectsOf, textOf } from '../json.js';
import type { JsonObject } from '../things.js';
import { Element, ImageElement } from './elements.js';
import { useModel } from './model.js';
import { RichText } from './rich-text.js';
import { useSurface } from './surface.js';
import { Table } from './table.js';
import { TextObject, wordsOf } from './text-object.js';
import { useTheme } from './theme.js';

/** Blocks, one below the other. */
export function Blocks({ blocks }: { blocks: readonly JsonObject[] }) {
  return blocks.map((block, index) => (
    <div key={textOf(block.block_id) ?? String(index)} className={`block ${String(block.type)}`}>
      {shown(block)}
    </div>
  ));
}

function shown(block: JsonObject): ReactNode {
  const blockId = String(block.block_id);
  switch (block.type) {
    case 'rich_text':
      return <RichText block={block} />;
    case 'section':
      return <Section block={block} blockId={blockId} />;
    case 'header':
      return (
        <h3>
          <TextObject text={block.text} />
        </h3>
      );
    case 'divider':
      return <hr />;
    case 'context':
      return objectsOf(block.elements).map((element, index) =>
        element.type === 'image' ? (
          <ImageElement key={`element ${String(index)}`} element={element} />
        ) : (
          <span key={`element ${String(index)}`}>
            <TextObject text={element} />
          </span>
        ),
      );
    case 'actions':
      return objectsOf(block.elements).map(element => (
        <Element key={String(element.action_id)} element={element} blockId={blockId} />
      ));
    case 'input':
      return <Input block={block} blockId={blockId} />;
    case 'image':
      return (
        <figure>
          {block.title !== undefined && (
            <figcaption>
              <TextObject text={block.title} />
            </figcaption>
          )}
          <img src={textOf(block.image_url)} alt={textOf(block.alt_text) ?? ''} />
        </figure>
      );
    case 'table':
    case 'data_table':
      return <Table block={block} />;
    default:
      return <FromLibrary block={block} />;
  }
}

function Section({ block, blockId }: { block: JsonObject; blockId: string }) {
  const fields = objectsOf(block.fields);
  return (
    <>
      <div className="section-text">
        <TextObject text={block.text} />
        {fields.length > 0 && (
          <div className="fields">
            {fields.map((field, index) => (
              <div key={`field ${String(index)}`}>
                <TextObject text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory !== undefined && (
        <div className="accessory">
          <Element element={objectOf(block.accessory)} blockId={blockId} />
        </div>
      )}
    </>
  );
}

function Input({ block, blockId }: { block: JsonObject; blockId: string }) {
  const id = useId();
  const { form } = useSurface();
  const element = objectOf(block.element);
  const error = form?.errorOf(blockId);
  const hasHint = block.hint !== undefined;
  const describedBy = [error !== undefined && `${id}-error`, hasHint && `${id}-hint`]
    .filter(Boolean)
    .join(' ');
  const isGroup = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const words = (
    <>
      <TextObject text={block.label} />
      {block.optional === true && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div className={error === undefined ? 'field' : 'field with-error'}>
      {isGroup ? (
        <div id={`${id}-label`} className="label">
          {words}
        </div>
      ) : (
        <label id={`${id}-label`} htmlFor={id} className="label">
          {words}
        </label>
      )}
      <Element
        element={element}
        blockId={blockId}
        label={{
          id,
          words: wordsOf(block.label),
          describedBy: describedBy === '' ? undefined : describedBy,
          invalid: error !== undefined,
          tells: block.dispatch_action === true,
        }}
      />
      {error !== undefined && (
        <div id={`${id}-error`} className="error" role="alert">
          {error}
        </div>
      )}
      {hasHint && (
        <div id={`${id}-hint`} className="hint">
          <TextObject text={block.hint} />
        </div>
      )}
    </div>
  );
}

function FromLibrary({ block }: { block: JsonObject }) {
  const { people, channels, groups } = useModel();
  const theme = useTheme();
  if (!isLibraryBlock(block)) return <span className="not-shown">({String(block.type)})</span>;
  return (
    <LibraryMessage
      blocks={[block]}
      name=""
      logo=""
      withoutWrapper
      theme={theme}
      data={{
        users: [...people.values()].map(({ id, realName }) => ({ id, name: realName })),
        channels: channels.map(({ id, name }) => ({ id, name })),
        user_groups: groups.map(({ id, handle }) => ({ id, name: handle })),
      }}
    />
  );
}

const LIBRARY = [
  'data_visualization',
  'markdown',
  'video',
  'alert',
  'card',
  'carousel',
  'container',
  'file',
  'plan',
  'task_card',
];

/** Slack has checked the block already; the library's types say the same. */
function isLibraryBlock(block: JsonObject): block is JsonObject & LibraryBlock {
  return LIBRARY.includes(String(block.type));
}
