// Names the entries of the model catalog that were read more than a year ago (or `node scripts/check-catalog.mjs 180`:
// more than 180 days). Exits 1 if there are any, so a scheduled job can open a ticket; no test depends on it.
import { build } from "esbuild";

const bundle = await build({
  entryPoints: ["src/catalog/stale-entries.ts"],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
const { staleEntries } = await import(`data:text/javascript;base64,${code}`);

const days = process.argv[2] === undefined ? 365 : Number(process.argv[2]);
if (!(days >= 0)) {
  console.error(`days: found ${process.argv[2]}, accepted is a number of days.`);
  process.exit(2);
}
const stale = staleEntries(new Date(), days);
for (const { model, platform, asOf } of stale) {
  console.log(`${asOf}  ${model === undefined ? `platform ${platform}` : `${model} on ${platform}`}`);
}
console.log(`${stale.length} catalog entries are older than ${days} days.`);
process.exitCode = stale.length > 0 ? 1 : 0;
