// Reads the models and derives from them the schema of each database: the same models, another provider and another output.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The databases that Shoutout runs on, as Prisma names them. */
export const providers = /** @type {const} */ (['sqlite', 'postgresql']);

/** Where the models are written. */
export const schemaPath = fileURLToPath(new URL('./schema.prisma', import.meta.url));

/**
 * The schema for one database.
 *
 * @param {'sqlite' | 'postgresql'} provider
 * @param {{ output?: string, models?: string }} [options] `output`: the folder the client is generated to, relative to where
 *   the schema will lie, default as written in the file. `models`: the text to derive from, default the file's.
 * @returns {string} the text of a Prisma schema
 * @throws when the file does not have exactly one provider "sqlite" and one output to replace
 */
export function schemaFor(provider, options = {}) {
  const models = options.models ?? readFileSync(schemaPath, 'utf8');
  const withProvider = replaceOnce(models, /^(\s*provider\s*=\s*)"sqlite"/m, `$1"${provider}"`);
  if (options.output === undefined) return withProvider;
  return replaceOnce(withProvider, /^(\s*output\s*=\s*)"[^"]*"/m, `$1"${options.output}"`);
}

/** @param {string} text @param {RegExp} pattern @param {string} replacement */
function replaceOnce(text, pattern, replacement) {
  const found = text.match(new RegExp(pattern.source, 'gm'))?.length ?? 0;
  if (found !== 1)
    throw new Error(`prisma/schema.prisma: expected one line like ${pattern}, found ${found}.`);
  return text.replace(pattern, replacement);
}
