import type { SampleSubmission } from '../sample.ts';

/** What residents and a property company said on the lifts: 8 submissions, 11 comments, not yet answered. */
export const onElevator: readonly SampleSubmission[] = [
  {
    commenterKind: 'individual',
    name: '韩玉芬',
    phone: '0600-5557012',
    email: null,
    consent: 'withName',
    daysAfterOpening: 1,
    comments: [
      {
        clause: null,
        stance: 'support',
        text: '我今年68岁，住纺织厂家属院3号楼六楼，膝盖换过一次，一天只敢下一趟楼，买菜都是邻居帮忙带。看到这个文件心里很高兴，希望早点定下来，我们单元十二户里有十户已经说好愿意出钱。',
        proposedWording: null,
        covered: { passages: ['3号楼六楼'], reason: '门牌号属于个人信息' },
      },
      {
        clause: '（二）给予财政补助',
        stance: 'question',
        text: '补助要等主体完工才拨60%，前面十几万的进度款要我们老人先垫上，有的人家一时拿不出来。能不能开工的时候先给一部分，或者由银行先垫，补助直接还给银行？',
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
    daysAfterOpening: 2,
    comments: [
      {
        clause: '（四）减少对低楼层的影响',
        stance: 'amend',
        text: '我家住一楼，窗户朝北，本来光线就差。1.5米就立一个井道，等于推开窗就是一堵墙。不是不让老人坐电梯，是希望距离再远一点，做不到的就该谈补偿，不能一句“一般”就过去了。',
        proposedWording:
          '电梯井道外缘与底层住宅主要采光窗的水平净距不小于2.5米；因场地条件确实无法满足的，应当取得该户业主的书面同意，并在加装协议中约定补偿办法。',
      },
    ],
  },
  {
    commenterKind: 'organisation',
    name: '清源县安和物业服务有限公司',
    phone: '0600-5557208',
    email: 'anhe@example.org',
    consent: 'withName',
    daysAfterOpening: 6,
    comments: [
      {
        clause: '（一）明确使用单位',
        stance: 'amend',
        text: '我公司受托管理过4部试点电梯。老旧小区物业费每平方米只有0.3元左右，物业承担使用管理单位责任后，需要配备持证的安全管理人员，成本没有来源。建议写明委托物业服务企业的，应当另行签订协议、约定管理费用。',
        proposedWording:
          '委托物业服务企业承担的，应当另行签订书面协议，明确管理内容、费用标准和双方责任，所需费用不得摊入未出资业主的物业费。',
      },
      {
        clause: '（三）预留后续资金',
        stance: 'add',
        text: '专用账户由谁开、谁签字没有写。试点中有两部电梯的钱存在业主代表个人卡里，代表搬走后取不出来，差点停运。建议明确账户由使用管理单位或者社区代管，支出由两名以上业主代表签字。',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '耿志强',
    phone: null,
    email: 'gengzq@example.org',
    consent: 'withoutName',
    daysAfterOpening: 9,
    comments: [
      {
        clause: '（一）合理分摊费用',
        stance: 'amend',
        text: '附件里六层住宅二层系数0.3，六层1.7，差了五倍多。我住二楼，平时基本不坐电梯，一部电梯45万，扣掉补助12万，照0.3算我家也要摊九千块，而且房子还可能因为遮光跌价。二层能不能也写“一般不分摊，愿意使用的按照约定分摊”？',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '邵伯钧',
    phone: '0600-5557033',
    email: 'shaobj@example.org',
    consent: 'withName',
    daysAfterOpening: 13,
    comments: [
      {
        clause: '（三）落实结构安全要求',
        stance: 'amend',
        text: '我退休前在建筑公司做了三十一年结构施工，参加过县里几个小区的建设，对这一条有几点意见，供参考。\n第一，“使用年限超过40年”这条线偏宽。我县五层、六层的砖混楼大多是预制空心板，没有按照现在的要求设置圈梁和构造柱，有的还自行拆过窗下墙、开过门洞。这类房子即使只用了二三十年，入户处切墙开门也有风险。建议改成：凡是砖混结构、采用预制板的，不论年限，一律先做鉴定。鉴定一个单元的费用大约六千到八千元，和电梯总价比不算大，可以从补助里列支。\n第二，电梯基坑一般要挖1.5米以上，紧挨老楼的条形基础。老楼基础浅，有的只有八九十厘米深，夏天雨季开挖容易掏空。建议写明基坑开挖应当避开汛期，挖之前先做沉降观测点，施工期间每周观测不少于一次，交付以后第一年每季度观测一次，数据贴在单元门口，让住户放心。\n第三，平层入户比半层入户方便轮椅，但要把厨房或者阳台改成入口，拆的往往是受力墙。设计图纸应当由原设计单位或者同等资质以上的单位签字，不能只由电梯厂家画一张图。\n电梯是好事，正因为是好事，更要一次做扎实，别等用了几年出现裂缝再来扯皮。',
        proposedWording:
          '砖混结构且采用预制楼板的房屋，使用年限超过40年的房屋，以及存在明显裂缝、倾斜的房屋，应当先行委托有资质的机构进行房屋安全鉴定，鉴定为危险房屋的不得加装。基坑施工应当避开汛期，并对原有建筑进行沉降观测，观测结果向本单元业主公布。',
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '杜小满',
    phone: null,
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 17,
    comments: [
      {
        clause: '（五）规范施工管理',
        stance: 'add',
        text: '家里有初三的孩子，隔壁单元去年装电梯正好赶上中考，敲了整整一个月。建议中考、高考前后十五天一律不准打孔、切割，周末也晚一点开工。',
        proposedWording:
          '中考、高考期间及考前十五日内，不得进行产生噪声的施工作业；周末和法定节假日9时前不得施工。',
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: null,
    phone: null,
    email: 'fangke2@example.org',
    consent: 'no',
    daysAfterOpening: 21,
    comments: [
      {
        clause: '（三）支持提取住房公积金',
        stance: 'question',
        text: '我在外省工作，公积金交在外省，房子是爸妈名下的，按照这一条我算“子女”，能不能提？要回来办还是可以网上办？文件里最好写清楚异地缴存的怎么办理。',
        proposedWording: null,
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '廖春生',
    phone: '0600-5557046',
    email: null,
    consent: 'withName',
    daysAfterOpening: 26,
    comments: [
      {
        clause: '（五）保障后加入业主的权利',
        stance: 'amend',
        text: '先出钱的人担风险、跑手续，过十年后再加入的只按照折旧价补，等于等着捡便宜，谁还愿意先出？建议后加入的在折旧价之外，再补上这几年的维护保养费分摊，钱进电梯专用账户。',
        proposedWording: null,
      },
      {
        clause: '（三）制定加装方案',
        stance: 'add',
        text: '我爱人坐轮椅。好多电梯装在楼梯半层，出了电梯还要上七八级台阶，等于没装。方案里应当把无障碍坡道、轿厢能不能进轮椅列成必须写的内容。想看现场的，打0600-5557046，我带路。',
        proposedWording: '6.无障碍坡道、入户高差和轿厢尺寸等方便轮椅使用的措施。',
        waits: true,
      },
    ],
  },
];
