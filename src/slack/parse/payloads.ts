// Reads the rest of what Slack delivers: where a command was typed, a form, a draft; and names each delivery.
import { z } from 'zod';
import type { MessagePointer, Place, ReactionEvent, ShoutoutRequest } from '../../model.js';
import { emojiName } from '../emoji.js';
import { fields, type MenuChoice, menuChoices } from '../ids.js';
import { cleanText } from '../text.js';

/** Where something was typed or pressed. A conversation that is not a channel is nobody else's business. */
export function placeOf({ id, name }: { id: string; name: string }): Place {
  const isDirect = id.startsWith('D') || name === 'directmessage' || name.startsWith('mpdm-');
  // Slack does not tell a private channel's name.
  return isDirect
    ? { kind: 'direct' }
    : { kind: 'channel', channelSlackId: id, isPrivate: name === 'privategroup' };
}

/** Names the delivery a request came from, so that its repetitions are recognised. */
export const requestKey = {
  command: (triggerId: string) => `command:${triggerId}`,
  view: (viewId: string) => `view:${viewId}`,
  mention: ({ channelSlackId, ts }: MessagePointer) => `mention:${channelSlackId}:${ts}`,
  meToo: (shoutoutId: string, memberSlackId: string) => `meToo:${shoutoutId}:${memberSlackId}`,
  repeat: (draftId: string) => `repeat:${draftId}`,
};

/** A request that says nothing yet. Public where it is made in a channel, else for those concerned. */
export function blankRequest(
  from: Pick<ShoutoutRequest, 'requestKey' | 'teamSlackId' | 'giverSlackId' | 'place' | 'source'>,
): ShoutoutRequest {
  return {
    ...from,
    recipientSlackIds: [],
    valueSlugs: [],
    unknownValues: [],
    groups: [],
    message: '',
    impact: '',
    visibility: from.place.kind === 'direct' ? 'private' : 'public',
    announceIn: null,
    threadTs: null,
    channelTrouble: null,
    about: null,
    repeatConfirmed: false,
  };
}

const place = z.union([
  z.object({
    kind: z.literal('channel'),
    channelSlackId: z.string().regex(/^[CG][A-Z0-9]+$/),
    isPrivate: z.boolean(),
  }),
  z.object({ kind: z.literal('direct') }),
]);

const pointer = z.object({ channelSlackId: z.string(), ts: z.string(), threadTs: z.string().nullable() });

const visibility = z.enum(['public', 'private']);

const formContext = z.object({
  place,
  about: pointer.nullable(),
  teamSlackId: z.string(),
  /** Where the answer goes; null: into the form itself. */
  responseUrl: z.string().nullable(),
  /** The groups whose members were filled in. They are credited while all of those are still chosen. */
  groups: z
    .array(z.object({ slackId: z.string(), handle: z.string(), memberSlackIds: z.array(z.string()) }))
    .default([]),
});

/** What a form has to remember between opening and submitting. */
export type FormContext = z.infer<typeof formContext>;

/** What the form remembered. @throws when the view is not one of ours. */
export function parseFormContext(privateMetadata: string): FormContext {
  return formContext.parse(JSON.parse(privateMetadata));
}

const chosenValues = z
  .object({
    [fields.values]: z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() }),
  })
  .optional();

const chosenTeams = z
  .object({
    [fields.teams]: z.object({
      selected_options: z
        .array(z.object({ value: z.string(), text: z.object({ text: z.string() }) }))
        .nullish(),
    }),
  })
  .optional();

const textOf = (field: string) => z.object({ [field]: z.object({ value: z.string().nullish() }) });

const formValues = z.object({
  [fields.recipients]: z.object({
    [fields.recipients]: z.object({ selected_users: z.array(z.string()).default([]) }),
  }),
  [fields.teams]: chosenTeams,
  [fields.values]: chosenValues,
  [fields.message]: textOf(fields.message),
  [fields.impact]: textOf(fields.impact),
  [fields.visibility]: z
    .object({
      [fields.visibility]: z.object({ selected_option: z.object({ value: visibility }).nullish() }),
    })
    .optional(),
  [fields.channel]: z
    .object({ [fields.channel]: z.object({ selected_conversation: z.string().nullish() }) })
    .optional(),
});

/** What a submitted form says. Text in a form arrives as it was typed, without Slack's markup. */
export function parseForm(
  state: unknown,
): Pick<
  ShoutoutRequest,
  'recipientSlackIds' | 'valueSlugs' | 'message' | 'impact' | 'visibility' | 'announceIn'
> & { teams: { teamId: string; name: string }[] } {
  const form = formValues.parse(state);
  return {
    recipientSlackIds: form.recipients.recipients.selected_users,
    teams:
      form.teams?.teams.selected_options?.map(({ value, text }) => ({ teamId: value, name: text.text })) ??
      [],
    valueSlugs: form.values?.values.selected_options?.map(option => option.value) ?? [],
    message: cleanText(form.message.message?.value ?? ''),
    impact: cleanText(form.impact.impact?.value ?? ''),
    visibility: form.visibility?.visibility.selected_option?.value ?? 'public',
    announceIn: form.channel?.channel.selected_conversation ?? null,
  };
}

/** The one text of a form, such as a report's reason. */
export function parseOnlyText(state: unknown, field: string): string {
  const form = z
    .record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() })))
    .parse(state);
  return cleanText(form[field]?.[field]?.value ?? '');
}

const reactionEvent = z.object({
  user: z.string(),
  reaction: z.string(),
  // Missing where an app or a workflow wrote the message.
  item_user: z.string().optional(),
  item: z.object({ channel: z.string(), ts: z.string() }),
  event_ts: z.string().regex(/^\d{10}\.\d{6}$/),
});

/** What Slack says of a reaction; null: it is not one to a message. @see https://docs.slack.dev/reference/events/reaction_added */
export function parseReaction(event: unknown): Omit<ReactionEvent, 'isOn' | 'teamSlackId' | 'place'> | null {
  const parsed = reactionEvent.safeParse(event);
  if (!parsed.success) return null;
  const { user, reaction, item_user, item, event_ts } = parsed.data;
  return {
    memberSlackId: user,
    authorSlackId: item_user ?? null,
    message: { channelSlackId: item.channel, ts: item.ts, threadTs: null },
    name: reaction,
    emoji: emojiName(reaction),
    eventTs: event_ts,
  };
}

const changeContext = z.object({
  shoutoutId: z.string(),
  isPlacePrivate: z.boolean().default(false),
  /** How often it had been edited as the form was opened. */
  edits: z.number().default(0),
});

/** What a form about an existing shout-out has to remember. */
export type ChangeContext = z.input<typeof changeContext>;

/** @throws when the view is not one of ours. */
export function parseChangeContext(privateMetadata: string): z.output<typeof changeContext> {
  return changeContext.parse(JSON.parse(privateMetadata));
}

const menuValue = z.templateLiteral([z.enum(menuChoices), ':', z.string()]);

/** What was chosen in an announcement's menu, and for which shout-out. @throws when the menu is not ours. */
export function parseMenu(value: string): { choice: MenuChoice; shoutoutId: string } {
  const [choice, shoutoutId = ''] = menuValue.parse(value).split(':');
  return { choice: z.enum(menuChoices).parse(choice), shoutoutId };
}

const digestContext = z.object({ digestId: z.string(), channelSlackId: z.string() });

/** What the pages of a digest have to remember: which one, and the channel that it is for. */
export type DigestContext = z.infer<typeof digestContext>;

/** @throws when the view is not one of ours. */
export function parseDigestContext(privateMetadata: string): DigestContext {
  return digestContext.parse(JSON.parse(privateMetadata));
}

const pageValue = z.tuple([z.string(), z.coerce.number().int().min(0)]);

/** Which page of which digest, as our buttons name it. @throws when the button is not ours. */
export function parsePage(value: string): { digestId: string; page: number } {
  const [digestId, page] = pageValue.parse(value.split(':'));
  return { digestId, page };
}

const messageAction = z.object({
  channel: z.object({ id: z.string(), name: z.string() }),
  // The text that Slack sends along is not read: the schema drops whatever it does not name.
  message: z.object({
    ts: z.string(),
    thread_ts: z.string().optional(),
    user: z.string().optional(),
    bot_id: z.string().optional(),
  }),
});

/** On which message a shortcut was used. `authorSlackId`: null for a message of a bot or a workflow. */
export function parseMessageShortcut(body: unknown): {
  place: Place;
  about: MessagePointer;
  authorSlackId: string | null;
} {
  const { channel, message } = messageAction.parse(body);
  return {
    place: placeOf(channel),
    about: { channelSlackId: channel.id, ts: message.ts, threadTs: message.thread_ts ?? null },
    authorSlackId: message.bot_id ? null : (message.user ?? null),
  };
}

const draft = z.object({
  requestKey: z.string(),
  teamSlackId: z.string(),
  giverSlackId: z.string(),
  recipientSlackIds: z.array(z.string()),
  valueSlugs: z.array(z.string()),
  unknownValues: z.array(z.string()),
  groups: z.array(
    z.object({
      slackId: z.string(),
      handle: z.string(),
      memberSlackIds: z.array(z.string()),
      trouble: z.enum(['needsPaidPlan', 'unknown', 'unknownTeam', 'tooLarge']).nullable(),
    }),
  ),
  message: z.string(),
  impact: z.string(),
  visibility,
  place,
  announceIn: z.string().nullable(),
  threadTs: z.string().nullable(),
  channelTrouble: z.enum(['notMember', 'shared', 'archived']).nullable(),
  about: pointer.nullable(),
  source: z.enum(['command', 'modal', 'mention', 'reaction', 'meToo']),
  repeatConfirmed: z.boolean(),
});

/** A draft as it was kept, or null where another version of the bot kept it otherwise. */
export function parseDraft(kept: unknown): ShoutoutRequest | null {
  const parsed = draft.safeParse(kept);
  return parsed.success ? parsed.data : null;
}
