// One process that composes an empty digest, then a week's, and prints what each took.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { digestContents } from '../../src/recognition/digests/contents.js';
import type { DigestChoice } from '../../src/recognition/digests/digest.js';
import { digestMessages } from '../../src/slack/messages/digest.js';
import { openDb } from '../../src/store/db.js';
import { newWorkspace } from '../support/rows.js';
import { home, personSlackId } from '../support/week.js';

const [url = '', people = '0'] = process.argv.slice(2);
const db = await openDb(url);
const workspace = { ...newWorkspace('w'), id: 'w' };
const audience = {
  channelSlackId: home,
  openChannelIds: [],
  channelMemberIds: Array.from({ length: Number(people) }, (_, index) => personSlackId(`Person ${index}`)),
};

const empty = await measured({ kind: 'preview' });
console.log(JSON.stringify({ empty, full: await measured({ kind: 'digest', digestId: 'd' }) }));
await db.close();

async function measured(choice: DigestChoice) {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 10);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const cpu = process.cpuUsage();
  const contents = await digestContents(
    db,
    workspace,
    { ...choice, ...audience },
    new Date('2026-11-20T15:00:00Z'),
  );
  digestMessages(contents, { preview: false, site: workspace, team: null });
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  await new Promise(resolve => setTimeout(resolve, 20));
  delay.disable();
  clearInterval(sampling);
  return {
    recorded: contents.counts.recorded,
    milliseconds,
    cpuMilliseconds: (user + system) / 1000,
    heldMilliseconds: delay.max / 1e6,
    megabytes: (Math.max(peak, process.memoryUsage.rss()) - before) / 2 ** 20,
  };
}
