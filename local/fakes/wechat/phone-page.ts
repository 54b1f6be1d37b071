import { campusTime } from '../clock.js';
import type { Reply } from '../serve.js';
import { fieldKeys } from './field-grammar.js';
import type { Platform } from './platform.js';
import type { SentMessage } from './records.js';

const STYLE = `
body{margin:0 auto;max-width:26rem;min-height:100vh;background:#ededed;color:#191919;
font:16px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
header{position:sticky;top:0;padding:.9rem;background:#ededed;text-align:center;font-weight:600}
time{display:block;margin:1rem 0 .4rem;text-align:center;color:#8a8a8a;font-size:.75rem}
article{margin:0 .8rem;padding:.9rem 1rem;border-radius:.5rem;background:#fff}
article small{color:#8a8a8a}h2{margin:.3rem 0 .6rem;font-size:1.05rem;font-weight:600}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem .9rem;margin:0}
dt{color:#8a8a8a}dd{margin:0;overflow-wrap:anywhere}
article a{display:block;margin-top:.7rem;padding-top:.6rem;border-top:1px solid #eee;color:#576b95;
text-decoration:none}
form{display:flex;gap:.5rem;align-items:center;justify-content:center;padding:1rem;flex-wrap:wrap}
button{padding:.4rem .9rem;border:0;border-radius:.3rem;background:#07c160;color:#fff;font:inherit}
button[value=reject]{background:#fff;color:#191919}p{padding:2rem;text-align:center;color:#8a8a8a}
`;

/** The user's "service notifications" (服务通知), newest first, renewed every three seconds. */
export function phonePage(platform: Platform, openid: string): Reply {
  const messages = platform.books
    .messagesTo(openid)
    .filter((message) => message.delivered)
    .slice(-50)
    .reverse();
  const list = messages.map((message) => notice(platform, message)).join('');
  return page(
    '服务通知',
    `<header>服务通知</header>${tapForm(platform, openid)}${list || '<p>暂无消息</p>'}`,
  );
}

/** Every phone that the platform knows. */
export function phoneList({ books }: Platform): Reply {
  const links = [...books.users.keys()].map((openid) => {
    const count = books.messagesTo(openid).length;
    const link = `/__fake/phone/${encodeURIComponent(openid)}`;
    return `<article><a href="${link}">${escape(openid)} · ${count} 条</a></article>`;
  });
  return page('手机', `<header>手机</header>${links.join('') || '<p>还没有用户</p>'}`);
}

function notice({ books, settings }: Platform, message: SentMessage): string {
  const template = books.templates.get(message.templateId);
  const labels = new Map(
    [...(template?.content ?? '').matchAll(/([^\n:：]+)[:：]\{\{(\w+)\.DATA\}\}/g)].map((match) => [
      match[2] ?? '',
      match[1] ?? '',
    ]),
  );
  const keys = template ? fieldKeys(template) : Object.keys(message.data);
  const rows = keys.map(
    (key) =>
      `<dt>${escape(labels.get(key) ?? key)}</dt><dd>${escape(message.data[key] ?? '')}</dd>`,
  );
  const link = openLink(settings.openUrl, message.page);
  const more = link ? `<a href="${escape(link)}">进入小程序查看 ›</a>` : '';
  return (
    `<time>${campusTime(message.at)}</time><article><small>校园付款码</small>` +
    `<h2>${escape(template?.title ?? '通知')}</h2><dl>${rows.join('')}</dl>${more}</article>`
  );
}

function tapForm({ books }: Platform, openid: string): string {
  const oneTime = [...books.templates.values()].filter((template) => template.type === 2);
  const left = oneTime.map((template) => {
    const { allowance, refused } = books.subscription(openid, template.priTmplId);
    return `${escape(template.title)}：${refused ? '已拒绝' : `还可发送 ${allowance} 次`}`;
  });
  return (
    `<form method="post" action="/__fake/phone/${encodeURIComponent(openid)}/tap">` +
    `<small>${left.join('；')}</small>` +
    '<button name="choice" value="accept">允许</button>' +
    '<button name="choice" value="reject">取消</button>' +
    '<label><input type="checkbox" name="keep" value="true"> 总是保持以上选择</label></form>'
  );
}

function openLink(openUrl: string | null, target: string | null): string | null {
  if (openUrl === null || target === null) return null;
  const [path = '', query = ''] = target.split('?');
  return openUrl.replace('{page}', path).replace('{query}', query);
}

function page(title: string, content: string): Reply {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
      'cache-control': 'no-store',
    },
    body:
      '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">' +
      '<meta name="viewport" content="width=device-width,initial-scale=1">' +
      `<meta http-equiv="refresh" content="3"><title>${title}</title><style>${STYLE}</style>` +
      `</head><body>${content}</body></html>`,
  };
}

function escape(text: string): string {
  const names: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
  return text.replace(/[&<>"]/g, (letter) => `&${names[letter] ?? ''};`);
}
