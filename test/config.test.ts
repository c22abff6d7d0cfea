// The settings: read once, every mistake at once.
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.js';

const socket = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  it('have defaults for everything but the tokens', () => {
    expect(readConfig(socket)).toEqual({
      botToken: 'xoxb-1',
      connection: { kind: 'socket', appToken: 'xapp-1' },
      databaseUrl: 'file:data/shoutout.db',
      port: 3000,
      slackApiUrl: 'https://slack.com/api/',
      commands: { shoutout: '/shoutout', recognition: '/recognition' },
      logLevel: 'info',
    });
  });

  it('choose HTTP when there is a signing secret instead of an app token', () => {
    const config = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: '0123456789abcdef' });
    expect(config.connection).toEqual({ kind: 'http', signingSecret: '0123456789abcdef' });
  });

  it('take an empty setting for an unset one', () => {
    expect(readConfig({ ...socket, PORT: '', DATABASE_URL: ' ', LOG_LEVEL: '' }).port).toBe(3000);
  });

  it('name every mistake at once, and how to mend it', () => {
    const problems = problemsOf({
      SLACK_BOT_TOKEN: 'xoxp-secret-thing',
      DATABASE_URL: 'mysql://x',
      PORT: 'eighty',
      LOG_LEVEL: 'loud',
      SHOUTOUT_COMMAND: 'kudos',
      SLACK_API_URL: 'slack',
    });
    expect(problems).toEqual([
      expect.stringContaining('SLACK_APP_TOKEN is missing'),
      expect.stringContaining('SLACK_BOT_TOKEN must be xoxb-'),
      expect.stringContaining('DATABASE_URL must start with file: (SQLite) or postgresql:// (PostgreSQL)'),
      expect.stringContaining('PORT must be a whole number from 1 to 65535'),
      expect.stringContaining('SLACK_API_URL must be an address'),
      expect.stringContaining('SHOUTOUT_COMMAND must look like /shoutout'),
      expect.stringContaining('LOG_LEVEL must be one of'),
    ]);
    expect(problems.join()).not.toContain('secret-thing');
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xoxb-…', 'must be xoxb- and then letters, digits and dashes'],
    ['SLACK_APP_TOKEN', 'xapp-a b', 'must be xapp- and then letters, digits and dashes'],
    [
      'DATABASE_URL',
      'postgresql://user:p@ss:word@host:99999/db',
      'is not an address: in its password write @ as %40',
    ],
  ])('refuse %s=%s in words that do not repeat it', (name, value, words) => {
    const problems = problemsOf({ ...socket, [name]: value });
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(problems.join()).not.toContain(value);
  });

  it('refuse both ways of connecting at once, and one name for both commands', () => {
    expect(
      problemsOf({ ...socket, SLACK_SIGNING_SECRET: '0123456789abcdef', RECOGNITION_COMMAND: '/shoutout' }),
    ).toEqual([expect.stringContaining('not both'), expect.stringContaining('must differ')]);
  });

  it('name all that is missing when nothing is set', () => {
    expect(problemsOf({})).toHaveLength(2);
  });
});
