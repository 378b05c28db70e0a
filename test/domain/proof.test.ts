import fc from 'fast-check';
import t from 'tap';
import { sha256 } from '../../src/actions/sha256.ts';
import { bitsOfWork, type KeptProof, piecesOfWork, proves } from '../../src/domain/proof.ts';
import { workFor } from '../proof-worker.ts';

const kept: KeptProof = { id: 'Zm9ybSBvZiBhIHBlcnNvbg', answer: 'ab7d', bits: 12, letter: null };
const mailed: KeptProof = { ...kept, letter: { code: '314159', confirmed: false } };
const confirmed: KeptProof = { ...kept, letter: { code: '314159', confirmed: true } };
const isProven = (of: KeptProof, given: { answer?: string; work?: string }) =>
  proves(of, { answer: '', work: '', ...given }, sha256);

t.test('the characters of the picture prove a person, however they are typed', async (t) => {
  for (const answer of ['ab7d', 'AB7D', ' ab7d ', 'ab 7d', 'ａｂ７ｄ'])
    t.ok(isProven(kept, { answer }), answer);
  for (const answer of ['', ' ', 'ab7', 'ab7dd', '314159', 'undefined', 'null'])
    t.notOk(isProven(kept, { answer }), answer);
});

t.test('so does the code of a letter, and its confirmed link without anything typed', async (t) => {
  t.ok(isProven(mailed, { answer: '314159' }));
  t.ok(isProven(mailed, { answer: '314 159' }));
  t.ok(isProven(mailed, { answer: 'ab7d' }), 'the picture is still good');
  t.notOk(isProven(mailed, { answer: '314158' }));
  t.notOk(isProven(mailed, {}), 'a letter alone proves nothing');
  t.ok(isProven(confirmed, {}));
  t.ok(isProven(confirmed, { answer: 'typed in vain' }));
});

t.test('what the script finds proves a person, for every form and every amount of work', async () => {
  const ids = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 12 }), (bytes, bits) => {
      const id = Buffer.from(bytes).toString('base64url');
      return isProven({ id, answer: 'ab7d', bits, letter: null }, { work: workFor(id, bits) });
    }),
  );
});

t.test('work for another form, too little, too much or none at all proves nothing', async (t) => {
  const work = workFor(kept.id, kept.bits);
  const numbers = work.split(',');
  t.ok(isProven(kept, { work }));
  t.notOk(isProven({ ...kept, id: 'another' }, { work }));
  t.notOk(isProven(kept, { work: workFor(kept.id, 4) }), 'for fewer bits');
  for (const wrong of [
    '',
    ',,,,,,,',
    numbers.slice(1).join(','),
    [...numbers, numbers[0]].join(','),
    [numbers[1], numbers[0], ...numbers.slice(2)].join(','),
    [`-${numbers[0]}`, ...numbers.slice(1)].join(','),
    [` ${numbers[0]}`, ...numbers.slice(1)].join(','),
    [`0${numbers[0]}`, ...numbers.slice(1)].join(','),
    '0,'.repeat(100_000),
  ])
    t.notOk(isProven(kept, { work: wrong }), wrong.slice(0, 40));
  t.equal(numbers.length, piecesOfWork);
});

t.test('what is made up proves nothing', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (answer, work) => {
      fc.pre(!/ab7d/i.test(answer.normalize('NFKC').replace(/\s/g, '')));
      return !isProven(mailed, { answer, work }) || answer.replace(/\s/g, '').includes('314159');
    }),
  );
});

t.test('an address that asks for many forms has more work to do, up to a limit', async (t) => {
  t.same(
    [0, 1, 20, 21, 40, 41, 80, 160, 320, 100_000].map(bitsOfWork),
    [16, 16, 16, 17, 17, 18, 18, 19, 20, 20],
  );
});
