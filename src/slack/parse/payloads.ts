// Reads the rest of what Slack delivers: where a command was typed, a form, a draft; and names each delivery.
import { z } from 'zod';
import type { Place, ShoutoutRequest } from '../../model.js';
import { fields } from '../ids.js';
import { cleanText } from '../text.js';

/** Where a command was typed. A conversation that is not a channel is nobody else's business. */
export function commandPlace({
  channel_id,
  channel_name,
}: {
  channel_id: string;
  channel_name: string;
}): Place {
  const isDirect =
    channel_id.startsWith('D') || channel_name === 'directmessage' || channel_name.startsWith('mpdm-');
  return isDirect ? { kind: 'direct' } : { kind: 'channel', channelSlackId: channel_id };
}

/** Names the delivery a request came from, so that its repetitions are recognised. */
export const requestKey = {
  command: (triggerId: string) => `command:${triggerId}`,
  view: (viewId: string) => `view:${viewId}`,
  repeat: (draftId: string) => `repeat:${draftId}`,
};

const place = z.union([
  z.object({ kind: z.literal('channel'), channelSlackId: z.string().regex(/^[CG][A-Z0-9]+$/) }),
  z.object({ kind: z.literal('direct') }),
]);

const formContext = z.object({
  place,
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

const formValues = z.object({
  [fields.recipients]: z.object({
    [fields.recipients]: z.object({ selected_users: z.array(z.string()).default([]) }),
  }),
  [fields.values]: z
    .object({
      [fields.values]: z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() }),
    })
    .optional(),
  [fields.message]: z.object({ [fields.message]: z.object({ value: z.string().nullish() }) }),
});

/** What a submitted form says. Text in a form arrives as it was typed, without Slack's markup. */
export function parseForm(
  state: unknown,
): Pick<ShoutoutRequest, 'recipientSlackIds' | 'valueSlugs' | 'message'> {
  const form = formValues.parse(state);
  return {
    recipientSlackIds: form.recipients.recipients.selected_users,
    valueSlugs: form.values?.values.selected_options?.map(option => option.value) ?? [],
    message: cleanText(form.message.message.value ?? ''),
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
      trouble: z.enum(['needsPaidPlan', 'unknown']).nullable(),
    }),
  ),
  message: z.string(),
  place,
  source: z.enum(['command', 'modal']),
  repeatConfirmed: z.boolean(),
});

/** A draft as it was kept, or null where another version of the bot kept it otherwise. */
export function parseDraft(kept: unknown): ShoutoutRequest | null {
  const parsed = draft.safeParse(kept);
  return parsed.success ? parsed.data : null;
}
