// Builds the back office's bundles into dist/, each beside its compressed twins, which whitenoise serves as they are.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const OUT = "dist";
const TAKEN_AS_THEY_ARE = ["htmx.org/dist/htmx.min.js", "@tabler/core/dist/css/tabler.min.css"];
const COMPRESSED = /\.(js|css|svg)$/;

await rm(OUT, { recursive: true, force: true });
await mkdir(OUT);
for (const file of TAKEN_AS_THEY_ARE) {
  await cp(`node_modules/${file}`, `${OUT}/${file.split("/").pop()}`);
}
await cp("src/mark.svg", `${OUT}/mark.svg`);
await build({
  entryPoints: ["src/menling.js", "src/menling.css"],
  outdir: OUT,
  bundle: true,
  minify: true,
  target: ["chrome90", "firefox90", "safari14"],
  loader: { ".svg": "file", ".woff2": "file" },
  logLevel: "warning",
});
for (const file of await readdir(OUT)) {
  if (!COMPRESSED.test(file)) continue;
  const plain = await readFile(`${OUT}/${file}`);
  await writeFile(`${OUT}/${file}.gz`, gzipSync(plain, { level: 9 }));
  await writeFile(`${OUT}/${file}.br`, brotliCompressSync(plain));
}
