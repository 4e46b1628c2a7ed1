// Builds the app and the resident's signature box into dist/, each file beside its compressed twins, which whitenoise serves.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const COMPRESSED = /\.(js|css|svg)$/;

const twins: Plugin = {
  name: "compressed-twins",
  closeBundle() {
    for (const file of readdirSync("dist")) {
      if (!COMPRESSED.test(file)) continue;
      const plain = readFileSync(`dist/${file}`);
      writeFileSync(`dist/${file}.gz`, gzipSync(plain, { level: 9 }));
      writeFileSync(`dist/${file}.br`, brotliCompressSync(plain));
    }
  },
};

export default defineConfig({
  base: "./",
  logLevel: "warn",
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  plugins: [twins],
  build: {
    target: ["chrome90", "firefox90", "safari14"],
    modulePreload: false,
    rollupOptions: {
      input: { app: "src/app.tsx", sign: "src/sign.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
