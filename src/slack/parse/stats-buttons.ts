// What the buttons of statistics carry.
import { z } from 'zod';
import { unthankedWeeks, usualUnthankedWeeks } from '../../recognition/stats/unthanked.js';

const pageNumber = z.coerce.number().int().min(0);

/** Which page, from 0 on. @throws when the button is not ours. */
export function parsePageNumber(value: unknown): number {
  return pageNumber.parse(value);
}

const unthankedChoice = z.object({
  teamId: z.string(),
  weeks: z.literal(unthankedWeeks).default(usualUnthankedWeeks),
  page: z.number().int().min(0).default(0),
});

/** Whose names not thanked, in how many weeks, and which page of them. */
export type UnthankedChoice = z.infer<typeof unthankedChoice>;

/** @throws when the button is not ours. */
export function parseUnthanked(value: string | undefined): UnthankedChoice {
  return unthankedChoice.parse(JSON.parse(value ?? ''));
}

const teamQuestion = z.object({
  /** Null: the whole workspace. */
  teamId: z.string().nullable(),
  /** Value and period, as they would be typed. */
  typed: z.string().max(3000).default(''),
  page: z.number().int().min(0).default(0),
});

/** Which team's numbers, of what, and which page of its table. */
export type TeamQuestion = z.infer<typeof teamQuestion>;

/** @throws when the button is not ours. */
export function parseTeamQuestion(value: string | undefined): TeamQuestion {
  return teamQuestion.parse(JSON.parse(value ?? ''));
}
