// How roles add up: what somebody may do who has several.
import { describe, expect, it } from 'vitest';
import { actions, may, parts, type Role } from '../../src/recognition/permissions.js';

/** All sets of parts. */
const sets: Role[][] = Array.from({ length: 2 ** parts.length }, (_, bits) =>
  parts.filter((_, index) => (bits >> index) % 2 === 1),
);

describe('somebody with several roles', () => {
  it('may do nothing who does not belong to the workspace, whatever else they are', () => {
    const granted = (['foreign', 'deactivated', 'bot'] as const).flatMap(account =>
      sets.flatMap(set => actions.filter(action => may(action, [account, ...set]) !== 'no')),
    );
    expect(granted).toEqual([]);
  });

  it('keeps what their account may do, where no role of theirs says otherwise', () => {
    expect(may('give', ['guest', 'keeper', 'recipient'])).toBe('guestsGive');
    expect(may('give', ['member', 'keeper'])).toBe('yes');
    expect(may('report', ['guest', 'recipient'])).toBe('yes');
  });

  it('may do what any of their roles may', () => {
    expect(may('seeSettings', ['guest', 'keeper'])).toBe('yes');
    expect(may('remove', ['member', 'giver', 'recipient', 'admin'])).toBe('yes');
    expect(may('undo', ['member', 'admin', 'giver'])).toBe('firstDay');
  });

  it('may not do what one of their roles is barred from', () => {
    expect(may('hearReports', ['member', 'keeper'])).toBe('yes');
    expect(may('hearReports', ['member', 'keeper', 'giver'])).toBe('no');
    expect(may('joinIn', ['member', 'admin', 'recipient'])).toBe('no');
  });

  it('may do nothing of whom nothing is known', () => {
    expect(actions.filter(action => may(action, []) !== 'no')).toEqual([]);
  });
});
