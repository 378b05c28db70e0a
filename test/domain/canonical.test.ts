import { createHash } from 'node:crypto';
import canonicalizeModule from 'canonicalize';
import fc from 'fast-check';
import t from 'tap';
import { seal } from '../../src/actions/seal.ts';
import { canonicalSubmission, type SealedFacts } from '../../src/domain/canonical.ts';
import { stances } from '../../src/domain/comment.ts';

// The package's types name a default that its code does not have.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

const facts: SealedFacts = {
  consultationNumber: '2026-0001',
  draftVersion: 2,
  channel: 'letter',
  receivedAt: new Date('2026-03-02T00:00:00+08:00'),
  postmarkedOn: '2026-03-01',
  commenterKind: 'individual',
  name: '𠮷田',
  phone: '',
  email: '',
  consent: 'withoutName',
  comments: [
    {
      clause: 'art_3',
      stance: 'amend',
      text: '第一行\n"引号"',
      proposedWording: '',
      quotation: { exact: '每日检测', prefix: '应当', suffix: '水质' },
    },
  ],
  attachments: [{ name: '照片.jpg', mediaType: 'image/jpeg', size: 12, sha256: 'ab' }],
};

t.test('the canonical text is the bytes that docs/ledger.md tells', async (t) => {
  t.equal(
    canonicalSubmission(facts),
    '{"attachments":[{"mediaType":"image/jpeg","name":"照片.jpg","sha256":"ab","size":12}],"channel":"letter",' +
      '"commenter":{"email":"","kind":"individual","name":"𠮷田","phone":""},' +
      '"comments":[{"clause":"art_3","proposedWording":"","quotation":{"exact":"每日检测","prefix":"应当","suffix":"水质"},' +
      '"stance":"amend","text":"第一行\\n\\"引号\\""}],' +
      '"consent":"withoutName","consultation":"2026-0001","draftVersion":2,"format":"jianyan-submission-1",' +
      '"postmarkedOn":"2026-03-01","receivedAt":"2026-03-01T16:00:00.000Z"}',
  );
});

t.test('any facts are written as another implementation of RFC 8785 writes them', async () => {
  const words = fc.string({ unit: 'grapheme' });
  const comment = fc.record({
    clause: words,
    stance: fc.constantFrom(...stances),
    text: words,
    proposedWording: words,
    quotation: fc.option(fc.record({ exact: words, prefix: words, suffix: words })),
  });
  const any = fc.record({
    name: words,
    phone: words,
    email: words,
    comments: fc.array(comment, { maxLength: 3 }),
    draftVersion: fc.nat(),
    attachments: fc.array(fc.record({ name: words, mediaType: words, size: fc.nat(), sha256: words })),
  });
  fc.assert(
    fc.property(any, (given) => {
      const written = canonicalSubmission({ ...facts, ...given });
      return written === canonicalize(JSON.parse(written));
    }),
  );
});

t.test('a seal is SHA-256 over salt and canonical text, and every fact changes it', async (t) => {
  const salt = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
  const made = seal(facts, salt);
  const expected = createHash('sha256')
    .update(Buffer.concat([salt, Buffer.from(canonicalSubmission(facts))]))
    .digest('hex');
  t.same(made, { salt: '00112233445566778899aabbccddeeff', hash: expected });
  const [comment] = facts.comments;
  const changes: Partial<SealedFacts>[] = [
    { consultationNumber: '2026-0002' },
    { draftVersion: 1 },
    { channel: 'fax' },
    { receivedAt: new Date('2026-03-02T00:00:00.001+08:00') },
    { postmarkedOn: '' },
    { commenterKind: 'organisation' },
    { name: '吉田' },
    { phone: '1' },
    { email: 'a@b' },
    { consent: 'no' },
    { comments: [] },
    { comments: comment ? [{ ...comment, text: '第一行\n"引号" ' }] : [] },
    { comments: comment ? [{ ...comment, quotation: null }] : [] },
    { attachments: [] },
  ];
  for (const change of changes)
    t.not(seal({ ...facts, ...change }, salt).hash, made.hash, JSON.stringify(change));
  t.not(seal(facts, Buffer.alloc(16)).hash, made.hash, 'the salt does, too');
});
