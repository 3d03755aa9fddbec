// Unpack the browser of the journeys (npm: @sparticuz/chromium) into the folder given. No network, no root.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { extract } from "tar-fs";

const packed = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../node_modules/@sparticuz/chromium/bin");
const target = path.resolve(process.argv[2]);
const unfinished = `${target}.${process.pid}`;

const unpack = (name, output) => pipeline(createReadStream(path.join(packed, name)), createBrotliDecompress(), output);

await mkdir(unfinished, { recursive: true });
await Promise.all([
  unpack("chromium.br", createWriteStream(path.join(unfinished, "chromium"), { mode: 0o755 })),
  unpack("al2023.tar.br", extract(path.join(unfinished, "al2023"))),
  unpack("fonts.tar.br", extract(path.join(unfinished, "fonts"))),
  unpack("swiftshader.tar.br", extract(unfinished)),
]);
await rename(unfinished, target).catch(async (error) => {
  await rm(unfinished, { recursive: true, force: true }); // another run was first
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
});
