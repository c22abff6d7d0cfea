// Reads JSON and says where it is none; the same name twice in one place, which JSON would pass over, is a mistake too.
import { parseDocument } from 'yaml';
import { cleanText } from '../slack/text.js';

/** Nobody's settings are longer. */
const longestFile = 1_000_000;

/** What the file holds, or every mistake in how it is written. */
export function readJson(bytes: Uint8Array): { json: unknown } | { mistakes: string[] } {
  if (bytes.length > longestFile)
    return { mistakes: ['This file is far too long to be a file of settings.'] };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { mistakes: ['This file is not written in UTF-8. Save it as UTF-8 and try again.'] };
  }
  try {
    const json: unknown = JSON.parse(text);
    const mistakes = twice(text);
    return mistakes.length > 0 ? { mistakes } : { json };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { mistakes: [`This is not JSON: ${syntaxWords(error, text)}.`] };
  }
}

/** JSON is YAML, and YAML's parser knows of names that stand there twice. */
function twice(text: string): string[] {
  return parseDocument(text, { uniqueKeys: true, logLevel: 'silent' }).errors.flatMap(error => {
    if (error.code !== 'DUPLICATE_KEY') return [];
    const name = /^"(?:[^"\\]|\\.)*"/.exec(text.slice(error.pos[0]))?.[0] ?? 'A name';
    return [
      `${cleanText(name)} stands twice in one place, again in line ${lineAt(text, error.pos[0])}. Keep one.`,
    ];
  });
}

function syntaxWords({ message }: SyntaxError, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  const words = cleanText(message.replace(/ (in JSON )?at position .*$/, '')).replaceAll('\n', ' ');
  return position ? `${words} in line ${lineAt(text, Number(position))}` : words;
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
