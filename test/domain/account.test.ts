import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import {
  newRecoveryCodes,
  recoveryHash,
  secretAddress,
  stepOf,
} from '../../src/actions/second-factor-codes.ts';
import { lockMsAfter } from '../../src/domain/account.ts';
import { browserName } from '../../src/domain/browser-name.ts';
import { createSecretBox } from '../../src/secret-box.ts';

const minutes = (failures: number) => lockMsAfter(failures) / 60_000;

t.test('every tenth failure locks, twice as long each time, a day at most', async (t) => {
  t.same([0, 1, 9, 10, 11, 19, 20, 30, 40].map(minutes), [0, 0, 0, 15, 0, 0, 30, 60, 120]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), (failures) => {
      const wait = minutes(failures);
      return failures % 10 === 0 ? wait >= 15 && wait <= 1_440 : wait === 0;
    }),
  );
});

t.test('a secret box gives back what it was given, and nothing to whoever has another key', async (t) => {
  const box = createSecretBox('one secret key', randomBytes);
  const other = createSecretBox('another secret key', randomBytes);
  fc.assert(
    fc.property(fc.string(), fc.nat(), (text, where) => {
      const sealed = box.seal(text);
      const changed = Buffer.from(sealed);
      const at = where % changed.length;
      changed[at] = (changed[at] ?? 0) ^ 1;
      return box.open(sealed) === text && other.open(sealed) === undefined && box.open(changed) === undefined;
    }),
  );
  t.equal(box.open(Buffer.alloc(3)), undefined);
  t.notSame(box.seal('the same'), box.seal('the same'));
});

t.test('codes of an app are those of RFC 6238, one step before and after included', async (t) => {
  // Appendix B, the secret `12345678901234567890`; the last six of its eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const at = (seconds: number) => new Date(seconds * 1000);
  t.equal(stepOf(secret, '287082', at(59)), 1);
  t.equal(stepOf(secret, '050471', at(1_111_111_111)), 37_037_037);
  t.equal(stepOf(secret, '287082', at(60)), 1, 'one step later');
  t.equal(stepOf(secret, '287082', at(89)), 1);
  t.equal(stepOf(secret, '287082', at(90)), undefined, 'two steps later');
  t.equal(stepOf(secret, '287082', at(0)), 1, 'one step early');
  t.equal(stepOf(secret, '28708', at(59)), undefined);
  t.match(secretAddress(secret, '建言', 'tan'), /^otpauth:\/\/totp\/.*secret=GEZD.*digits=6/);
});

t.test('ten recovery codes differ, and are known however they are typed', async (t) => {
  const codes = newRecoveryCodes(randomBytes);
  t.equal(new Set(codes).size, 10);
  for (const code of codes) t.match(code, /^([A-HJ-NP-Z2-9]{4}-){3}[A-HJ-NP-Z2-9]{4}$/);
  const [code = ''] = codes;
  t.same(recoveryHash(` ${code.toLowerCase().replace(/-/g, ' ')} `), recoveryHash(code));
});

t.test('a browser is named by what it is, not by whom it imitates', async (t) => {
  const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';
  t.equal(browserName(`${windows} ${webkit}`), 'Chrome，Windows');
  t.equal(browserName(`${windows} ${webkit} Edg/124.0.0.0`), 'Edge，Windows');
  t.equal(
    browserName('Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0'),
    'Firefox，Linux',
  );
  t.equal(browserName('curl/8.0'), '');
  fc.assert(fc.property(fc.string(), (text) => browserName(text).length < 30));
});
