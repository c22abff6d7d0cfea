// Takes the bytes of uploads, and hands files out as downloads that no browser would run.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLocal } from './control.js';
import { type Files, type KeptFile, MOST_BYTES } from './files.js';
import { Refusal } from './refusal.js';

/** A multipart body holds a little more than the file. */
const ENVELOPE_BYTES = 64 * 1024;

/** Serves `POST` of an upload and `GET` of a download. */
export async function serveFile(
  files: Files,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  if (!isLocal(request)) return say(response, 403, 'only from this machine');
  const { method } = request;
  const wanted = method === 'GET' || method === 'HEAD' ? files.at(path) : undefined;
  if (wanted?.bytes !== undefined) return handOut(response, wanted, wanted.bytes, method === 'HEAD');
  if (method !== 'POST' || files.awaited(path) === undefined) return say(response, 404, 'not found');
  try {
    const file = files.receive(path, await contentOf(request));
    // Slack's own words after an upload.
    say(response, 200, `OK - ${file.length}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(response, error.status, error.code);
  }
}

/**
 * Always as plain text or bytes, to be saved: what somebody uploaded must never run in the page.
 * @see https://docs.slack.dev/reference/objects/file-object
 */
function handOut(response: ServerResponse, file: KeptFile, bytes: Buffer, isHead: boolean): void {
  const isText = /\.(csv|txt|md|json)$/i.test(file.name);
  const plain = file.name.replace(/[^\w.() -]/g, '_');
  const exact = encodeURIComponent(file.name).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16)}`,
  );
  response.writeHead(200, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/octet-stream',
    'content-length': bytes.length,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${exact}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(isHead ? undefined : bytes);
}

/** The bytes themselves: the official clients send them as the only file of a form, others as they are. */
async function contentOf(request: IncomingMessage): Promise<Buffer> {
  const body = await bytesOf(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const [part] = form === undefined ? [] : [...form.values()];
  if (part === undefined) throw new Refusal('invalid_multipart', {}, 400);
  return typeof part === 'string' ? Buffer.from(part) : Buffer.from(await part.arrayBuffer());
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size <= MOST_BYTES + ENVELOPE_BYTES) chunks.push(bytes);
  }
  // Only now: who is still sending does not hear a refusal.
  if (size > MOST_BYTES + ENVELOPE_BYTES) throw new Refusal('file_too_large', {}, 413);
  return Buffer.concat(chunks);
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  response.end(words);
}
