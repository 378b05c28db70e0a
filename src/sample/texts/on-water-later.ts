import type { SampleSubmission } from '../sample.ts';

/** The second half of what came in on rural water. */
export const onWaterLater: readonly SampleSubmission[] = [
  {
    commenterKind: 'individual',
    name: '马连奎',
    phone: '0600-5557416',
    email: null,
    consent: 'withName',
    daysAfterOpening: 16,
    comments: [
      {
        clause: '第六条',
        stance: 'question',
        text: '我家在石桥镇，养了十几年羊，圈在水源上头两里地，办法说不准养殖，是不是要我拆圈？',
        proposedWording: null,
        disposition: {
          outcome: 'alreadyProvided',
          reason:
            '第六条第二项规定的是水源保护范围内不得“新建”畜禽养殖场、养殖小区，农户散养和保护范围以外的养殖不在禁止之列，条文含义明确，不作修改。您家羊圈是否位于保护范围内，石桥镇人民政府将在划界时上门现场核对；位于保护范围内的，应当做好粪污收集，不得排入水源。',
        },
      },
      {
        clause: '第十五条',
        stance: 'delete',
        text: '管子从我家承包地里过，两边各1.5米不能种深根的，占了我三分多地，果树都种不成。应当删掉，或者赔钱。',
        proposedWording: null,
        disposition: {
          outcome: 'notAdopted',
          reason:
            '果树等深根植物的根系会挤压、穿透埋深80厘米左右的输水管道，近两年我县因此造成的爆管有17处，每处影响几十户至上百户用水，保留1.5米的间距确有必要。条文没有限制种植蔬菜、粮食等浅根作物。管道建设时占用承包地、损毁青苗的补偿，按照工程占地补偿协议执行；尚未签订协议的，可以向镇人民政府申请办理。',
        },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '祁晓东',
    phone: null,
    email: 'qixd@example.org',
    consent: 'withoutName',
    daysAfterOpening: 20,
    comments: [
      {
        clause: '第二十六条',
        stance: 'add',
        text: '报修光靠打电话不行，经常占线，打通了也不知道修到哪一步。建议开通网上报修，能看到派单和到场时间。',
        proposedWording: '供水单位应当提供电话和网上报修渠道，用水户可以查询处理进度。',
        disposition: {
          outcome: 'adopted',
          reason:
            '第二十六条修改为“供水单位应当公布服务电话，提供网上报修渠道，用水户可以查询处理进度”。县农村供水服务公司将在办法施行后3个月内开通。',
        },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: null,
    phone: null,
    email: null,
    consent: 'no',
    daysAfterOpening: 23,
    comments: [
      {
        clause: null,
        stance: 'other',
        text: '你们光说水，我们村口那段路坏了两年，三盏路灯都不亮，晚上老人摔了好几回，什么时候修？',
        proposedWording: null,
        disposition: {
          outcome: 'outOfScope',
          reason:
            '道路和路灯维修不属于本办法规范的事项，已经将您反映的问题转交县交通运输局办理。因没有写明村名和联系方式，请您拨打12345政务服务便民热线补充具体位置，以便安排现场查看。',
        },
      },
    ],
  },
  {
    commenterKind: 'organisation',
    name: '石桥镇柳树湾村村民委员会',
    phone: '0600-5557620',
    email: null,
    consent: 'withName',
    daysAfterOpening: 26,
    comments: [
      {
        clause: '第十四条',
        stance: 'amend',
        text: '我村320人，按照每人每年12元只有3840元。抽水两级提升，去年光电费就花了5200元，还有消毒药剂和一台水泵的修理费。山区提水的村和平坝自流的村应当分开算，建议提水工程每人每年不低于24元。',
        proposedWording: '自流工程每人每年12元，提水工程每人每年24元。',
        disposition: {
          outcome: 'partlyAdopted',
          reason:
            '采纳区分自流工程与提水工程的建议，第十四条修改为自流工程每人每年12元、提水工程每人每年18元。全县提水工程受益人口4.1万人，按照24元测算每年需要增加49.2万元，超出县财政当前承受能力；按照18元执行每年增加24.6万元，已经纳入年度预算安排，以后根据成本变化和财力状况适时调整。',
        },
      },
      {
        clause: '第十三条',
        stance: 'question',
        text: '如果委托给县里的公司运营，我们村干了九年的水管员怎么办？建议写明公司必须接收原来的水管员。',
        proposedWording: '委托运营的，受托公司应当接收原水管员。',
        disposition: {
          outcome: 'notAdopted',
          reason:
            '是否聘用、怎样聘用属于企业依法自主决定的用工事项，不宜以规范性文件强制规定。县水务局将在委托运营协议示范文本中列入“同等条件下优先聘用原村级水管员”的条款，由村民委员会与受托公司协商确定；村民委员会也可以选择不委托，继续自行管理。',
        },
      },
    ],
  },
  {
    commenterKind: 'individual',
    name: '温雅琴',
    phone: null,
    email: 'wenyq@example.org',
    consent: 'withoutName',
    daysAfterOpening: 31,
    comments: [
      {
        clause: '第二十四条',
        stance: 'add',
        text: '我在村小教书。去年停水三天，一百多个孩子中午没法做饭，只能提前放学，48小时才送水对学校来说太晚了。建议学校、卫生院、养老的地方停水当天就送。',
        proposedWording: '学校、卫生院、幸福院停水超过8小时的，应当在当日送水。',
        disposition: {
          outcome: 'adopted',
          reason:
            '第二十四条第二款增加“学校、卫生院（室）、村级幸福院连续停水超过8小时的，供水单位应当在当日提供应急用水”。',
        },
      },
    ],
  },
];
