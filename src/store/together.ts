// Those that wait together are served together: one transaction, or one query, for whatever arrived while the last one ran.

interface Waiting<In, Out> {
  item: In;
  resolve: (result: Out) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes a function that collects the items handed to it while an earlier batch is being served, and serves them in one go.
 * When a batch of several fails, each is served alone, so that one bad item spoils nobody else's.
 *
 * @param serve - returns one result for each item, in their order. It is called again with the same items after a failure, so it must be safe to repeat.
 * @param most - the largest batch, default 100
 */
function together<In, Out>(serve: (items: In[]) => Promise<Out[]>, most = 100): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = false;

  async function serveBatch(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await serve(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('A batch returned fewer results than items.'));
        else resolve(result);
      }
    } catch (error) {
      if (batch.length === 1) for (const { reject } of batch) reject(error);
      else for (const one of batch) await serveBatch([one]);
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) await serveBatch(waiting.splice(0, most));
    running = false;
  }

  return item =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // Started in the next turn of the loop, so that all that came in during this one go together.
      if (!running) {
        running = true;
        setImmediate(() => void run());
      }
    });
}

/**
 * One `together` for each database, made at its first use.
 * @param serve - as `together` takes it, with the database in front
 */
export function togetherIn<Database extends object, In, Out>(
  serve: (db: Database, items: In[]) => Promise<Out[]>,
): (db: Database, item: In) => Promise<Out> {
  const made = new WeakMap<Database, (item: In) => Promise<Out>>();
  return (db, item) => {
    let one = made.get(db);
    if (!one) {
      one = together(items => serve(db, items));
      made.set(db, one);
    }
    return one(item);
  };
}
