// Which shout-outs a digest tells, and which are only a number: pure.
import type { DigestAudience, DigestFact } from './digest.js';

/**
 * The people who are in no digest: whoever chose anything but `everywhere`. It holds for what they gave as well as for
 * what they were thanked for, because either would say something about them to everyone at once.
 */
export type KeepOut = ReadonlySet<string>;

/** - `told`: with giver, recipients and words
 *  - `byReaction`: its recipients are named under its value
 *  - `unnamed`: only a number */
export type Standing = 'told' | 'byReaction' | 'unnamed';

export function standingOf(
  fact: DigestFact,
  audience: Pick<DigestAudience, 'channelSlackId' | 'openChannelIds'>,
  keepOut: KeepOut,
): Standing {
  const isAnybodyNamed = fact.recipients.some(one => isNamed(one, keepOut));
  if (fact.isPrivate || !isOpenTo(fact, audience) || !isAnybodyNamed) return 'unnamed';
  return fact.isWordless ? 'byReaction' : 'told';
}

/** The ids of those whom a digest may name, in the giver's order. */
export function namedIn({ recipients }: Pick<DigestFact, 'recipients'>, keepOut: KeepOut): string[] {
  return recipients.filter(one => isNamed(one, keepOut)).map(one => one.memberId);
}

function isNamed({ memberId, isHidden }: DigestFact['recipients'][number], keepOut: KeepOut): boolean {
  return !isHidden && !keepOut.has(memberId);
}

/**
 * Whether everyone who reads the digest may know of it: nothing leaves a private conversation, or a closed channel that was
 * chosen for it. A place that was public then may be private by now, so what was kept of it is not enough.
 */
function isOpenTo(
  { announcedIn, channelSlackId, isPlacePrivate }: DigestFact,
  audience: Pick<DigestAudience, 'channelSlackId' | 'openChannelIds'>,
): boolean {
  if (announcedIn === audience.channelSlackId) return true;
  const isPublic = (id: string | null) => id === null || audience.openChannelIds.includes(id);
  const isPlaceOpen =
    channelSlackId === audience.channelSlackId || (!isPlacePrivate && isPublic(channelSlackId));
  return isPlaceOpen && (announcedIn === channelSlackId || isPublic(announcedIn));
}
