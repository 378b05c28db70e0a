import type { SampleSubmission } from '../sample.ts';
import { onDogsLater } from './on-dogs-later.ts';

/** What came in on keeping dogs: 14 submissions, 17 comments, feedback still owed. */
export const onDogs: readonly SampleSubmission[] = [
  {
    commenterKind: 'individual',
    name: '冯丽娟',
    phone: '0600-5557101',
    email: null,
    consent: 'withName',
    daysAfterOpening: 1,
    comments: [
      {
        clause: '第十三条',
        stance: 'support',
        text: '支持牵绳。我女儿五岁，上个月在滨河公园被一只没牵绳的泰迪追得摔破了膝盖，狗主人还说“它不咬人”。绳子1.5米合适，希望写上收了绳还要避让小孩，而且真的有人管。',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '石磊',
    phone: null,
    email: 'shilei88@example.org',
    consent: 'withoutName',
    daysAfterOpening: 3,
    comments: [
      {
        clause: '第十四条之一',
        stance: 'amend',
        text: '早上6点到9点、晚上6点半到9点半都不让进公园，上班的人正好只有这两个时间能遛狗，等于全天不让遛。建议早上改到7点半以后禁止，7点半以前人少，让我们遛完再上班。',
        proposedWording: '（一）每日7时30分至9时；（二）每日19时至21时；',
        desk: { given: { to: '陆明谦', remark: '' } },
      },
      {
        clause: '第六条之一',
        stance: 'question',
        text: '每个街道一处遛犬区，望江街道那么大，我家走过去要四十分钟。遛犬区建好以前，公园的禁止时段是不是先不执行？',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: null,
    phone: null,
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 5,
    comments: [
      {
        clause: '第十五条',
        stance: 'amend',
        text: '楼上白天把狗关在阳台上，主人一上班就叫，从早上八点叫到晚上六点，我在家带孩子快崩溃了。这一条只管晚上10点到早上7点，白天叫就没人管吗？应当写明白天连续叫多久也算扰民。',
        proposedWording: '其他时段犬只持续吠叫超过30分钟的，适用前款规定。',
      },
    ],
  },
  {
    commenterKind: 'organisation',
    name: '清源县宠物服务行业商会',
    phone: '0600-5557300',
    email: 'chongwu@example.org',
    consent: 'withName',
    daysAfterOpening: 10,
    comments: [
      {
        clause: '第十一条之一',
        stance: 'amend',
        text: '首次植入电子标识不向养犬人收费，我们赞成，但条文没有说费用由谁承担。商会28家会员中有9家动物诊疗机构，芯片、耗材和人工每只成本约45元，按照城区现有约6200只登记犬计算接近28万元，全部由诊疗机构负担不现实。建议明确由县财政据实结算，或者采用政府统一采购芯片、诊疗机构只提供植入服务的办法。',
        proposedWording: '首次植入不向养犬人收取费用，所需费用由县财政按照实际植入数量与动物诊疗机构结算。',
        desk: {
          given: { to: '县农业农村局', remark: '请就电子标识的费用由谁承担提出意见。' },
          note: '已问过县财政局：据实结算的话，要列入明年预算，需要农业农村局先报数。',
        },
      },
      {
        clause: '第十八条',
        stance: 'question',
        text: '“不得在居民住宅楼内从事犬只寄养活动”，住宅楼底层依法登记的临街商铺是否包括在内？会员中有13家开在住宅楼一层门面，手续齐全，希望明确不受影响。',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '江慕云',
    phone: null,
    email: 'jiangmy@example.org',
    consent: 'withName',
    daysAfterOpening: 15,
    comments: [
      {
        clause: null,
        stance: 'other',
        text: '我养了一只登记过的中华田园犬，也做了六年社区志愿者，两边的话都听过不少，想说几句整体的想法。\n一、这次修改最好的地方是不光管，还给了遛犬区和集中免疫。过去总是“不许这样、不许那样”，养狗的人没有地方去，就只能半夜偷偷遛，反而更乱。所以遛犬区建成多少、什么时候开放，应当比禁止的条款先落地，至少同时落地。\n二、办证的好处要让人看得见。现在不少人不登记，不是不守法，是觉得登记除了花时间没有用。如果登记了走丢能马上找回来、打疫苗有优惠、进遛犬区刷一下犬牌，大家自己会去办。\n三、处理要一视同仁。邻里之间最气的是，老实登记的人被检查，不登记的反而没人管。建议前半年以宣传和上门登记为主，之后再从严，每季度公布一次各社区的登记数、处理数和流浪犬收容数，让大家看得见变化。\n四、收容场所不要变成“有进无出”。我去过邻近地方的收容点，七天没人领就没有下文了。请把领养的流程和数字也公开，志愿者愿意去帮忙。\n五、不养狗的人并不是讨厌狗，是怕被咬、怕踩到粪、怕夜里被吵醒。把这三件事管住，矛盾就少了一大半。',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '罗建平',
    phone: '0600-5557119',
    email: null,
    consent: 'no',
    daysAfterOpening: 19,
    comments: [
      {
        clause: '第八条',
        stance: 'delete',
        text: '“独户居住”这四个字建议去掉。我和两个同事合租，三个人都同意养，房东也同意，凭什么不能登记？不让登记最后就是偷着养，疫苗也不打了，更不安全。',
        proposedWording: '（二）有固定居所；与他人合租的，应当取得同住人和出租人的书面同意；',
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: null,
    phone: '0600-5557126',
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 24,
    comments: [
      {
        clause: '第十四条',
        stance: 'add',
        text: '儿童游乐场、沙坑、小学门口的接送区也应当写进去。沙坑里常有狗屎，孩子用手抓沙子，大人根本防不住。',
        proposedWording: '（五）儿童游乐场、沙坑；（六）上下学时段的中小学、幼儿园门前接送区。',
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '葛秀珍',
    phone: '0600-5557131',
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 29,
    comments: [
      {
        clause: '第十五条之一',
        stance: 'support',
        text: '我们小区每年过完年就多出几只没人要的狗，我喂了三年。支持写上不得遗弃。就是送到收容场所还要交三十天的饲养费，怕有的人图省事又扔到路边，能不能头一次送的少收一点。',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '卫东来',
    phone: null,
    email: 'weidl@example.org',
    consent: 'withName',
    daysAfterOpening: 34,
    comments: [
      {
        clause: '第二十一条',
        stance: 'amend',
        text: '一年被处理3次才参加两个小时培训，太轻了。小区里不牵绳的来来回回就那几个人。建议改成2次，第三次就通报到所在单位或者社区。',
        proposedWording: null,
        desk: { given: { to: '县公安局', remark: '请说明处理次数和培训的依据。' } },
      },
      {
        clause: '第十二条',
        stance: 'question',
        text: '每两年延续一次，是人去就行，还是要把狗也牵到窗口？我们小区老人多，抱着狗坐公交车又不让上，能不能在网上传疫苗本就办好？',
        proposedWording: null,
      },
    ],
  },
  ...onDogsLater,
];
