// Counts stroke by stroke how thanks are spread. JavaScript, for it runs in the threads that read aside.

/** The numbers of people stay below it, so that a couple and which of the two gave make a number without loss. */
const mostPeople = 2 ** 25;

/** @typedef {string | number} Key - of a person: their number, as the database hands it over, or their id where they have none */
/** @typedef {string | number} Instant - as the database hands it over, so that a later one is greater; all of them alike */
/** @typedef {{ team: number, joined: Instant | null, left: Instant | null }} Stay - a null: outside of the span */

/**
 * What a database would sort all strokes for, or look each of them up in the rosters. To be told of all stays, then of all
 * strokes. Every id becomes a small number: those are compared and kept at a fraction of the cost.
 */
export class SpreadFold {
  /** @type {Map<Key, number>} Of people, and of teams. */
  #numbers = new Map();
  /** @type {number[]} By the number of a person: a team that they were in all the time; -1: none. What most people have. */
  #home = [];
  /** @type {Map<number, Stay[]>} By the number of a person: their other stays. */
  #stays = new Map();
  /** @type {boolean[]} By the number of a person: they were in Everyone all the time. */
  #always = [];
  /** @type {number[]} By the number of a person: how often they were thanked while they were in Everyone; -1: they never were. */
  #times = [];
  #everyone;
  #pairs = new Float64Array(1024);
  #strokes = 0;
  #across = 0;

  /** @param {string} everyoneId */
  constructor(everyoneId) {
    this.#everyone = this.#numberOf(everyoneId);
  }

  /** @param {Key} id */
  #numberOf(id) {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(id, number);
    this.#home.push(-1);
    this.#always.push(false);
    this.#times.push(-1);
    return number;
  }

  /**
   * @param {Key} person - the same in stays and strokes
   * @param {string} teamId
   * @param {Instant | null} joined - null: before any of the strokes
   * @param {Instant | null} left - null: after all of them
   */
  stay(person, teamId, joined, left) {
    const number = this.#numberOf(person);
    const team = this.#numberOf(teamId);
    if (team === this.#everyone && this.#times[number] === -1) this.#times[number] = 0;
    if (joined === null && left === null) {
      if (team === this.#everyone) {
        this.#always[number] = true;
        return;
      }
      if (this.#home[number] === -1) {
        this.#home[number] = team;
        return;
      }
    }
    const others = this.#stays.get(number);
    if (others) others.push({ team, joined, left });
    else this.#stays.set(number, [{ team, joined, left }]);
  }

  /**
   * Somebody was thanked once.
   * @param {Key} from
   * @param {Key} to
   * @param {Instant} at
   */
  stroke(from, to, at) {
    const giver = this.#numberOf(from);
    const recipient = this.#numberOf(to);
    if (this.#strokes === this.#pairs.length) {
      const longer = new Float64Array(2 * this.#strokes);
      longer.set(this.#pairs);
      this.#pairs = longer;
    }
    // Sorted, the two directions of a couple are neighbours, the even one first.
    this.#pairs[this.#strokes] =
      giver < recipient ? 2 * (giver * mostPeople + recipient) : 2 * (recipient * mostPeople + giver) + 1;
    this.#strokes += 1;
    if (this.#isThere(recipient, at)) this.#times[recipient] = (this.#times[recipient] ?? 0) + 1;
    if (!this.#areTeammates(giver, recipient, at)) this.#across += 1;
  }

  /**
   * Whether somebody was in Everyone.
   * @param {number} person
   * @param {Instant} at
   */
  #isThere(person, at) {
    if (this.#always[person]) return true;
    const stays = this.#stays.get(person);
    return stays?.some(stay => stay.team === this.#everyone && covers(stay, at)) ?? false;
  }

  /**
   * @param {number} giver
   * @param {number} recipient
   * @param {Instant} at
   */
  #areTeammates(giver, recipient, at) {
    const home = this.#home[recipient] ?? -1;
    if (home !== -1 && this.#isIn(giver, home, at)) return true;
    const stays = this.#stays.get(recipient);
    return (
      stays?.some(
        stay => stay.team !== this.#everyone && covers(stay, at) && this.#isIn(giver, stay.team, at),
      ) ?? false
    );
  }

  /**
   * @param {number} person
   * @param {number} team - not Everyone
   * @param {Instant} at
   */
  #isIn(person, team, at) {
    if (this.#home[person] === team) return true;
    const stays = this.#stays.get(person);
    return stays?.some(stay => stay.team === team && covers(stay, at)) ?? false;
  }

  /** @returns {import('./aside.js').SpreadFigures} */
  figures() {
    const sorted = this.#pairs.subarray(0, this.#strokes).sort();
    let pairs = 0;
    let returned = 0;
    let last = -1;
    for (const pair of sorted) {
      if (pair === last) continue;
      pairs += 1;
      if (pair % 2 === 1 && last === pair - 1) returned += 2;
      last = pair;
    }
    /** @type {Map<number, number>} */
    const people = new Map();
    for (const times of this.#times) if (times >= 0) people.set(times, (people.get(times) ?? 0) + 1);
    return {
      received: this.#strokes,
      pairs,
      returned,
      across: this.#across,
      evenness: [...people].map(([times, count]) => ({ times, people: count })),
    };
  }
}

/**
 * @param {Stay} stay
 * @param {Instant} at
 */
function covers({ joined, left }, at) {
  return (joined === null || joined <= at) && (left === null || left > at);
}
