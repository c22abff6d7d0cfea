// manifest.yml: what Slack is told must be what the bot does, both ways.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config.js';
import { shortcuts } from '../src/slack/ids.js';

interface Manifest {
  features: {
    slash_commands: { command: string; should_escape: boolean }[];
    shortcuts: { callback_id: string; type: string }[];
  };
  oauth_config: { scopes: { bot: string[]; user?: string[] } };
  settings: { event_subscriptions: { bot_events: string[] } };
}

const manifest: Manifest = parse(readFileSync('manifest.yml', 'utf8'));
const listeners = readFileSync('src/slack/listeners.ts', 'utf8');
const sources = readdirSync('src/slack', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && file !== 'listeners.ts')
  .map(file => readFileSync(`src/slack/${file}`, 'utf8'))
  .join('\n');

/** Why each scope is asked for: something in the code that needs it. @see https://docs.slack.dev/reference/scopes */
const uses: Record<string, RegExp> = {
  'app_mentions:read': /app_mention/,
  'channels:read': /conversations\.info/,
  'chat:write': /chat\.(postMessage|update|delete)/,
  // Announcing in public channels that nobody invited the bot to.
  'chat:write.public': /chat\.postMessage/,
  commands: /command\.trigger_id/,
  // Being told when the bot is invited to a private channel.
  'groups:read': /member_joined_channel/,
  'reactions:read': /reaction_added/,
  'usergroups:read': /usergroups\.users\.list/,
  'users:read': /users\.info/,
};

describe('the manifest', () => {
  it('is one that Slack accepts, by its own schema', () => {
    // https://github.com/slackapi/manifest-schema
    const schema = JSON.parse(readFileSync('test/support/slack-manifest.schema.json', 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    expect(validate(manifest) ? [] : validate.errors).toEqual([]);
  });

  it('has the commands that the listeners answer, and those only', () => {
    const { commands } = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(manifest.features.slash_commands.map(one => one.command).sort()).toEqual(
      Object.values(commands).sort(),
    );
    expect(
      [...listeners.matchAll(/app\.command\(bot\.commands\.(\w+)/g)].map(found => found[1]).sort(),
    ).toEqual(Object.keys(commands).sort());
  });

  it('asks Slack to escape what is typed in every command', () => {
    expect(manifest.features.slash_commands.every(one => one.should_escape)).toBe(true);
  });

  it('has the shortcuts that the listeners answer, and those only', () => {
    expect(manifest.features.shortcuts.map(one => [one.type, one.callback_id])).toEqual(
      Object.entries(shortcuts),
    );
    expect([...listeners.matchAll(/app\.shortcut<\w+>\(shortcuts\.(\w+)/g)].map(found => found[1])).toEqual(
      Object.keys(shortcuts),
    );
  });

  it('has the events that the listeners hear, and those only', () => {
    const heard = [...listeners.matchAll(/app\.event\('(\w+)'/g)].map(found => found[1]);
    expect(manifest.settings.event_subscriptions.bot_events.toSorted()).toEqual(heard.sort());
  });

  it('asks for scopes that have a use, and no other', () => {
    const scopes = manifest.oauth_config.scopes.bot;
    expect(scopes.toSorted()).toEqual(Object.keys(uses).sort());
    for (const scope of scopes) expect(`${sources}\n${listeners}`, scope).toMatch(uses[scope] ?? /^never$/);
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });

  it('asks for no history: the bot does not read your channels', () => {
    expect(JSON.stringify(manifest)).not.toMatch(/history|search:/);
    expect(
      manifest.settings.event_subscriptions.bot_events.filter(name => name.startsWith('message')),
    ).toEqual([]);
  });
});
