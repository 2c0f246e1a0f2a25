// One PouchDB client on LevelDB: a row is a document `table:id`. Run in the folder that has the packages.
// node pouchdb_client.js DATABASE ADDRESS BATCH load LINES | push | pull
const fs = require("fs");
const readline = require("readline");
const PouchDB = require("module").createRequire(process.cwd() + "/")("pouchdb");

const DOCUMENTS_A_CALL = 500;
const [path, address, batch, step, lines] = process.argv.slice(2);

function waitForLine() {
  const letter = Buffer.alloc(1);
  while (fs.readSync(0, letter, 0, 1) === 1 && letter[0] !== 10);
}

async function load(store) {
  let waiting = [];
  for await (const line of readline.createInterface({ input: fs.createReadStream(lines) })) {
    const { id, ...row } = JSON.parse(line);
    waiting.push({ _id: `${row.table}:${id}`, ...row });
    if (waiting.length === DOCUMENTS_A_CALL) {
      await store.bulkDocs(waiting);
      waiting = [];
    }
  }
  if (waiting.length) await store.bulkDocs(waiting);
}

async function main() {
  const store = new PouchDB(path);
  if (step === "load") return load(store);
  await store.info();
  console.log("ready");
  waitForLine();
  const way = step === "push" ? store.replicate.to : store.replicate.from;
  const done = await way(address, { batch_size: Number(batch) });
  console.log(JSON.stringify([done.docs_written, null]));
  waitForLine();
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
