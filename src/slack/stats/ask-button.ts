// A button that asks for numbers, of whoever presses it.
import type { Button } from '@slack/types';
import type { StatsQuestion } from '../../recognition/stats/question.js';
import { actions } from '../ids.js';
import { button } from '../messages/parts.js';
import { statsTyped } from '../parse/stats.js';

/** @param index - Slack wants the ids of a row's buttons to differ */
export function askButton(label: string, question: StatsQuestion, index = 0): Button {
  return button(label, `${actions.askStats}${index}`, statsTyped(question));
}
