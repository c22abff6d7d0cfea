// Who we are at Slack: the workspace and the bot that a token belongs to.
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Workspace } from '../model.js';

/** Slack says that the token is no good; trying again will not help. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';

  constructor(setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', reason: string) {
    const where =
      setting === 'SLACK_BOT_TOKEN'
        ? 'copy it again from your app > OAuth & Permissions'
        : 'make one in your app > Basic Information > App-Level Tokens with the scope connections:write, and switch on Socket Mode';
    super(`Slack refuses ${setting} (${reason}): ${where}.`);
  }
}

const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'org_login_required',
]);

/** Rethrows what opening a socket threw, in words where Slack refused the app token. */
export function explainSocketError(error: unknown): never {
  if (error instanceof WebAPIPlatformError) throw new TokenRefused('SLACK_APP_TOKEN', error.data.error);
  throw error;
}

/** What a bot token names. */
export interface Identity extends Omit<Workspace, 'id'> {
  /** The Slack team, also where the workspace is an organisation. */
  teamSlackId: string | null;
  botId: string;
  scopes: string[];
}

/**
 * Asks Slack whose token this is.
 * @throws {TokenRefused} when Slack says no; the client's own error when it could not be asked.
 * @see https://docs.slack.dev/reference/methods/auth.test
 */
export async function identify(client: WebClient): Promise<Identity> {
  try {
    const answer = await client.auth.test();
    const {
      team_id,
      enterprise_id,
      is_enterprise_install,
      team,
      url,
      user,
      user_id,
      bot_id,
      response_metadata,
    } = answer;
    const slackId = is_enterprise_install ? enterprise_id : team_id;
    if (!slackId || !user_id || !bot_id) throw new TokenRefused('SLACK_BOT_TOKEN', 'not a bot token');
    return {
      slackId,
      teamSlackId: is_enterprise_install ? null : (team_id ?? null),
      name: team ?? slackId,
      url: url ?? 'https://slack.com/',
      botSlackId: user_id,
      botName: user ?? 'Shoutout',
      botId: bot_id,
      scopes: response_metadata?.scopes ?? [],
    };
  } catch (error) {
    if (error instanceof WebAPIPlatformError && refusals.has(error.data.error))
      throw new TokenRefused('SLACK_BOT_TOKEN', error.data.error);
    throw error;
  }
}
