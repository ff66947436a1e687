// Prints what the Content Authenticity Initiative's own reader says of an MP4, as a line of JSON. Takes the file, and that of a root which is to be
// trusted (or none).
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { initSync, WasmReader } from "@contentauth/c2pa-wasm";

const [file, root] = process.argv.slice(2);
initSync({ module: await readFile(fileURLToPath(import.meta.resolve("@contentauth/c2pa-wasm/c2pa.wasm"))) });

const settings = { verify: { verify_trust: true }, ...(root ? { trust: { trust_anchors: await readFile(root, "utf8") } } : {}) };
const reader = await WasmReader.fromBytes("video/mp4", new Uint8Array(await readFile(file)), JSON.stringify(settings));
console.log(reader.json().replaceAll("\n", ""));
