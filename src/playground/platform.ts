// The parts of the local Slack that work on each other's behalf, in one place; `local-slack.ts` puts them together.

import type { CallLog } from './call-log.js';
import type { Courier } from './delivery/courier.js';
import type { SocketMode } from './delivery/socket-mode.js';
import type { Files } from './files.js';
import type { LocalSlackOptions } from './local-slack.js';
import type { Manifest } from './manifest.js';
import type { Modals } from './modals.js';
import type { ResponseUrls, Triggers } from './tickets.js';
import type { Mischief } from './trouble.js';
import type { Workspace } from './workspace.js';

/** The tokens and the secret of the one installation. */
export interface Secrets {
  botToken: string;
  appToken: string;
  signingSecret: string;
}

/** Everything the parts need of each other. */
export interface Platform {
  readonly options: LocalSlackOptions;
  readonly secrets: Secrets;
  readonly manifest: Manifest;
  readonly workspace: Workspace;
  readonly modals: Modals;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly files: Files;
  readonly sockets: SocketMode;
  readonly courier: Courier;
  readonly mischief: Mischief;
  readonly calls: CallLog;
  readonly now: () => Date;
}
