// The app's manifest as the local Slack obeys it: what is not asked for in it is refused.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isObject, objectOf, objectsOf, textOf, textsOf } from './json.js';

/** What the app may do and is sent. */
export interface Manifest {
  botScopes: readonly string[];
  /** By command, with its slash. */
  commands: ReadonlyMap<string, { shouldEscape: boolean }>;
  /** By callback id. */
  shortcuts: ReadonlyMap<string, 'global' | 'message'>;
  events: ReadonlySet<string>;
  interactivity: boolean;
  homeTab: boolean;
  messagesTab: boolean;
}

/**
 * Reads a manifest file (YAML or JSON). Throws when it is none.
 * @see https://docs.slack.dev/reference/app-manifest
 */
export function readManifest(path: string): Manifest {
  const manifest: unknown = parse(readFileSync(path, 'utf8'));
  if (!isObject(manifest)) throw new Error(`${path} is no app manifest`);
  const features = objectOf(manifest.features);
  const settings = objectOf(manifest.settings);
  const home = objectOf(features.app_home);
  const commands = new Map<string, { shouldEscape: boolean }>();
  for (const command of objectsOf(features.slash_commands)) {
    const name = textOf(command.command);
    if (name !== undefined) commands.set(name, { shouldEscape: command.should_escape === true });
  }
  const shortcuts = new Map<string, 'global' | 'message'>();
  for (const shortcut of objectsOf(features.shortcuts)) {
    const id = textOf(shortcut.callback_id);
    if (id !== undefined) shortcuts.set(id, shortcut.type === 'message' ? 'message' : 'global');
  }
  return {
    botScopes: textsOf(objectOf(objectOf(manifest.oauth_config).scopes).bot),
    commands,
    shortcuts,
    events: new Set(textsOf(objectOf(settings.event_subscriptions).bot_events)),
    interactivity: objectOf(settings.interactivity).is_enabled === true,
    homeTab: home.home_tab_enabled === true,
    messagesTab: home.messages_tab_enabled !== false,
  };
}
