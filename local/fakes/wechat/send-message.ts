import { campusDate } from '../clock.js';
import { jsonObject, pause } from '../serve.js';
import type { Outcome } from '../serve.js';
import { failure, sendAccepted } from './answers.js';
import type { Template } from './defaults.js';
import { fieldComplaint, fieldKeys } from './field-grammar.js';
import type { Platform } from './platform.js';
import type { SentMessage } from './records.js';

type Wanted = {
  openid: string;
  template: Template;
  page: string | null;
  data: Record<string, string>;
};

/** `subscribe/send`: one message at a time for each user, and only to one who accepted it. */
export class SubscribeSender {
  private readonly inFlight = new Set<string>();

  constructor(private readonly platform: Platform) {}

  async send(body: string): Promise<Outcome> {
    const { books, weather, settings } = this.platform;
    const fields = jsonObject(body);
    if (!fields) return failure(47001);
    const openid = fields['touser'];
    if (typeof openid !== 'string' || !books.users.has(openid)) return failure(40003);
    if (this.inFlight.has(openid)) return failure(43108);
    this.inFlight.add(openid);
    try {
      await pause(weather.current.latencyMs ?? settings.latencyMs);
      return this.judge(openid, fields);
    } finally {
      this.inFlight.delete(openid);
    }
  }

  private judge(openid: string, fields: Record<string, unknown>): Outcome {
    const { books, settings, weather } = this.platform;
    const template = books.templates.get(String(fields['template_id']));
    if (!template) return failure(40037);
    const page = typeof fields['page'] === 'string' ? fields['page'] : null;
    if (page !== null && !settings.pages.includes(page.split('?')[0] ?? '')) {
      return this.refuseContent(openid, template, failure(41030));
    }
    const complaint = fieldComplaint(template, fields['data']);
    if (complaint) return this.refuseContent(openid, template, failure(47003, complaint));
    const data = valuesOf(template, fields['data']);
    const text = Object.values(data).join('\n');
    if (settings.sensitiveWords.some((word) => text.includes(word))) {
      return this.refuseContent(openid, template, failure(45168));
    }
    const quota = weather.current.dailySendQuota ?? settings.dailySendQuota;
    if (books.sentToday(this.platform.clock.now) >= quota) return failure(45009);
    return this.accept({ openid, template, page, data });
  }

  private accept({ openid, template, page, data }: Wanted): Outcome {
    const { books, weather, clock, record } = this.platform;
    const subscription = books.subscription(openid, template.priTmplId);
    const allowed = template.type === 3 ? subscription.accepted : subscription.allowance > 0;
    if (subscription.refused || !allowed) return failure(43101);
    if (this.limitReached(openid, template)) return failure(40038);
    const message: SentMessage = {
      msgid: books.nextMsgid(),
      openid,
      templateId: template.priTmplId,
      page,
      data,
      at: clock.now(),
      delivered: !weather.happens(weather.current.deliveryFailure),
    };
    record({ type: 'sent', message });
    this.report(message);
    return sendAccepted(message.msgid);
  }

  private report(message: SentMessage): void {
    const [code, status] = message.delivered ? ['0', 'success'] : ['1', 'failed: system failed'];
    this.platform.outbox.push({
      event: 'subscribe_msg_sent_event',
      openid: message.openid,
      createTime: Math.floor(message.at / 1000),
      list: [
        {
          TemplateId: message.templateId,
          MsgID: message.msgid,
          ErrorCode: code,
          ErrorStatus: status,
        },
      ],
    });
  }

  private limitReached(openid: string, template: Template): boolean {
    if (!template.limit) return false;
    const length = template.limit.per === 'day' ? 10 : 7;
    const period = campusDate(this.platform.clock.now()).slice(0, length);
    const sent = this.platform.books
      .messagesTo(openid)
      .filter((message) => message.templateId === template.priTmplId)
      .filter((message) => campusDate(message.at).startsWith(period));
    return sent.length >= template.limit.count;
  }

  private refuseContent(openid: string, template: Template, refusal: Outcome): Outcome {
    if (this.platform.weather.current.failedSendsSpend) {
      const templateId = template.priTmplId;
      this.platform.record({ type: 'allowance_spent', openid, templateId });
    }
    return refusal;
  }
}

function valuesOf(template: Template, data: unknown): Record<string, string> {
  const fields = data as Record<string, { value: string }>;
  return Object.fromEntries(fieldKeys(template).map((key) => [key, fields[key]?.value ?? '']));
}
