// A team's numbers, for those who lead it.
import type { Team } from '../../model.js';
import { type Message, said } from '../messages/parts.js';
import type { Asked } from './asked.js';

/** A team's numbers, or words on why there are none to see. */
export async function teamMessage(_asked: Asked, _team: Team): Promise<Message> {
  return said("You can see a team's numbers when you lead it.");
}
