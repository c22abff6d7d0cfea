// Puts the parts of the local Slack together behind its public face.

import { randomBytes } from 'node:crypto';
import { PersonActor } from './acting/actor.js';
import { CallLog } from './call-log.js';
import { controlServer } from './control.js';
import { Courier } from './delivery/courier.js';
import { verifyUrl } from './delivery/http.js';
import { SocketMode } from './delivery/socket-mode.js';
import { memberEvent, sendEvent } from './events.js';
import { Files } from './files.js';
import { listen } from './http-server.js';
import type { ChannelView, LocalSlack, LocalSlackOptions } from './local-slack.js';
import { readManifest } from './manifest.js';
import { membershipOf } from './membership.js';
import { Modals } from './modals.js';
import { VERIFICATION_TOKEN } from './payloads.js';
import type { Platform } from './platform.js';
import type { ApiCall, Channel, Message } from './things.js';
import { ResponseUrls, Triggers } from './tickets.js';
import { Mischief } from './trouble.js';
import { describeMatch, matcher, WAIT_MS, waitFor, wordsOfMessage } from './waiting.js';
import { Workspace } from './workspace.js';
import { BOT, defaultWorld, TEAM } from './world.js';

const SLACKS_RETRIES_MS = [0, 60_000, 300_000];

/** A running local Slack. */
export async function assemble(options: LocalSlackOptions): Promise<LocalSlack> {
  let port = options.port ?? 0;
  const host = (): string => `127.0.0.1:${port}`;
  const now = options.now ?? (() => new Date());
  const secrets = {
    botToken: `xoxb-local-${randomBytes(12).toString('hex')}`,
    appToken: `xapp-1-local-${randomBytes(12).toString('hex')}`,
    signingSecret: randomBytes(16).toString('hex'),
  };
  const workspace = new Workspace({ ...defaultWorld(), ...structuredClone(options.world ?? {}) }, now);
  workspace.messages.push(...structuredClone(options.messages ?? []));
  const sockets = new SocketMode(host);
  const courier = new Courier(sockets, {
    secret: secrets.signingSecret,
    now,
    acknowledgeWithinMs: options.acknowledgeWithinMs ?? 3000,
    eventRetriesAfterMs: options.eventRetriesAfterMs ?? SLACKS_RETRIES_MS,
  });
  const platform: Platform = {
    options,
    secrets,
    manifest: readManifest(options.manifestPath ?? 'manifest.yml'),
    workspace,
    modals: new Modals(workspace),
    triggers: new Triggers(now),
    responseUrls: new ResponseUrls(now, () => `http://${host()}`),
    files: new Files(() => `http://${host()}`),
    sockets,
    courier,
    mischief: new Mischief(sockets, courier),
    calls: new CallLog(now),
    now,
  };
  let slack: LocalSlack | undefined;
  const listening = await listen(platform, port, async (request, response, path) =>
    slack === undefined ? false : controlServer(slack)(request, response, path),
  );
  port = listening.port;
  slack = face(platform, `http://${host()}/api/`, async () => {
    platform.mischief.clear();
    courier.stop();
    await sockets.stop();
    await new Promise<void>(resolve => {
      listening.server.close(() => resolve());
      listening.server.closeAllConnections();
    });
  });
  return slack;
}

function face(platform: Platform, apiUrl: string, stop: () => Promise<void>): LocalSlack {
  const { workspace, courier, sockets, calls, mischief } = platform;
  const channelOf = (idOrName: string): Channel => {
    const found = workspace.findChannel(idOrName);
    if (found === undefined) throw new Error(`there is no channel ${idOrName}`);
    return found;
  };
  const actors = new Map<string, PersonActor>();
  const onCall = (listener: (call: ApiCall) => void | Promise<void>): (() => void) => calls.onCall(listener);
  return {
    apiUrl,
    ...platform.secrets,
    ...membershipOf(platform),
    teamId: TEAM.id,
    botUserId: BOT.userId,
    botId: BOT.botId,
    appId: BOT.appId,
    world: workspace.world,
    calls: calls.list,
    deliveries: courier.deliveries,
    trouble: mischief,
    get connections() {
      return sockets.connections;
    },
    as(id) {
      const person = workspace.person(id);
      if (person === undefined) throw new Error(`there is nobody with the id ${id}`);
      const actor = actors.get(id) ?? new PersonActor(platform, person);
      actors.set(id, actor);
      return actor;
    },
    channel: idOrName => channelView(workspace, channelOf(idOrName)),
    directMessages(id) {
      const channel = workspace.directWithBot(id);
      return channel === undefined ? [] : workspace.messagesIn(channel.id);
    },
    addPerson: given => workspace.addPerson(given),
    addChannel: given => workspace.addChannel(given),
    changePerson(id, change) {
      const person = workspace.person(id);
      if (person === undefined) throw new Error(`there is nobody with the id ${id}`);
      Object.assign(person, change);
      workspace.changed();
    },
    changeChannel(id, change) {
      Object.assign(channelOf(id), change);
      workspace.changed();
    },
    invite(name, user) {
      const channel = channelOf(name);
      if (workspace.person(user) === undefined) throw new Error(`there is nobody with the id ${user}`);
      if (channel.members.includes(user)) throw new Error(`${user} is in #${channel.name} already`);
      channel.members.push(user);
      workspace.changed();
      memberEvent(platform, 'member_joined_channel', channel, user);
    },
    forgetEphemerals() {
      workspace.ephemerals.length = 0;
      workspace.changed();
    },
    kick(name, user) {
      const channel = channelOf(name);
      if (!channel.members.includes(user)) throw new Error(`${user} is not in #${channel.name}`);
      channel.members = channel.members.filter(id => id !== user);
      workspace.changed();
      memberEvent(platform, 'member_left_channel', channel, user);
    },
    deliverOverHttp: url => courier.deliverTo(url),
    verifyUrl: url => verifyUrl(url, platform.secrets.signingSecret, VERIFICATION_TOKEN),
    greetConnections: () => sockets.greet(),
    async waitForConnection(timeoutMs = WAIT_MS) {
      const connected = (): true | undefined => (sockets.connections > 0 ? true : undefined);
      await waitFor(
        connected,
        listener => sockets.onLinks(listener),
        timeoutMs,
        () => 'a Socket Mode connection',
      );
    },
    async waitForConnections(count, timeoutMs = WAIT_MS) {
      const there = (): true | undefined => (sockets.connections === count ? true : undefined);
      const words = (): string => `${count} Socket Mode connections, not ${sockets.connections}`;
      await waitFor(there, listener => sockets.onLinks(listener), timeoutMs, words);
    },
    emitEvent(event, { unsubscribed = false } = {}) {
      if (!unsubscribed && !platform.manifest.events.has(event.type)) {
        throw new Error(`the manifest does not subscribe to ${event.type}`);
      }
      return sendEvent(platform, { event_ts: workspace.nextTs(), ...event });
    },
    onCall,
    onDelivery: listener => courier.onDelivery(listener),
    onChange: listener => workspace.onChange(listener),
    waitForMessage(name, match, timeoutMs = WAIT_MS) {
      const channel = channelOf(name);
      const fits = matcher<Message>(match, wordsOfMessage);
      return waitFor(
        () => workspace.messagesIn(channel.id).find(fits),
        listener => workspace.onChange(listener),
        timeoutMs,
        () => `a message in #${channel.name} (${describeMatch(match)})`,
      );
    },
    waitForCall(match, timeoutMs = WAIT_MS) {
      const fits =
        typeof match === 'function'
          ? match
          : (call: ApiCall) => call.method === match && call.phase === 'answered';
      return waitFor(
        () => calls.list.find(fits),
        listener => onCall(listener),
        timeoutMs,
        () =>
          `a call (${describeMatch(match)}); there were: ${calls.list.map(call => call.method).join(', ') || 'none'}`,
      );
    },
    settled: (quietMs = 50) => settled(platform, quietMs),
    stop,
  };
}

function channelView(workspace: Workspace, channel: Channel): ChannelView {
  return {
    ...channel,
    members: [...channel.members],
    get messages() {
      return workspace.messagesIn(channel.id);
    },
    get all() {
      return workspace.messages.filter(each => each.channel === channel.id);
    },
  };
}

/** Resolves once nothing has been under way for so long. */
function settled({ calls, courier }: Platform, quietMs: number): Promise<void> {
  return new Promise(resolve => {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      clearTimeout(timer);
      timer = undefined;
      if (calls.pending > 0 || courier.pending > 0) return;
      timer = setTimeout(() => {
        offCall();
        offDelivery();
        resolve();
      }, quietMs);
    };
    const offCall = calls.onCall(look);
    const offDelivery = courier.onDelivery(look);
    look();
  });
}
