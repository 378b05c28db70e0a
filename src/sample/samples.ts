import type { Sample, SampleAgency, SampleOfficer } from './sample.ts';
import { onDogs } from './texts/on-dogs.ts';
import { mailOnDogs, paperOnDogs } from './texts/on-dogs-later.ts';
import { onElevator } from './texts/on-elevator.ts';
import { onWater } from './texts/on-water.ts';

const siteName = '清源县人民政府网';

/** The two agencies that ask for comments; the county, its places and its people are invented. */
export const sampleAgencies: readonly SampleAgency[] = [
  {
    key: 'housing',
    name: '清源县住房和城乡建设局',
    shortName: '县住建局',
    siteName,
    address: '云岭省清源县沁园街道建设路26号',
    postcode: '098700',
    phone: '0600-5550126',
    fax: '0600-5550127',
    mailbox: 'qyzjj@example.cn',
    contact: '苏文澜',
    departments: ['县财政局', '县市场监管局', '县消防救援大队'],
  },
  {
    key: 'office',
    name: '清源县人民政府办公室',
    shortName: '县政府办',
    siteName,
    address: '云岭省清源县沁园街道府前路1号',
    postcode: '098701',
    phone: '0600-5550101',
    fax: '0600-5550102',
    mailbox: 'qyzfb@example.cn',
    contact: '陆明谦',
    departments: ['县公安局', '县农业农村局', '县城市管理局'],
  },
];

/** Officers of both agencies; their passwords are made at start. */
export const sampleOfficers: readonly SampleOfficer[] = [
  { login: 'suwenlan', name: '苏文澜', role: 'caseworker', agency: 'housing' },
  { login: 'fangjingzhou', name: '方敬舟', role: 'approver', agency: 'housing' },
  { login: 'qiaomingyue', name: '乔明悦', role: 'administrator', agency: 'housing' },
  { login: 'lumingqian', name: '陆明谦', role: 'caseworker', agency: 'office' },
  { login: 'tanshouyi', name: '谭守一', role: 'approver', agency: 'office' },
  { login: 'wenhuaijin', name: '温怀瑾', role: 'administrator', agency: 'office' },
];

/** One consultation for each phase (two open), in the order in which they open. */
export const samples: readonly Sample[] = [
  {
    key: 'water',
    file: 'water.txt',
    kind: 'majorDecision',
    agency: 'office',
    siteName,
    phase: 'answered',
    opensInDays: -75,
    closesInDays: -42,
    closesAtHour: 24,
    showsComments: true,
    comments: onWater,
  },
  {
    key: 'recycling',
    file: 'recycling.txt',
    kind: 'normativeDocument',
    agency: 'housing',
    siteName,
    phase: 'answered',
    opensInDays: -53,
    closesInDays: -36,
    closesAtHour: 18,
    comments: [],
  },
  {
    key: 'dogs',
    file: 'dogs.txt',
    kind: 'normativeDocument',
    agency: 'office',
    siteName,
    phase: 'closed',
    opensInDays: -41,
    closesInDays: -6,
    closesAtHour: 18,
    comments: onDogs,
    mails: mailOnDogs,
    table: paperOnDogs,
  },
  {
    key: 'elevator',
    file: 'elevator.txt',
    kind: 'majorDecision',
    agency: 'housing',
    siteName,
    phase: 'open',
    opensInDays: -29,
    closesInDays: 2,
    closesAtHour: 18,
    showsComments: true,
    comments: onElevator,
    nextVersion: {
      file: 'elevator-2.txt',
      daysAfterOpening: 23,
      note: '根据前一阶段收到的意见作了修改：细化应当先行鉴定的房屋范围，增加沉降观测的规定，财政补助的拨付单列一项，限制中考、高考期间的施工，明确电梯专用账户的管理；提取住房公积金由管理机构统一规定，不再写入。',
    },
  },
  {
    key: 'charging',
    file: 'charging.txt',
    kind: 'normativeDocumentMarket',
    agency: 'housing',
    siteName,
    phase: 'open',
    opensInDays: -9,
    closesInDays: 23,
    closesAtHour: 24,
    comments: [],
  },
  {
    key: 'bus',
    file: 'bus.txt',
    kind: 'majorDecision',
    agency: 'office',
    siteName,
    phase: 'upcoming',
    opensInDays: 4,
    closesInDays: 36,
    closesAtHour: 24,
    comments: [],
  },
];
