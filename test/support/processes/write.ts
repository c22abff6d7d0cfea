// Writes row after row, by single statements and by transactions, and reports each as soon as it is acknowledged.
import { openDb } from '../../../src/store/db.js';
import { newWorkspace } from '../rows.js';

const [url = ''] = process.argv.slice(2);
const db = await openDb(url);

await Promise.all([
  writeForever('single', id => db.write.workspace.create({ data: newWorkspace(id) })),
  writeForever('together', id => db.transaction(tx => tx.workspace.create({ data: newWorkspace(id) }))),
]);

async function writeForever(prefix: string, write: (id: string) => Promise<unknown>): Promise<never> {
  for (let count = 0; ; count += 1) {
    const id = `${prefix}-${count}`;
    await write(id);
    process.send?.(id);
  }
}
