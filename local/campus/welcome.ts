/** What `npm start` prints when everything is up: where to look, with one-time links that live ten minutes. */
import 'reflect-metadata';
import { handHeldCount, students } from './campus-data.js';
import { readDemoAccess } from './demo-access.js';
import { phoneLink, tillLink, type Link } from './links.js';
import { openCampus } from './open-campus.js';
import { acceptReceipts, wechatPhone } from './wechat.js';

const show = ({ label, url }: Link): string => `  ${label}\n    ${url}`;

await openCampus(async (campus, config) => {
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
      `管理 Staff API: ${config.origins[0]}/docs/staff.json; logins in ${config.DATA_DIR}/demo-staff.json`,
      '模拟午餐 A simulated lunch: npm run sim -- --sales 500',
      '',
    ].join('\n'),
  );
});
process.exit(0);
