import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before tap, which follows every promise of the process to know whose an error is that no test waited for. That
// takes a twentieth of the time of all tests; without it such an error ends the process, and so its lane fails.
const idle = { enable: () => idle, disable: () => idle };
Object.assign(asyncHooks, { createHook: () => idle });
syncBuiltinESMExports();
