// One call from its HTTP request to its answer: token, troubles, rate limit, the method itself.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { isObject, parseJson, textOf } from '../json.js';
import type { Platform } from '../platform.js';
import { Refusal } from '../refusal.js';
import type { ApiCall, JsonObject } from '../things.js';
import { METHODS } from './methods.js';
import type { Pacing } from './pacing.js';

/** What goes back over the wire; `lost` cuts the connection instead. */
interface Answer {
  status: number;
  body: JsonObject;
  headers: Record<string, string>;
  /** Response URLs answer `ok` in plain text. */
  plain?: string;
}

/** Serves `POST /api/<method>`. */
export async function serveMethod(
  platform: Platform,
  pacing: Pacing,
  method: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = readArgs(request, await bodyOf(request));
  const header = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const { token: inBody, ...args } = read.args;
  const token = header ?? (read.json ? undefined : textOf(inBody));
  const call = await platform.calls.received(method, args, kindOf(platform, token));
  await serve(platform, call, response, () => {
    if (read.error !== undefined) throw new Refusal(read.error);
    const found = METHODS.get(method);
    if (found === undefined) throw new Refusal('unknown_method', { req_method: method });
    checkToken(call.token, found.token);
    pacing.check(method, args);
    return { status: 200, body: { ok: true, ...found.run(platform, args) }, headers: scopes(platform, call) };
  });
}

/** Serves a POST to a response URL. */
export async function serveResponseUrl(
  platform: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  use: (body: JsonObject) => void,
): Promise<void> {
  const body = parseJson(await bodyOf(request));
  const call = await platform.calls.received('response_url', isObject(body) ? body : {}, 'none');
  await serve(platform, call, response, () => {
    if (!isObject(body)) throw new Refusal('invalid_payload', {}, 400);
    try {
      use(body);
    } catch (error) {
      if (error instanceof Refusal && error.status === 200) throw new Refusal(error.code, error.more, 400);
      throw error;
    }
    return { status: 200, body: { ok: true }, headers: {}, plain: 'ok' };
  });
}

/** Lets the call suffer what was ordered for it, does the work, answers. */
async function serve(
  platform: Platform,
  call: ApiCall,
  response: ServerResponse,
  work: () => Answer,
): Promise<void> {
  let answer: Answer | 'lost' | undefined;
  let loseAnswer = false;
  for (const mishap of platform.mischief.strike(call.method)) {
    if (mishap.kind === 'hold') {
      mishap.arrived();
      await mishap.released;
    } else if (mishap.kind === 'slow') await pause(mishap.ms);
    else if (mishap.kind === 'loseAnswer') loseAnswer = true;
    else if (mishap.kind === 'loseRequest') answer ??= 'lost';
    else if (mishap.kind === 'fail')
      answer ??= { status: 200, body: { ok: false, error: mishap.error }, headers: {} };
    else if (mishap.kind === 'serverError')
      answer ??= { status: mishap.status, body: { ok: false }, headers: {} };
    else if (mishap.kind === 'rateLimit') {
      const headers = { 'retry-after': String(mishap.retryAfter) };
      answer ??= { status: 429, body: { ok: false, error: 'ratelimited' }, headers };
    }
  }
  if (answer === undefined) {
    answer = attempt(work);
    call.tookEffect = answer.body.ok === true;
  }
  if (answer === 'lost' || loseAnswer) {
    await platform.calls.answered(call);
    response.destroy();
    return;
  }
  await platform.calls.answered(call, { status: answer.status, body: answer.body });
  const plain = answer.plain;
  response.writeHead(answer.status, {
    'content-type': plain === undefined ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    ...answer.headers,
  });
  response.end(plain ?? JSON.stringify(answer.body));
}

function attempt(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      status: error.status,
      body: { ok: false, error: error.code, ...error.more },
      headers: error.headers,
    };
  }
}

function kindOf(platform: Platform, token: string | undefined): ApiCall['token'] {
  if (token === undefined) return 'none';
  if (token === platform.secrets.botToken) return 'bot';
  return token === platform.secrets.appToken ? 'app' : 'unknown';
}

function checkToken(given: ApiCall['token'], needed: 'bot' | 'app' | 'any'): void {
  if (needed === 'any') return;
  if (given === 'none') throw new Refusal('not_authed');
  if (given === 'unknown') throw new Refusal('invalid_auth');
  if (given !== needed) throw new Refusal('not_allowed_token_type');
}

function scopes(platform: Platform, call: ApiCall): Record<string, string> {
  if (call.token === 'app') return { 'x-oauth-scopes': 'connections:write' };
  return call.token === 'bot' ? { 'x-oauth-scopes': platform.manifest.botScopes.join(',') } : {};
}

/** The arguments of a JSON or form body, JSON inside form fields included. */
function readArgs(
  request: IncomingMessage,
  body: string,
): { args: JsonObject; json: boolean; error?: string } {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
  if ((request.headers['content-type'] ?? '').startsWith('application/json')) {
    const parsed = body === '' ? {} : parseJson(body);
    if (parsed === undefined) return { args: query, json: true, error: 'invalid_json' };
    if (!isObject(parsed)) return { args: query, json: true, error: 'json_not_object' };
    return { args: { ...query, ...parsed }, json: true };
  }
  const args: JsonObject = { ...query, ...Object.fromEntries(new URLSearchParams(body)) };
  for (const name of ['blocks', 'attachments', 'view', 'metadata', 'files']) {
    const text = textOf(args[name]);
    if (text !== undefined && text !== '') args[name] = parseJson(text) ?? text;
  }
  return { args, json: false };
}

/** The whole body as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
