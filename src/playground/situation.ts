// What the page shows beside Slack itself: the bot's state, the clock, and what the app's manifest offers.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { objectOf, objectsOf, textOf } from './json.js';
import type { OfferedCommand, OfferedShortcut, Situation } from './page-types.js';
import type { Theatre } from './theatre.js';
import { BOT, TEAM } from './world.js';

/** The situation as it is now. */
export function situationOf(theatre: Theatre): Situation {
  const { stage, tricks } = theatre.scene;
  const { slack } = stage;
  return {
    waitingFor: stage.waitingFor,
    bot: stage.botState,
    connected: slack.connections > 0,
    offsetMs: stage.offsetMs,
    teamName: TEAM.name,
    botUserId: BOT.userId,
    botSaid: stage.botState === 'stopped' ? stage.botLines.slice(-8) : [],
    troubles: tricks.switchedOn(),
    startedOver: theatre.startedOver,
    history: theatre.history,
    ...offered(stage.manifestPath),
  };
}

type Offered = Pick<Situation, 'commands' | 'shortcuts' | 'homeTab' | 'messagesTabReadOnly'>;

const read = new Map<string, Offered>();

/** What the manifest offers; read once. */
function offered(path: string): Offered {
  const known = read.get(path) ?? readOffered(path);
  read.set(path, known);
  return known;
}

function readOffered(path: string): Offered {
  const { features } = objectOf(parse(readFileSync(path, 'utf8')));
  const { slash_commands, shortcuts, app_home } = objectOf(features);
  const home = objectOf(app_home);
  return {
    homeTab: home.home_tab_enabled === true,
    messagesTabReadOnly: home.messages_tab_read_only_enabled === true,
    commands: objectsOf(slash_commands).map(
      (each): OfferedCommand => ({
        command: textOf(each.command) ?? '',
        description: textOf(each.description) ?? '',
        usageHint: textOf(each.usage_hint) ?? '',
      }),
    ),
    shortcuts: objectsOf(shortcuts).map(
      (each): OfferedShortcut => ({
        callbackId: textOf(each.callback_id) ?? '',
        name: textOf(each.name) ?? '',
        type: each.type === 'message' ? 'message' : 'global',
      }),
    ),
  };
}
