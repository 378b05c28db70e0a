import v8 from 'node:v8';

// The embedded database is compiled quickly and, while it works, a second time so that it runs faster. That pays in hours;
// where its process lives for a minute or two it takes a fifth of all processor time.
for (const flag of ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) v8.setFlagsFromString(flag);
