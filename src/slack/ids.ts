// The ids by which Slack tells us what was pressed, submitted or filled in.

export const actions = {
  openForm: 'open_form',
  undo: 'undo_shoutout',
  recordAgain: 'record_again',
  dropDraft: 'drop_draft',
  postAgain: 'post_again',
  itIsThere: 'it_is_there',
} as const;

export const callbacks = { give: 'give_shoutout' } as const;

/** The form's fields; each block holds one input, whose action id is the same. */
export const fields = { recipients: 'recipients', values: 'values', message: 'message' } as const;
