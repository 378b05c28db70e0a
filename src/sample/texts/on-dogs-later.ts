import type { SampleMail, SampleSubmission, SampleTable } from '../sample.ts';

const runs = '遛犬区的位置和管护';
const signedTogether =
  '望江苑共有住户640户，养犬的有70多户，最近的遛犬区规划在江滨公园东侧，步行要35分钟。建议把小区北面闲置的林带划为遛犬区，装上围栏和收集箱，由物业和志愿者轮流打扫，街道每季度检查一次。';
const twoDogs =
  '家里原来养着两只狗，一只是前年收养的流浪犬，都打了疫苗，也都登记了。办法写明可以继续饲养，这很好；但是搬家变更登记的时候，窗口说要重新审核，可能只准留一只。请写明住所变更不影响已经登记的两只。';

/** The rest of what came in on keeping dogs: letters that were copied, and one that only advertises. */
export const onDogsLater: readonly SampleSubmission[] = [
  {
    commenterKind: 'individual',
    name: '秦雪梅',
    phone: null,
    email: null,
    consent: 'withName',
    daysAfterOpening: 30,
    comments: [
      {
        clause: '第六条之一',
        stance: 'add',
        text: signedTogether,
        proposedWording: null,
        desk: { group: runs, given: { to: '县城市管理局', remark: '请核实林带权属，能否划为遛犬区。' } },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '郝立新',
    phone: '0600-5557140',
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 30,
    comments: [
      {
        clause: '第六条之一',
        stance: 'add',
        text: `${signedTogether}本人住7栋，愿意参加打扫。`,
        proposedWording: null,
        desk: { group: runs, given: { to: '县城市管理局', remark: '请核实林带权属，能否划为遛犬区。' } },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '沈玉兰',
    phone: null,
    email: null,
    consent: 'withName',
    daysAfterOpening: 31,
    comments: [{ clause: '第八条', stance: 'amend', text: twoDogs, proposedWording: null }],
  },
  {
    commenterKind: 'individual',
    name: null,
    phone: null,
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 32,
    comments: [
      {
        clause: '第八条',
        stance: 'amend',
        text: twoDogs.replace('前年收养', '去年收养'),
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'organisation',
    name: '旺旺乐宠物用品店',
    phone: '0600-5557155',
    email: null,
    consent: 'withName',
    daysAfterOpening: 33,
    comments: [
      {
        clause: null,
        stance: 'other',
        text: '本店犬绳、嘴套、犬粮全场八折，凭犬牌再减十元，欢迎新老顾客到建设路门店选购，量大可以送货上门。',
        proposedWording: null,
        desk: { hidden: '商业广告，与征求意见的内容无关。' },
      },
    ],
  },
];

/** What came to the mailbox on keeping dogs: one message that is a comment, and one that an officer has to decide on. */
export const mailOnDogs: readonly SampleMail[] = [
  {
    from: { name: '曹守田', address: 'caost@example.org' },
    subject: '对养犬管理办法的意见',
    text: '第十条之一集中免疫的日子请避开农忙。春季最好放在三月，秋季放在十一月，接种点设到村里，老人不用带着狗进城。',
    daysAfterOpening: 22,
  },
  {
    from: { name: '范晓舟', address: 'fanxz@example.org' },
    subject: '自动回复：关于养犬管理办法的意见',
    text: '您好，来信收到。我本周出差，下周一答复。另外，贵办公开征求意见的养犬管理办法，第十七条写的收容场所地点在哪里，能否一并公布？',
    daysAfterOpening: 27,
  },
];

/** A table of letters on paper, which is ready to be entered. `{{day}}` is the last day of the period. */
export const paperOnDogs: SampleTable = {
  name: '窗口收到的信函.csv',
  rows: [
    ['渠道', '收到日期', '姓名', '条款', '态度', '意见内容'],
    [
      '信函',
      '{{day}}',
      '孟庆和',
      '第二十条',
      '赞成',
      '举报以后五个工作日内答复，这一条写得好，希望真正做到。',
    ],
    [
      '来访',
      '{{day}}',
      '田桂英',
      '第十四条',
      '疑问',
      '社区卫生站算不算医疗机构？我带导盲犬的邻居常去，请写清楚。',
    ],
  ],
};
