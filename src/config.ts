// Reads the settings from the environment, once, and names every mistake at once.
import { z } from 'zod';

/** How Slack reaches the bot. */
export type Connection = { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };

export interface Config {
  botToken: string;
  connection: Connection;
  /** `file:…` (SQLite) or `postgresql://…`. */
  databaseUrl: string;
  port: number;
  /** Ends with a slash. */
  slackApiUrl: string;
  commands: Commands;
  logLevel: (typeof logLevels)[number];
}

/** The names of our slash commands, each with its slash. */
export interface Commands {
  shoutout: string;
  recognition: string;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** An empty setting is an unset one: `.env` files and container managers write `NAME=`. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema);

const token = (prefix: string, where: string) =>
  z
    .string()
    .trim()
    .regex(
      new RegExp(`^${prefix}[A-Za-z0-9-]+$`),
      `must be ${prefix} and then letters, digits and dashes (${where})`,
    )
    .optional();

const command = (fallback: string) =>
  optional(
    z
      .string()
      .trim()
      .regex(
        /^\/[a-z0-9_-]{1,31}$/,
        `must look like ${fallback}: a slash, then up to 31 of a-z, 0-9, - and _`,
      )
      .default(fallback),
  );

const environment = z.object({
  SLACK_BOT_TOKEN: optional(token('xoxb-', 'your app > OAuth & Permissions > Bot User OAuth Token')),
  SLACK_APP_TOKEN: optional(token('xapp-', 'your app > Basic Information > App-Level Tokens')),
  SLACK_SIGNING_SECRET: optional(
    z.string().trim().min(16, 'is too short (your app > Basic Information > Signing Secret)').optional(),
  ),
  DATABASE_URL: optional(
    z
      .string()
      .trim()
      .regex(
        /^(file:.+|postgres(ql)?:\/\/.+)/,
        'must start with file: (SQLite) or postgresql:// (PostgreSQL)',
      )
      .refine(
        url => url.startsWith('file:') || URL.canParse(url),
        'is not an address: in its password write @ as %40, : as %3A and / as %2F',
      )
      .default('file:data/shoutout.db'),
  ),
  PORT: optional(
    z.coerce
      .number({ error: 'must be a whole number from 1 to 65535' })
      .int('must be a whole number from 1 to 65535')
      .min(1, 'must be a whole number from 1 to 65535')
      .max(65_535, 'must be a whole number from 1 to 65535')
      .default(3000),
  ),
  SLACK_API_URL: optional(
    z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://slack.com/api/' })
      .default('https://slack.com/api/'),
  ),
  SHOUTOUT_COMMAND: command('/shoutout'),
  RECOGNITION_COMMAND: command('/recognition'),
  LOG_LEVEL: optional(z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info')),
});

/** What no single setting can know: whether the settings go together. */
function combinationProblems(env: Record<string, string | undefined>): string[] {
  const isSet = (name: string) => Boolean(env[name]?.trim());
  const problems: string[] = [];
  if (!isSet('SLACK_BOT_TOKEN')) {
    problems.push(
      'SLACK_BOT_TOKEN is missing: copy it from your app > OAuth & Permissions > Bot User OAuth Token (xoxb-…)',
    );
  }
  if (!isSet('SLACK_APP_TOKEN') && !isSet('SLACK_SIGNING_SECRET')) {
    problems.push(
      'SLACK_APP_TOKEN is missing: make one in your app > Basic Information > App-Level Tokens with the scope connections:write (xapp-…). To be reached over HTTP instead, set SLACK_SIGNING_SECRET',
    );
  }
  if (isSet('SLACK_APP_TOKEN') && isSet('SLACK_SIGNING_SECRET')) {
    problems.push(
      'SLACK_SIGNING_SECRET is set beside SLACK_APP_TOKEN: keep the app token for Socket Mode or the signing secret for HTTP, not both',
    );
  }
  const nameOf = (setting: string, fallback: string) => env[setting]?.trim() || fallback;
  if (nameOf('SHOUTOUT_COMMAND', '/shoutout') === nameOf('RECOGNITION_COMMAND', '/recognition')) {
    problems.push('RECOGNITION_COMMAND must differ from SHOUTOUT_COMMAND');
  }
  return problems;
}

/** The settings cannot be used. `problems` names each mistake and how to mend it, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: string[]) {
    super(`The settings need mending:\n${problems.map(problem => `- ${problem}`).join('\n')}`);
  }
}

/**
 * The settings in `env`, checked.
 *
 * @throws {ConfigError} naming every mistake. A value that is wrong is never repeated in it: it may be a token.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env);
  const problems = [
    ...combinationProblems(env),
    ...(parsed.error?.issues.map(issue => `${issue.path.join('.')} ${issue.message}`) ?? []),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigError([...new Set(problems)]);
  const settings = parsed.data;
  // `combinationProblems` has made sure of the tokens; the types do not know.
  const connection: Connection = settings.SLACK_APP_TOKEN
    ? { kind: 'socket', appToken: settings.SLACK_APP_TOKEN }
    : { kind: 'http', signingSecret: settings.SLACK_SIGNING_SECRET ?? '' };
  return {
    botToken: settings.SLACK_BOT_TOKEN ?? '',
    connection,
    databaseUrl: settings.DATABASE_URL,
    port: settings.PORT,
    slackApiUrl: settings.SLACK_API_URL.endsWith('/') ? settings.SLACK_API_URL : `${settings.SLACK_API_URL}/`,
    commands: { shoutout: settings.SHOUTOUT_COMMAND, recognition: settings.RECOGNITION_COMMAND },
    logLevel: settings.LOG_LEVEL,
  };
}

/**
 * Where the database is, for what needs nothing else.
 *
 * @throws {ConfigError}
 */
export function readDatabaseUrl(env: Record<string, string | undefined>): string {
  const parsed = environment.pick({ DATABASE_URL: true }).safeParse(env);
  if (parsed.success) return parsed.data.DATABASE_URL;
  throw new ConfigError(parsed.error.issues.map(issue => `${issue.path.join('.')} ${issue.message}`));
}
