import fc from 'fast-check';
import t from 'tap';
import { sha256 } from '../../src/actions/sha256.ts';
import { bitsOfWork, claimOf, piecesOfWork } from '../../src/domain/proof.ts';
import { workFor } from '../proof-worker.ts';

const id = 'Zm9ybSBvZiBhIHBlcnNvbg';
const bits = 12;
const typed = (answer: string) => claimOf(id, { answer, work: '' }, sha256).typed;
const workedBits = (work: string, of = id) => claimOf(of, { answer: '', work }, sha256).bits;

t.test(
  'the characters of the picture and the code of a letter are read however they are typed',
  async (t) => {
    for (const answer of ['ab7d', 'AB7D', ' ab7d ', 'ab 7d', 'ａｂ７ｄ']) t.equal(typed(answer), 'ab7d');
    for (const answer of ['', ' ', '\u3000']) t.equal(typed(answer), '', 'nothing typed');
    t.equal(typed('314 159'), '314159');
    for (const answer of ['ab7', 'ab7dd', 'undefined', 'null']) t.equal(typed(answer), answer);
  },
);

t.test('what the script finds counts as so much work, for every form and every amount', async () => {
  const ids = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 12 }), (bytes, bits) => {
      const id = Buffer.from(bytes).toString('base64url');
      return workedBits(workFor(id, bits), id) >= bits;
    }),
  );
});

t.test(
  'work for another form, too little, too much or none at all counts for little or nothing',
  async (t) => {
    const work = workFor(id, bits);
    const numbers = work.split(',');
    t.ok(workedBits(work) >= bits);
    t.ok(workedBits(work, 'another') < bits);
    t.ok(workedBits(workFor(id, 4)) < bits, 'for fewer bits');
    t.ok(workedBits([numbers[1], numbers[0], ...numbers.slice(2)].join(',')) < bits, 'in another order');
    for (const wrong of [
      '',
      ',,,,,,,',
      numbers.slice(1).join(','),
      [...numbers, numbers[0]].join(','),
      [`-${numbers[0]}`, ...numbers.slice(1)].join(','),
      [` ${numbers[0]}`, ...numbers.slice(1)].join(','),
      '0,'.repeat(100_000),
    ])
      t.equal(workedBits(wrong), 0, wrong.slice(0, 40));
    t.ok(workedBits([`0${numbers[0]}`, ...numbers.slice(1)].join(',')) < bits);
    t.equal(numbers.length, piecesOfWork);
  },
);

t.test('what is made up is next to no work', async () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (work) => workedBits(work) < bits));
});

t.test('an address that asks for many forms has more work to do, up to a limit', async (t) => {
  t.same(
    [0, 1, 20, 21, 40, 41, 80, 160, 320, 100_000].map(bitsOfWork),
    [16, 16, 16, 17, 17, 18, 18, 19, 20, 20],
  );
});
