// A Bolt app that only acknowledges: the most that can be had.
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  endpoints: '/slack/events',
  logLevel: LogLevel.ERROR,
});
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'BBOT', botUserId: 'UBOT' }),
  logLevel: LogLevel.ERROR,
});
app.command('/shoutout', ({ ack }) => ack('Recorded.'));
await app.start(Number(process.argv[2]));
console.log('listening');
