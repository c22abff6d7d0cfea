// Holds the write lock of a SQLite file, as a command-line tool would, for as many milliseconds as it is told.
import Database from 'better-sqlite3';

const [path = '', holdForMs = '0'] = process.argv.slice(2);

const file = new Database(path);
file.exec('BEGIN IMMEDIATE');
process.send?.('locked');
setTimeout(() => {
  file.exec('COMMIT');
  file.close();
  process.disconnect();
}, Number(holdForMs));
