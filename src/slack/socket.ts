// Keeps the socket to Slack open.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from 'pino';

const firstPauseMilliseconds = 100;
const longestPauseMilliseconds = 5000;

/**
 * Connects anew whenever a link that was up is gone, at once and then after pauses that grow, until the client is told to
 * disconnect. The client's own way pauses for as long as it waits for a sign of life before it gives a link up: short, it
 * gives links up when the machine is merely busy; long, whatever people do in between is lost.
 *
 * @param client - made with `autoReconnectEnabled: false`
 */
export function keepConnected(client: SocketModeClient, log: Logger): void {
  let wasUp = false;
  let isStopping = false;
  let connecting: Promise<void> | null = null;

  async function connect(): Promise<void> {
    for (let failures = 0; !isStopping; failures += 1) {
      const pause = Math.min(firstPauseMilliseconds * 2 ** failures, longestPauseMilliseconds);
      if (failures > 0) await sleep(pause, undefined, { ref: false });
      if (isStopping) return;
      try {
        await client.start();
        return;
      } catch (error) {
        log.warn({ err: error }, 'The link to Slack could not be opened again; it is tried on.');
      }
    }
  }

  client.on('connected', () => {
    wasUp = true;
    isStopping = false;
  });
  client.on('disconnecting', () => {
    isStopping = true;
  });
  client.on('disconnected', () => {
    // The first connection is for whoever starts the bot to judge.
    if (!wasUp || isStopping || connecting) return;
    log.info('The link to Slack was lost; a new one is opened.');
    connecting = connect().finally(() => {
      connecting = null;
    });
  });
}
