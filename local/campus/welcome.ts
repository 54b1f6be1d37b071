/**
 * What a demo does while the service starts beside it: it loads the campus where it is missing, and when the service
 * answers it prints where to look, with one-time links that live ten minutes.
 */
import 'reflect-metadata';
import { personas } from '../../src/sandbox/personas.js';
import { setTimeout } from 'node:timers/promises';
import type { AppConfig } from '../../src/platform/config/app-config.js';
import { handHeldCount, students } from './campus-data.js';
import { readDemoAccess } from './demo-access.js';
import { phoneLink, tillLink, type Link } from './links.js';
import { loadCampus } from './load.js';
import { openCampus } from './open-campus.js';
import { acceptReceipts, wechatPhone } from './wechat.js';

const show = ({ label, url }: Link): string => `  ${label}\n    ${url}`;

const serviceMs = 60_000;
const askMs = 200;

/** WeChat pushes to the service what its users accept, so the service must be there to hear it. */
async function untilServing(config: AppConfig): Promise<void> {
  for (const until = Date.now() + serviceMs; Date.now() < until; await setTimeout(askMs)) {
    const answer = await fetch(`${config.origins[0]}/health`).catch(() => undefined);
    if (answer?.ok === true) return;
  }
  throw new Error('The service did not start.');
}

await openCampus(async (campus, config) => {
  const loaded = await loadCampus(campus, config);
  if (loaded !== undefined) console.log(loaded);
  await untilServing(config);
  const phones: Link[] = [];
  for (const { number } of students(handHeldCount)) phones.push(await phoneLink(campus, number));
  const tills: Link[] = [];
  for (const code of ['B1', 'G1', 'D1']) tills.push(await tillLink(campus, config, code));
  for (const { number } of students(handHeldCount)) await acceptReceipts(config, number);
  const access = readDemoAccess(config.DATA_DIR);
  console.log(
    [
      '',
      '学生手机 Students’ phones (one-time links, ten minutes; more: npm run demo:link):',
      ...phones.map(show),
      `  另一浏览器登录 Sign in elsewhere: ${config.origins[0]}/ with the number above, password ${access?.studentPassword}`,
      `  微信通知 WeChat notices of the first: ${wechatPhone(config, students(1)[0]?.number ?? '')}`,
      '收银台 Tills (one-time links):',
      ...tills.map(show),
      ...(access?.supervisor === undefined
        ? []
        : [
            `主管 Supervisor at a till: number ${access.supervisor.tillNumber}, PIN ${access.supervisor.pin}`,
          ]),
      ...(access?.plastic ?? [])
        .slice(0, 1)
        .map(
          ({ student, printed, chip }) =>
            `实体卡 A plastic card of ${student}, to type or paste at a canteen’s till: ${printed}, its chip ${chip}`,
        ),
      `管理 Staff API: ${config.origins[0]}/docs/staff.json; logins in ${config.DATA_DIR}/demo-staff.json`,
      ...(config.isSandbox
        ? [
            `测试学生 Test students: npm run paycode -- --persona ${personas.map(({ name }) => name).join(' | ')}`,
          ]
        : []),
      '模拟午餐 A simulated lunch: npm run sim -- --sales 500',
      '',
    ].join('\n'),
  );
});
process.exit(0);
