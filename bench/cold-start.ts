import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Figure } from './figures.ts';
import { type Running, startPortal } from './process.ts';
import type { Stage } from './stage.ts';

const rounds = 5;

/** Seconds from the start of the process to the first 200 of the home page, and memory. */
export async function measureColdStart(stage: Stage): Promise<Figure[]> {
  const warm = await repeated(() => startPortal(stage.settings));
  const figures = [startFigure('start on an existing database', warm)];
  if (stage.kind === 'postgresql') return figures;
  const first = await onEmptyFolder({ SAMPLE_DATA: 'off' });
  const withSamples = await onEmptyFolder({ SAMPLE_DATA: 'on' });
  return [
    ...figures,
    startFigure('first start', first),
    startFigure('first start, with sample data', withSamples),
  ];
}

interface Starts {
  readonly seconds: number[];
  readonly memory: number[];
  readonly highest: number[];
}

function startFigure(name: string, { seconds, memory, highest }: Starts): Figure {
  const note = `memory two seconds later ${memory.join('  ')} MB, highest ${highest.join('  ')} MB`;
  return { name, legs: { 'until the first 200': seconds }, unit: 's', note };
}

async function repeated(begin: () => Promise<Running>, times = rounds): Promise<Starts> {
  const starts: Starts = { seconds: [], memory: [], highest: [] };
  for (let round = 0; round < times; round++) {
    const running = await begin();
    starts.seconds.push(running.started);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const { now, highest } = running.memory();
    starts.memory.push(now);
    starts.highest.push(highest);
    await running.stop();
  }
  return starts;
}

async function onEmptyFolder(settings: Readonly<Record<string, string>>): Promise<Starts> {
  const folders: string[] = [];
  const begin = () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-bench-'));
    folders.push(folder);
    return startPortal({ DATA_DIR: folder, ...settings });
  };
  const starts = await repeated(begin, 2);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  return starts;
}
