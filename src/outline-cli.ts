import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Block } from './domain/outline.ts';
import { addressesOf } from './domain/parse/address.ts';
import { readPaste } from './domain/parse/paste.ts';

const usage = `npm run outline -- FILE                              the outline of one text file, readable
npm run outline -- --jsonl < cases.jsonl > out.jsonl  lines {"name","text"} to lines {"name","nodes"}`;

const [argument] = process.argv.slice(2);
if (argument === undefined) fail(usage);
else if (argument === '--jsonl') await printNodes();
else printReadable(argument);

async function printNodes(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === '') continue;
    const { name, text } = JSON.parse(line) as { name: string; text: string };
    process.stdout.write(`${JSON.stringify({ name, nodes: readPaste(text).draft.blocks.map(nodeOf) })}\n`);
  }
}

function nodeOf({ kind, level, label, heading, text, parent }: Block) {
  return { kind: level ?? kind, label, heading, text, parent };
}

function printReadable(file: string): void {
  const paste = readPaste(readFileSync(file, 'utf8'));
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
    const words = [block.label, block.heading, block.text.slice(0, 40).replaceAll('\n', '⏎')];
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
