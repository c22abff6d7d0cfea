// Migrates the database it is given, when it is told to, and says what it applied.
import { migrate } from '../../../src/store/migrate.js';

const [url = ''] = process.argv.slice(2);

process.once('message', async () => {
  const { applied } = await migrate(url);
  process.send?.(applied, () => process.disconnect());
});
process.send?.('ready');
