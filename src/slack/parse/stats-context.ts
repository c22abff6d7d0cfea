// What the forms that show numbers have to remember.
import { z } from 'zod';

const thanksContext = z.object({
  /** What would be typed after `stats`. */
  asked: z.string(),
});

/** What the pages of what somebody was thanked for have to remember. */
export type ThanksContext = z.infer<typeof thanksContext>;

/** @throws when the view is not one of ours. */
export function parseThanksContext(privateMetadata: string): ThanksContext {
  return thanksContext.parse(JSON.parse(privateMetadata));
}
