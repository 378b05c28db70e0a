import { type Figure, ratiosOf } from './figures.ts';
import { writeForms } from './forms.ts';
import { startPortal } from './process.ts';
import { makeStage, type Stage } from './stage.ts';
import { fillWithComments } from './stored.ts';
import { addressOf } from './submission.ts';
import { submit } from './wrk.ts';

const rounds = 3;
const formsInALeg = 8_000;
const stored = { embedded: 50_000, postgresql: 1_000_000 } as const;

/** Submissions a second into a database that holds many comments already, against one that holds none. */
export async function measureMany(stage: Stage): Promise<Figure[]> {
  const empty = await makeStage(stage.settings['DATABASE_URL']);
  await stage.withDb((db) => fillWithComments(db, stored[stage.kind]));
  const [full, none] = [await prepare(stage), await prepare(empty)];
  const legs = { full: [] as number[], none: [] as number[] };
  for (let round = 0; round <= rounds; round++) {
    const one = await full.leg(round);
    const other = await none.leg(round);
    if (round > 0) legs.full.push(one);
    if (round > 0) legs.none.push(other);
  }
  await Promise.all([full.stop(), none.stop()]);
  await empty.remove();
  return [
    {
      name: `submission with ${stored[stage.kind].toLocaleString('en')} comments stored / with none`,
      ratios: ratiosOf(legs.full, legs.none),
      wanted: 0.9,
      legs: { 'many stored': legs.full, 'none stored': legs.none },
      unit: 'submissions/s',
    },
  ];
}

async function prepare(stage: Stage) {
  const files = await stage.withDb(async (db) => {
    const written: string[] = [];
    for (let round = 0; round <= rounds; round++)
      written.push(await writeForms(stage, db, String(round), round === 0 ? 2_000 : formsInALeg));
    return written;
  });
  const portal = await startPortal(stage.settings);
  const leg = async (round: number) => {
    const { byStatus, perSecond } = await submit(addressOf(portal, stage), files[round] ?? '');
    if (Object.keys(byStatus).join() !== '303') throw new Error(JSON.stringify(byStatus));
    return perSecond;
  };
  return { leg, stop: portal.stop };
}
