// Writes an SQLite file anew, on a thread of its own so that everybody goes on reading. Plain JavaScript: it is run as it stands, not built.
import { workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

// Where a write or a reader stands in the way, this thread has time to wait.
const client = new Sqlite(workerData.file, { fileMustExist: true, timeout: 5000 });
client.pragma('synchronous = FULL');
client.pragma('secure_delete = ON');
client.exec('vacuum');
// The whole file lies in the log now; emptying it here spares the others that work.
client.pragma('wal_checkpoint(TRUNCATE)');
client.close();
