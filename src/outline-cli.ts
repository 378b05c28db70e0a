import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Block } from './domain/outline.ts';
import { addressesOf } from './domain/parse/address.ts';
import { type Paste, readPaste } from './domain/parse/paste.ts';
import { printOutline } from './domain/parse/print.ts';
import { autoSettings, type ParseSettings } from './domain/parse/settings.ts';
import { tableLine } from './domain/parse/table-lines.ts';

const usage = `npm run outline -- FILE                              the outline of one text file, readable
npm run outline -- --print FILE                      the outline as source text again
npm run outline -- --jsonl < cases.jsonl > out.jsonl  lines {"name","text"} to lines {"name","nodes"}
Settings, before the others: --whole=draft --family=law|official|none --lines=wrapped|single`;

const settings: Record<keyof ParseSettings, string> = { ...autoSettings };
const others = process.argv.slice(2).filter((argument) => !isSetting(argument));
const chosen = settings as ParseSettings;
const [argument, file] = others;
if (argument === undefined || (argument === '--print' && file === undefined)) fail(usage);
else if (argument === '--jsonl') await printNodes();
else if (argument === '--print') console.log(printOutline(pasteIn(file ?? '').draft.blocks));
else printReadable(pasteIn(argument));

/** Takes an argument that is a setting. */
function isSetting(argument: string): boolean {
  const [, name, value] =
    /^--(whole|family|lines)=(auto|draft|law|official|none|wrapped|single)$/.exec(argument) ?? [];
  if (name && value) settings[name as keyof ParseSettings] = value;
  return name !== undefined;
}

function pasteIn(file: string): Paste {
  return readPaste(readFileSync(file, 'utf8'), chosen);
}

async function printNodes(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { name, text } = JSON.parse(line) as { name: string; text: string };
    process.stdout.write(
      `${JSON.stringify({ name, nodes: readPaste(text, chosen).draft.blocks.map(nodeOf) })}\n`,
    );
  }
}

function nodeOf({ kind, level, label, heading, text, parent }: Block) {
  return { kind: level ?? kind, label, heading, text, parent };
}

function printReadable(paste: Paste): void {
  const { fields, lines } = paste.announcement;
  if (lines) console.log(`公告 ${lines.join('–')}`);
  for (const [field, found] of Object.entries(fields)) console.log(`  ${field}: ${found.value}`);
  printBlocks(paste.draft.blocks);
  if (paste.feedback.lines) console.log(`反馈 ${paste.feedback.lines.join('–')}`);
  for (const { key, line, words } of paste.draft.warnings) console.log(`! ${key} ${line}: ${words}`);
}

function printBlocks(blocks: readonly Block[]): void {
  const addresses = addressesOf(blocks);
  const depths: number[] = [];
  for (const [index, block] of blocks.entries()) {
    depths[index] = block.parent === null ? 0 : (depths[block.parent] ?? 0) + 1;
    const cells = (block.rows ?? []).map(tableLine).join(' ').slice(0, 60);
    const words = [block.label, block.heading, block.text.slice(0, 40).replaceAll('\n', '⏎'), cells];
    const indent = '  '.repeat(depths[index]);
    console.log(
      `${indent}${words.filter((word) => word !== '').join(' ')}  [${block.level ?? block.kind} ${addresses[index]}]`,
    );
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}
