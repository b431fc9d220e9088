// A crowd on the live feed: `node tests/bench/sockets.ts [sockets=2000]`, one in twenty a reader who stalls. Loopback only, ends by itself.
import { crowd } from './crowd.ts';
import { databaseOf, placesIn } from './databases.ts';

const database = databaseOf(40_000);
process.once('exit', () => database.remove());
const found = await crowd(database.file, placesIn(database.file), Number(process.argv[2] ?? 2000));
console.log(`${found.sockets} sockets, ${(found.bytesEach / 1000).toFixed(1)} kB each`);
console.log(`one event, from the first reader to the last: median ${found.spread.toFixed(0)} ms, worst ${found.worst.toFixed(0)} ms`);
console.log(`from the form to the last reader: median ${found.fromForm.toFixed(0)} ms; ${found.missed} events were not heard`);
process.exit(0);
