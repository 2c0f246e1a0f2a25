// One PouchDB client on LevelDB: a row is a document `table:id`. Run in the folder that has the packages.
// node pouchdb_client.js DATABASE ADDRESS BATCH load LINES | edit LINES | push | pull | persist push|pull SECONDS
const fs = require("fs");
const readline = require("readline");
const PouchDB = require("module").createRequire(process.cwd() + "/")("pouchdb");

const DOCUMENTS_A_CALL = 500;
const [path, address, batch, step, lines, seconds] = process.argv.slice(2);

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

async function edit(store) {
  const wanted = {};
  for await (const line of readline.createInterface({ input: fs.createReadStream(lines) })) {
    const { table, id, field, value } = JSON.parse(line);
    wanted[`${table}:${id}`] = [field, value];
  }
  const found = await store.allDocs({ keys: Object.keys(wanted), include_docs: true });
  const changed = found.rows.map(({ doc }) => ({ ...doc, [wanted[doc._id][0]]: wanted[doc._id][1] }));
  await store.bulkDocs(changed);
}

// Replicates again after each failure, as a person would who does not give up.
async function persist(store, way) {
  process.on("uncaughtException", () => {}); // a broken connection sometimes surfaces outside its promise
  const end = Date.now() + Number(seconds) * 1000;
  let tries = 0;
  let why = "";
  while (Date.now() < end) {
    tries += 1;
    try {
      await (way === "push" ? store.replicate.to : store.replicate.from)(address, { batch_size: Number(batch) });
      return { done: true, tries, why: "" };
    } catch (error) {
      why = String(error.name || error);
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  return { done: false, tries, why };
}

async function main() {
  const store = new PouchDB(path);
  if (step === "load") return load(store);
  if (step === "edit") return edit(store);
  await store.info();
  console.log("ready");
  waitForLine();
  if (step === "persist") {
    console.log(JSON.stringify(await persist(store, lines)));
    return waitForLine();
  }
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
