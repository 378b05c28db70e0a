import type { SampleSubmission } from '../sample.ts';
import { onWaterLater } from './on-water-later.ts';

/** What came in on rural water and how it was treated: 10 submissions, 14 comments, all disposed of. */
export const onWater: readonly SampleSubmission[] = [
  {
    commenterKind: 'individual',
    name: '余水根',
    phone: '0600-5557401',
    email: null,
    consent: 'withName',
    daysAfterOpening: 1,
    comments: [
      {
        clause: '第十九条',
        stance: 'amend',
        text: '我是枫林镇的，家里就我和老伴，井水浇菜，自来水一个月用不到一方，照样要交6块钱，一年72块。用得少的人家能不能少交点？',
        proposedWording: '每月用水量不足1立方米的，基本水费减半收取。',
        disposition: {
          outcome: 'partlyAdopted',
          reason:
            '基本水费用于补偿管网维护、水质检测等不随用水量变化的成本，普遍减半将使供水单位每年减收约58万元，影响正常运行。考虑到老年人家庭的实际困难，拟在第二十条增加一项：全部由65周岁以上老年人组成的家庭，每月用水量不足1立方米的，基本水费减半收取，减收部分由县财政补偿。',
        },
      },
      {
        clause: '第二十一条',
        stance: 'other',
        text: '村里好多老人不会用手机缴费，以前是村会计上门收，希望不要改成只能扫码。',
        proposedWording: null,
        disposition: {
          outcome: 'alreadyProvided',
          reason:
            '征求意见稿第二十一条已经规定供水单位应当保留上门收取、村代办点代收等缴费方式，方便不使用智能手机的用水户缴费。办法施行后，县水务局将把保留现金缴费纳入对供水单位的年度考核。',
        },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '何桂香',
    phone: null,
    email: null,
    consent: 'withoutName',
    daysAfterOpening: 3,
    comments: [
      {
        clause: '第二十三条',
        stance: 'amend',
        text: '南坪乡这边的水是一级一级抽上来的，去年夏天只在大中午来水，人都在地里，等回家又停了。写8个小时还不够，要写清楚早晚做饭的时候必须有水。',
        proposedWording: '每日供水时间不少于8小时，并应当覆盖早、中、晚做饭时间。',
        disposition: {
          outcome: 'adopted',
          reason:
            '第二十三条修改为“每日供水时间不少于8小时，其中6时至8时、11时至13时、17时至19时应当保证供水，供水时段在受益村公示”。',
        },
      },
    ],
  },
  {
    commenterKind: 'organisation',
    name: '清源县乡村旅游协会',
    phone: '0600-5557500',
    email: 'lvyou@example.org',
    consent: 'withName',
    daysAfterOpening: 8,
    comments: [
      {
        clause: '第十八条',
        stance: 'amend',
        text: '协会现有会员143户，绝大多数是农户利用自家住房开办的民宿和农家乐。就附件中经营服务用水3.6元的标准，我们走访了其中61户，有以下情况请考虑：\n一是会员户大多是“前店后家”，一块水表管着自家吃用和客房，全部按照经营价计收，等于自家生活用水也涨了六成；\n二是全年平均入住率只有三成多，旺季集中在暑假和国庆假期，淡季用水与普通农户相当；\n三是不少会员户去年刚贷款改造了客房，水费、电费一起涨，压力不小。\n建议经营服务用水由3.6元降至3.0元，或者对20间客房以下的民宿按照居民价格执行。',
        proposedWording: '20间客房以下的民宿、农家乐，按照居民生活用水价格执行。',
        disposition: {
          outcome: 'notAdopted',
          reason:
            '经成本监审，我县农村集中供水单位成本为每立方米3.42元，居民生活用水价格2.2元已经低于成本，差额由县财政补贴。对经营性用水执行居民价格，相当于用公共财政补贴经营活动，也会造成不同经营者之间负担不公。协会反映的一表混用问题确实存在，用水户可以申请将生活用水与经营用水分表计量，分表后生活用水按照居民价格执行。',
        },
      },
      {
        clause: '第十九条',
        stance: 'add',
        text: '冬天三四个月没有客人，房子是有人住的，但经营那块表基本不走字，希望季节性停业的也可以报停，免收这几个月每月15元的基本水费。',
        proposedWording: '季节性停业的经营服务用水户，可以在停业期间申请报停。',
        disposition: {
          outcome: 'adopted',
          reason:
            '第十九条增加“单独装表的经营服务用水户季节性停业的，可以按月申请报停，报停期间免收基本水费”，报停和恢复用水不收取费用。',
        },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: null,
    phone: null,
    email: 'cunmin17@example.org',
    consent: 'withoutName',
    daysAfterOpening: 11,
    comments: [
      {
        clause: '第十七条',
        stance: 'question',
        text: '我们组四十多户都没装表，一直是按人头一个月3块。说12个月内装完，那没装表的这段时间是按人头收还是先按6块收？装表真的一分钱不要吗，上次说免费最后收了280块材料费。',
        proposedWording: null,
        disposition: {
          outcome: 'partlyAdopted',
          reason:
            '关于过渡期收费，第十七条拟增加“水表安装完毕前，按照原收费办法执行，不得提高标准”。关于免费装表，征求意见稿已经规定由供水单位免费安装，包括水表、表箱和材料，不另作修改；此前违规收取材料费的情况，县水务局正在核实，查实后责令退还。',
        },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '方若兰',
    phone: null,
    email: 'fangrl@example.org',
    consent: 'withName',
    daysAfterOpening: 14,
    comments: [
      {
        clause: '第八条',
        stance: 'amend',
        text: '我在乡镇卫生院工作。每年六月到九月下大雨，山泉水发浑，来看拉肚子的明显多。小水厂一个季度才测一次，正好把最容易出问题的时候漏过去了，建议丰水期加密，暴雨过后还要再测一次。',
        proposedWording:
          '（三）千人以下供水工程，对末梢水每季度检测1次，丰水期每月检测1次，暴雨、山洪过后恢复供水前加测1次。',
        disposition: {
          outcome: 'adopted',
          reason:
            '第八条第三项按照所提文字修改。增加的检测费用从维修养护补助资金中列支，检测由县农村饮水安全检测中心统一承担。',
        },
      },
    ],
  },
  ...onWaterLater,
];
