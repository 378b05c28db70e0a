import { measureClosing } from './closing.ts';
import { measureColdStart } from './cold-start.ts';
import { measureDesk } from './desk.ts';
import { measureExports } from './exports.ts';
import { measureFar } from './far.ts';
import { print } from './figures.ts';
import { measureGroups } from './groups.ts';
import { measureMany } from './many.ts';
import { measureNotice } from './notice.ts';
import { measurePageView } from './page-view.ts';
import { measureParser } from './parser.ts';
import { measurePrint } from './print.ts';
import { makeStage } from './stage.ts';
import { measureSubmissions } from './submission.ts';
import { measureTogether } from './together.ts';

// Measures on the embedded database and, with DATABASE_URL, on PostgreSQL; arguments choose among the figures.
// Parser, printer and grouping need no database.
const { DATABASE_URL } = process.env;
const all = {
  page: measurePageView,
  submission: measureSubmissions,
  many: measureMany,
  start: measureColdStart,
  desk: measureDesk,
  far: measureFar,
  notice: measureNotice,
  together: measureTogether,
  exports: measureExports,
  closing: measureClosing,
};
const names = process.argv.slice(2);
if (names.length === 0 || names.includes('parser')) for (const figure of measureParser()) print('—', figure);
if (names.length === 0 || names.includes('print')) for (const figure of measurePrint()) print('—', figure);
if (names.length === 0 || names.includes('groups')) for (const figure of measureGroups()) print('—', figure);
const chosen = Object.entries(all).filter(([name]) => names.length === 0 || names.includes(name));

for (const serverUrl of DATABASE_URL ? [undefined, DATABASE_URL] : [undefined])
  for (const [, measure] of chosen) {
    const stage = await makeStage(serverUrl);
    try {
      for await (const figure of await measure(stage)) print(stage.kind, figure);
    } finally {
      await stage.remove();
    }
  }
