// What is read without holding the event loop, and what it answers.

/** A statement: `sql` with `?` for each value, `text` with `$1` and on. */
export interface Question {
  readonly sql: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How thanks are to be counted. Both statements keep their columns' names. */
export interface SpreadQuestion {
  everyoneId: string;
  /**
   * `memberId`, `number`, `teamId`, `joined`, `left`: the stays that touch the span. No number: they neither gave nor
   * received. A null instant: outside of the span.
   */
  stays: Question;
  /** `giverNumber`, `recipientNumber`, `givenAt`: one for each time that somebody was thanked in the span. */
  strokes: Question;
}

export interface SpreadFigures {
  /** How many strokes there are. */
  received: number;
  /** How many pairs of a giver and a recipient, each direction for itself; and how many of them have the other direction, too. */
  pairs: number;
  returned: number;
  /** How many strokes came from somebody who was in no team with the recipient then but Everyone. */
  across: number;
  /** How many people were in Everyone and thanked so often while they were. In no order. */
  evenness: { times: number; people: number }[];
}

export interface Aside {
  /**
   * Answers with rows of numbers, strings and nulls; instants come as the database keeps them. Null: the database does not
   * work in this process, and `reading` is as good.
   * @throws what the database says; or that the thread ended, when the next question starts another
   */
  ask: ((question: Question) => Promise<unknown[]>) | null;
  /** Counts stroke by stroke, in a pass, what a statement would take three times as long for. @throws as `ask` */
  spread(question: SpreadQuestion): Promise<SpreadFigures>;
  /** Looks at how the tables have grown, so that questions are answered the short way. Null: the database does by itself. @throws as `ask` */
  tidy: (() => Promise<void>) | null;
  /** Ends the threads. To be called when everything is answered. */
  close(): Promise<void>;
}

/** A statement with its values as the driver wants them. */
export interface Statement {
  sql: string;
  args: unknown[];
}

/** What a thread is told that counts how thanks are spread. */
export interface SpreadMessage {
  everyoneId: string;
  stays: Statement;
  strokes: Statement;
}
